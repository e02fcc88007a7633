import {heldBackReason} from './refusal.ts';
import {isPlainId} from './sandbox.ts';
import type {State} from './state.ts';
import {UNTOLD} from './tallies.ts';
import type {Template} from './template.ts';
import type {Deletion} from './templates.ts';

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

/** Why this template cannot be deleted now; undefined: it can. */
export function deleteRefusal(state: State, id: string | undefined): string | undefined {
  const deletion = id === undefined ? undefined : state.templates.deletions.get(id);
  return lateDeleteRefusal(state, id) ?? (deletion && underWayReasons[deletion.phase]);
}

const underWayReasons: Readonly<Record<Deletion['phase'], string>> = {
  grace: 'its delete is about to leave: u takes it back',
  queued: 'its delete waits for the request limit: u takes it back',
  sent: 'its delete is still under way: wait for its outcome',
  unknown: 'its delete is still under way: wait for its outcome',
};

/**
 * What stops a delete even when it was agreed to already: asked again in the moment in which it would leave
 * (docs.hopx.ai: only one's own, and only when no sandbox uses it).
 */
export function lateDeleteRefusal(state: State, id: string | undefined): string | undefined {
  const template = id === undefined ? undefined : state.templates.rows.get(id);
  const general = heldBackReason(state);
  if (general !== undefined) return general;
  if (!template) return 'no template selected: move the cursor onto one';
  if (template.isPublic) return 'blocked: it is public, only your own can be deleted';
  if (!isPlainId(template.id)) return 'its id holds characters that no request may carry';
  const {count} = usageOf(state, template);
  if (count === 0) return undefined;
  return `blocked: ${count === 1 ? '1 sandbox uses' : `${count} sandboxes use`} it`;
}
