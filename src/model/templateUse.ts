import {isPlainId} from './sandbox.ts';
import type {State} from './state.ts';
import {UNTOLD} from './tallies.ts';
import type {Template} from './template.ts';

/** How many living sandboxes are made of a template. */
export type Usage = {
  readonly count: number;
  /** Not all sandboxes are known, or not of all it is told what they are made of: there may be more. */
  readonly isLeast: boolean;
};

/** Sandboxes name their template, or give only its id; counts are kept as events come. */
export function usageOf({tallies, listing}: State, {id, name}: Template): Usage {
  const counts = tallies.template;
  const count = (counts.get(name) ?? 0) + (name === id ? 0 : (counts.get(id) ?? 0));
  const isWhole = listing.readAsOf !== undefined && listing.phase !== 'partial';
  return {count, isLeast: !isWhole || (counts.get(UNTOLD) ?? 0) > 0};
}

/** Why nothing can be made or deleted now; undefined: it can. */
export function changeRefusal({session, link}: State): string | undefined {
  if (session.readonly) return 'read-only: start without --readonly to act';
  if (link.phase === 'offline') return 'offline: nothing can be sent; r tries to connect again';
  return link.phase === 'auth' ? 'access denied: check the API key, then press r' : undefined;
}

/** Why this template cannot be deleted now (docs.hopx.ai: only one's own, and only when no sandbox uses it). */
export function deleteRefusal(state: State, id: string | undefined): string | undefined {
  const template = id === undefined ? undefined : state.templates.rows.get(id);
  const general = changeRefusal(state);
  if (general !== undefined) return general;
  if (!template) return 'no template selected: move the cursor onto one';
  if (template.isPublic) return 'blocked: it is public, only your own can be deleted';
  if (!isPlainId(template.id)) return 'its id holds characters that no request may carry';
  if (state.templates.deletions.has(template.id)) return 'its delete is still under way: wait for its outcome';
  const {count} = usageOf(state, template);
  if (count === 0) return undefined;
  return `blocked: ${count === 1 ? '1 sandbox uses' : `${count} sandboxes use`} it`;
}
