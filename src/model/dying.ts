import {withoutSuspect, withSuspect} from './checking.ts';
import {isAlive, withoutRow, withRow} from './fleet.ts';
import {logged, sourceOf} from './logging.ts';
import {isNewerThan} from './merge.ts';
import type {Millis, Row, Stamp, Tombstone, TombstoneCause, Via} from './sandbox.ts';
import {actOutlived} from './settling.ts';
import type {State} from './state.ts';
import {andThen, type Step} from './step.ts';
import {serverAt} from './times.ts';
import {missedCounted, wasHidden, withMarks} from './unseen.ts';

/** What says that a sandbox is gone. */
type Death = {
  readonly at: Stamp;
  readonly asOf: Stamp;
  readonly id: string;
  readonly via: Via;
  readonly verb?: string;
  readonly version?: Millis;
  /** The server named it deleted or killed in an answer. */
  readonly isTold?: boolean;
};

export const MOST_TOMBSTONES = 200;
const TOMBSTONE_MS = 10 * 60_000;
const MOST_REMEMBERED = 10_000;
/** How many of the remembered go at once when there are too many. */
const FORGOTTEN_AT_ONCE = 1000;
const REMEMBERED_MS = 60 * 60_000;
/** The server's clock and its sweep are not exact to the second. */
const EXPIRY_SLACK_MS = 3000;

/** Statuses of what no longer is (docs.hopx.ai data-model and kill-sandbox). */
export const isDeadStatus = (status: string | null | undefined): boolean => status === 'deleted' || status === 'killed';

export const isRememberedDead = (state: State, id: string): boolean =>
  state.rows.get(id)?.tombstone !== undefined || (!state.rows.has(id) && state.remembered.has(id));

/** A delete event, a 404, or a status that says so. The row stays as a tombstone, so that the list does not shift. */
export function sandboxGone(state: State, death: Death): Step {
  const row = state.rows.get(death.id);
  // An act whose answer was lost may only now hear what became of it.
  if (!isAlive(row)) return andThen([buriedAgain(state, death)], (next) => actOutlived(next, death.id, death.at));
  if (isOlder(death, row)) return [withSuspect(withoutSuspect(state, death.id), death.id, death.via === 'event')];
  const cause = causeOf(state, row, death);
  const tombstone = {diedAt: diedAt(state, row, death, cause), foundAt: death.at, ...cause};
  const told = mourned(missedCounted(state, death.id, death.via), death, tombstone);
  const dead = withRow(withoutSuspect(told, death.id), {
    ...row,
    tombstone,
    asOf: Math.max(row.asOf, death.asOf),
    version: death.version,
  });
  return andThen([disturbed(withFewTombstones(dead), death.via)], (next) => actOutlived(next, death.id, death.at));
}

/** Of what is dead already, or was never shown, only the id is kept: an older page must not show it as alive. */
function buriedAgain(state: State, {id, at, via}: Death): State {
  const settled = withoutSuspect(state, id);
  if (isRememberedDead(state, id)) return settled;
  return disturbed(remembered(settled, id, at), via);
}

/** Asked before what the row knows: which of the two is true only a new question can tell. */
const isOlder = ({version, asOf}: Death, row: Row): boolean => !isNewerThan(row, {version, asOf});

type Cause = Pick<Tombstone, 'cause' | 'inferred'>;

function causeOf(state: State, row: Row, {id, at, via, verb, isTold = false}: Death): Cause {
  const act = state.acts.get(id);
  if (act?.action === 'delete' && act.sentAt !== undefined) {
    return {cause: 'deleted by you', inferred: act.phase !== 'accepted'};
  }
  if (/expire/i.test(verb ?? '')) return {cause: 'expired', inferred: false};
  const {expiresAt, status} = row.sandbox;
  if (typeof expiresAt === 'number' && serverAt(state, at) >= expiresAt - EXPIRY_SLACK_MS) {
    return {cause: 'expired', inferred: true};
  }
  if (isTold || via === 'event' || via === 'snapshot') return {cause: 'deleted', inferred: false};
  if (status === 'error') return {cause: 'error', inferred: true};
  return {cause: wasHidden(state, id) ? 'unseen' : 'vanished', inferred: true};
}

/** What ran out while nobody looked went when its time was up, not when it was found. */
function diedAt(state: State, {sandbox: {expiresAt}}: Row, {at}: Death, {cause}: Cause): Stamp {
  if (cause !== 'expired' || typeof expiresAt !== 'number') return at;
  return at - Math.max(0, serverAt(state, at) - expiresAt);
}

type Epitaph = {readonly kind: string; readonly text: string; readonly tone: 'plain' | 'warn' | 'danger'};

const epitaphs: Readonly<Record<TombstoneCause, Epitaph>> = {
  expired: {kind: 'expired', text: 'timed out, disk deleted', tone: 'warn'},
  'deleted by you': {kind: 'deleted', text: 'deleted by you', tone: 'plain'},
  deleted: {kind: 'deleted', text: 'deleted elsewhere', tone: 'plain'},
  unseen: {kind: 'gone', text: 'gone while out of touch: nobody saw why', tone: 'warn'},
  vanished: {kind: 'vanished', text: 'the server no longer knows it', tone: 'warn'},
  error: {kind: 'error', text: 'gone after an error', tone: 'danger'},
};

function mourned(state: State, {id, at, via}: Death, {cause, inferred}: Tombstone): State {
  const {kind, text, tone} = epitaphs[cause];
  const said = withMarks(state, id, via, text, ...(inferred ? ['inferred'] : []));
  const listed = remembered({...state, tombstones: [...state.tombstones, id]}, id, at);
  return logged(listed, at, {kind, text: said, tone, id, source: sourceOf[via]});
}

/** A row that goes while pages are read may make an offset cursor skip a live one. */
const disturbed = (state: State, via: Via): State =>
  via === 'event' && state.listing.phase === 'reading' && !state.listing.disturbed
    ? {...state, listing: {...state.listing, disturbed: true}}
    : state;

function withFewTombstones(state: State): State {
  const [oldest, ...younger] = state.tombstones;
  if (oldest === undefined || state.tombstones.length <= MOST_TOMBSTONES) return state;
  return withoutRow({...state, tombstones: younger}, oldest);
}

function remembered(state: State, id: string, at: Stamp): State {
  const kept = state.remembered.size < MOST_REMEMBERED ? state : withoutOldest(state, FORGOTTEN_AT_ONCE, () => true);
  return {...state, remembered: kept.remembered.set(id, at)};
}

/** The remembered are held oldest first: what stays is not looked at. */
function withoutOldest(state: State, most: number, isOver: (diedAt: Stamp) => boolean): State {
  const over: string[] = [];
  for (const [id, diedAt] of state.remembered) {
    if (over.length >= most || !isOver(diedAt)) break;
    over.push(id);
  }
  return over.length === 0 ? state : {...state, remembered: state.remembered.deleteAll(over)};
}

/** It was alive after all: the tombstone goes, and so does the memory of its death. */
export function raised(state: State, row: Row): State {
  const {id} = row.sandbox;
  return withRow(
    {
      ...state,
      remembered: state.remembered.delete(id),
      tombstones: state.tombstones.filter((dead) => dead !== id),
    },
    {...row, tombstone: undefined},
  );
}

/** Takes away tombstones shown long enough, and forgets the ids of those long dead. */
export function forgotten(state: State, at: Stamp): State {
  const isOver = (id: string) => at - (state.rows.get(id)?.tombstone?.foundAt ?? at) >= TOMBSTONE_MS;
  const kept = state.tombstones.findIndex((id) => !isOver(id));
  const over = kept < 0 ? state.tombstones : state.tombstones.slice(0, kept);
  const tombstones = over.length === 0 ? state.tombstones : state.tombstones.slice(over.length);
  const shown = over.reduce(withoutRow, tombstones === state.tombstones ? state : {...state, tombstones});
  return withoutOldest(shown, MOST_REMEMBERED, (diedAt) => at - diedAt >= REMEMBERED_MS);
}
