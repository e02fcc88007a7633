import {checkSuspects, suspectSeen, withSuspect} from './checking.ts';
import {isDeadStatus, isRememberedDead, raised, sandboxGone} from './dying.ts';
import {withRow} from './fleet.ts';
import {formatEnd, statusTone} from './format.ts';
import {logged, sourceOf} from './logging.ts';
import {mergedRow, type Seen, UNTOLD_STATUS} from './merge.ts';
import type {Row} from './sandbox.ts';
import {actSeen} from './settling.ts';
import type {State} from './state.ts';
import {andThen, type Step} from './step.ts';
import {wallAt} from './times.ts';
import {missedCounted, withMarks} from './unseen.ts';

/** One sandbox was seen: by an event, in a list or a snapshot, by a GET, or in the reply to an act. */
export function sandboxObserved(state: State, seen: Seen): Step {
  const {id} = seen.patch;
  if (isDeadStatus(seen.patch.status)) return seenDead(state, seen);
  if (!isRememberedDead(state, id)) return seenAlive(state, seen);
  if (isNewsOfLife(state, seen)) return seenAlive(revived(state, seen), seen);
  if (seen.via === 'event' || seen.via === 'snapshot') return checkSuspects(withSuspect(state, id, true));
  return checkSuspects(suspectSeen(state, id, seen.asOf));
}

/** A reply that promises a delete is not yet one: the event, or a GET, says when it is gone. */
function seenDead(state: State, seen: Seen): Step {
  if (seen.via === 'act') return [state];
  const {at, asOf, via, patch} = seen;
  const version = patch.updatedAt ?? undefined;
  const dead = {at, asOf, via, id: patch.id, isTold: true, ...(version === undefined ? {} : {version})};
  return andThen(sandboxGone(state, dead), checkSuspects);
}

/**
 * A dead one shown alive is believed when it was asked for after its death, or when the server's version says so. An
 * event may be an old one sent again: it only makes us ask.
 */
function isNewsOfLife(state: State, {asOf, via, patch}: Seen): boolean {
  const row = state.rows.get(patch.id);
  const foundAt = row?.tombstone?.foundAt ?? state.remembered.get(patch.id) ?? asOf;
  if (via !== 'event' && via !== 'snapshot') return asOf > foundAt;
  return typeof patch.updatedAt === 'number' && row?.version !== undefined && patch.updatedAt > row.version;
}

function revived(state: State, {at, via, patch}: Seen): State {
  const row = state.rows.get(patch.id);
  const alive = row ? raised(state, row) : {...state, remembered: state.remembered.delete(patch.id)};
  return logged(alive, at, {kind: 'alive', id: patch.id, text: 'alive after all', source: sourceOf[via], tone: 'warn'});
}

function seenAlive(state: State, seen: Seen): Step {
  const {id} = seen.patch;
  const before = state.rows.get(id);
  const row = mergedRow(before, seen);
  const told = row === before ? state : changeTold(withRow(state, row), seen, before, row);
  const certain = suspectSeen(told, id, seen.asOf);
  const asked =
    before === undefined && row.sandbox.status === UNTOLD_STATUS
      ? withSuspect(certain, id, seen.via === 'event')
      : certain;
  const step = actSeen(asked, seen, row);
  return asked === told && row.sandbox.status !== UNTOLD_STATUS ? step : andThen(step, checkSuspects);
}

/** Writes down what is new, and by whom it was told. */
function changeTold(state: State, seen: Seen, before: Row | undefined, row: Row): State {
  if (!before) return birthTold(state, seen, row);
  const [was, is] = [before.sandbox.status, row.sandbox.status];
  if (was === is || was === UNTOLD_STATUS) return expiryTold(state, seen, before, row);
  return expiryTold(noted(state, seen, is, `${was} -> ${is}`, statusTone(is)), seen, before, row);
}

/** Less is how differently a server reckons the same expiry twice. Assumed. */
const LEAST_EXPIRY_MS = 2_000;

/** Somebody else has given it a longer life, or a shorter one; what is done here is told by its act. */
function expiryTold(state: State, seen: Seen, before: Row, {sandbox: {id, expiresAt: is}}: Row): State {
  const was = before.sandbox.expiresAt;
  if (was === undefined || is === undefined || seen.via === 'act' || state.acts.has(id)) return state;
  const longerMs = (is ?? Number.POSITIVE_INFINITY) - (was ?? Number.POSITIVE_INFINITY);
  if (Number.isNaN(longerMs) || Math.abs(longerMs) < LEAST_EXPIRY_MS) return state;
  const today = wallAt(state, seen.at);
  const text = `expires ${formatEnd(was, today)} -> ${formatEnd(is, today)}`;
  return longerMs > 0 ? noted(state, seen, 'extended', text, 'plain') : noted(state, seen, 'shortened', text, 'warn');
}

function birthTold(state: State, seen: Seen, {sandbox}: Row): State {
  const isFirstReading = state.listing.endedAt === undefined;
  const known = seen.via === 'event' ? stirred(state) : state;
  // What was there before us is not news; in the first reading only the server's own word makes it a birth.
  if (isFirstReading && !(seen.via === 'event' && /creat/i.test(seen.verb ?? ''))) return known;
  const text = [sandbox.templateName, sandbox.region].filter((word) => word !== undefined).join(' ');
  return noted(known, seen, 'created', text, 'plain');
}

/** A row that comes while pages are read may have pushed a live one over a page's edge. */
const stirred = (state: State): State =>
  state.listing.phase === 'reading' && !state.listing.disturbed
    ? {...state, listing: {...state.listing, disturbed: true}}
    : state;

type LogTone = Parameters<typeof logged>[2]['tone'];

/** What no event told is said to be so, and counted while there is a gap. */
function noted(state: State, {at, via, patch: {id}}: Seen, kind: string, text: string, tone: LogTone): State {
  const said = {kind, id, text: withMarks(state, id, via, text), source: sourceOf[via], ...(tone ? {tone} : {})};
  return logged(missedCounted(state, id, via), at, said);
}
