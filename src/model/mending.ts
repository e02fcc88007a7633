import {Map as ImmutableMap, Set as ImmutableSet} from 'immutable';
import type {EventOf} from './event.ts';
import {isAlive} from './fleet.ts';
import {type Order, type OrderEntry, orderOf, withChanges} from './order.ts';
import {idsDueByTime} from './passing.ts';
import type {Row} from './sandbox.ts';
import {withOrder} from './screen.ts';
import {entryOf, standingEntry} from './standing.ts';
import type {Moment, State} from './state.ts';
import type {Step} from './step.ts';
import {NEVER} from './times.ts';

/** Rows change places only after the keys have been quiet: nothing moves under a finger. */
const RESORT_PAUSE_MS = 2000;

/** A frame begins: what changed since the last one is taken out of the list, or put where it belongs. */
export function frameBegan(state: State, {at}: EventOf<'frame.began'>): Step {
  const before = state.placed;
  if (!before) return [state.touched.size === 0 ? state : rebuilt(state)];
  const mayResort = at - state.lastKeyAt >= RESORT_PAUSE_MS;
  const strays = mayResort ? state.resorts.keys() : [];
  const due = new Set([...state.touched, ...strays, ...idsDueByTime(state, before)]);
  if (due.size > 0) return [mended(state, before, due, mayResort)];
  return [isSameFleet(state, before) ? state : {...state, placed: momentOf(state)}];
}

/** A row may be told anew without a change that a place could depend on; its past is not kept for that. */
const isSameFleet = (a: Moment, b: Moment): boolean =>
  a.rows === b.rows && a.metrics === b.metrics && a.acts === b.acts && a.pinned === b.pinned;

const momentOf = ({rows, metrics, acts, pinned, now, wall, skewMs}: State): Moment => ({
  rows,
  metrics,
  acts,
  pinned,
  now,
  wall,
  skewMs,
});

/** Where something stood in an order, and where it belongs; undefined: nowhere. */
type Move = {readonly was: OrderEntry | undefined; readonly is: OrderEntry | undefined};

const isMove = ({was, is}: Move): boolean => (was && is ? was.key !== is.key : was !== is);

const withMoves = (order: Order, moves: readonly Move[]): Order =>
  withChanges(
    order,
    moves.flatMap(({was}) => was ?? []),
    moves.flatMap(({is}) => is ?? []),
  );

function mended(state: State, before: Moment, due: ReadonlySet<string>, mayResort: boolean): State {
  const moves: Move[] = [];
  const stay: OrderEntry[] = [];
  for (const id of due) {
    const row = state.rows.get(id);
    const move = {was: standingEntry(state, before, id), is: row && entryOf(state, state, row)};
    if (!isMove(move)) continue;
    if (move.was && mustStay(state, row, move.is, mayResort)) stay.push(move.was);
    else moves.push(move);
  }
  const settled = state.resorts.size === 0 ? state.resorts : state.resorts.deleteAll(due);
  const resorts = settled.merge(stay.map(({id, key}) => [id, key]));
  return withOrder({...state, ...placedAnew(state), resorts}, withMoves(state.order, moves));
}

/** One row goes where it belongs now, however short ago the last key was: that key was about it. */
export const moved = (state: State, id: string): State =>
  state.placed ? mended(state, state.placed, new Set([id]), true) : state;

/**
 * The row under the cursor keeps its place when it dies or no longer matches, until the cursor has left it: the next
 * key must not hit the row that would come up under it. Without a key ever pressed there is nobody to protect.
 */
function mustStay(state: State, row: Row | undefined, entry: OrderEntry | undefined, mayResort: boolean): boolean {
  const isHeld = row !== undefined && row.sandbox.id === state.cursor.id && state.lastKeyAt !== NEVER;
  return (isHeld && (!entry || row.tombstone !== undefined)) || (entry !== undefined && !mayResort);
}

/** Every row anew: after a change of filter or sort, which is once for one key. */
export function rebuilt(state: State): State {
  const entries: OrderEntry[] = [];
  for (const row of state.rows.values()) {
    const entry = entryOf(state, state, row);
    if (entry) entries.push(entry);
  }
  const placed = {...state, ...placedAnew(state), resorts: ImmutableMap<string, OrderEntry['key']>()};
  return withOrder(placed, orderOf(entries, state.sort.descending));
}

/** What is kept by the rows whatever the filter says of them, put right. */
function placedAnew(state: State): Pick<State, 'expiring' | 'created' | 'placed' | 'touched'> {
  const asksForAges = state.view === 'overview' || state.filter.active.turns.some(({moment}) => moment === 'createdAt');
  return {
    expiring: momentsAnew(state, state.expiring, 'expiresAt'),
    created: asksForAges ? momentsAnew(state, state.created, 'createdAt') : undefined,
    placed: momentOf(state),
    touched: ImmutableSet(),
  };
}

type MomentName = 'expiresAt' | 'createdAt';

/** Only of the living: for the dead time stands still. */
function momentEntry(row: Row | undefined, name: MomentName): OrderEntry | undefined {
  const moment = isAlive(row) ? row.sandbox[name] : undefined;
  return row && typeof moment === 'number' ? {id: row.sandbox.id, key: moment} : undefined;
}

function momentsAnew({rows, placed, touched}: State, order: Order | undefined, name: MomentName): Order {
  if (!order || !placed)
    return orderOf(
      [...rows.values()].flatMap((row) => momentEntry(row, name) ?? []),
      false,
    );
  const moves = [...touched].map((id) => ({
    was: momentEntry(placed.rows.get(id), name),
    is: momentEntry(rows.get(id), name),
  }));
  return withMoves(order, moves.filter(isMove));
}
