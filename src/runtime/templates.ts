import type {Failure} from '../model/failure.ts';
import type {Stamp} from '../model/sandbox.ts';
import type {State} from '../model/state.ts';
import {wantsTemplates} from '../model/templateWanted.ts';
import {isDenied, outcomeOf} from './failures.ts';
import {createLeave} from './leave.ts';
import type {Ports} from './ports.ts';
import {createTemplateReader} from './templateReader.ts';
import {createTemplateStream} from './templateStream.ts';

export type TemplateFollowing = {
  /** Keeps the stream open, and the list read, while they are on the screen; call it after changes and every second. */
  readonly sync: (state: State) => void;
  /** Reads the list now; tries a stream that was lost or given up again. */
  readonly read: () => void;
  /** Waits for leave to delete; tells template.queued while it is held, then template.admitted unless `sync` let go of it. */
  readonly ask: (id: string, until?: Stamp) => Promise<void>;
  /** Deletes once, now; ends with template.deleted, template.kept, or with template.queued for a 429. */
  readonly remove: (id: string) => Promise<void>;
};

/** Looking elsewhere for a moment closes nothing. */
const LINGER_MS = 60_000;
/** Without a stream, or one that does not say that it is open. */
const POLL_MS = 10_000;
/** Heals what no event told. */
const HEAL_MS = 60_000;
/** Events name what changed, not always how: the list is read once they have been quiet. */
const SETTLE_MS = 2_000;
/** A stream that has not answered is not waited for any longer before the first list is read. */
const FIRST_LIST_MS = 5_000;

export function createTemplates(ports: Ports): TemplateFollowing {
  const {clock, dispatch, stopping} = ports;
  const leave = createLeave(ports);
  const list = createTemplateReader(ports);
  let isGivenUp = false;
  let leftAt: Stamp | undefined;
  let changedAt: Stamp | undefined;

  const readNow = () => {
    changedAt = undefined;
    list.read();
  };

  const stream = createTemplateStream(ports, {
    opened: readNow,
    changed(at) {
      changedAt = at;
    },
    lost(wasOpen) {
      if (wasOpen || list.readAt() === undefined) readNow();
    },
    gaveUp(failure: Failure) {
      isGivenUp = true;
      if (isDenied(failure)) list.deny(failure);
      else readNow();
    },
  });

  const isDue = (now: Stamp): boolean => {
    const readAt = list.readAt();
    if (readAt === undefined) return now - (stream.since() ?? now) >= FIRST_LIST_MS;
    if (changedAt !== undefined && now - changedAt >= SETTLE_MS && now - readAt >= POLL_MS) return true;
    return now - readAt >= (stream.isOpen() ? HEAL_MS : POLL_MS);
  };

  const left = (now: Stamp) => {
    leftAt ??= now;
    if (stream.since() === undefined || now - leftAt < LINGER_MS) return;
    isGivenUp = false;
    stream.close();
  };

  return {
    sync(state) {
      leave.keep((id) => state.templates.deletions.get(id)?.phase === 'queued');
      const now = clock.monotonic();
      if (stopping.aborted || state.link.phase === 'auth') return;
      if (!wantsTemplates(state)) return left(now);
      leftAt = undefined;
      if (stream.since() === undefined) stream.follow();
      if (isDue(now)) readNow();
    },
    read() {
      if (stopping.aborted) return;
      stream.hurry();
      list.allow();
      if (isGivenUp && stream.since() !== undefined) stream.follow();
      isGivenUp = false;
      readNow();
    },
    async ask(id, until) {
      const held = (heldUntil: Stamp) =>
        dispatch({type: 'template.queued', at: clock.monotonic(), id, until: heldUntil});
      const admission = await leave.ask(id, held, until);
      if (admission) dispatch({type: 'template.admitted', ...admission, id});
    },
    remove: (id) => removeTemplate(ports, id),
  };
}

/** One delete, now. A 429 was not carried out; anything else is the outcome. */
async function removeTemplate({api, clock, governor, dispatch}: Ports, id: string): Promise<void> {
  const outcome = await outcomeOf(() => api.deleteTemplate(id));
  const at = clock.monotonic();
  if ('value' in outcome) {
    const {status, requestId} = outcome.value;
    return dispatch({type: 'template.deleted', at, id, status, requestId});
  }
  const {failure} = outcome;
  if (failure.kind === 'not-found')
    return dispatch({type: 'template.deleted', at, id, status: failure.status ?? 404, requestId: failure.requestId});
  if (failure.kind !== 'rate-limited') return dispatch({type: 'template.kept', at, id, failure});
  dispatch({type: 'template.queued', at, id, until: governor.refuse(failure.retryAfterMs), failure});
}
