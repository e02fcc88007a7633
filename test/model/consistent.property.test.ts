import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {columnOf} from '../../src/model/columns.ts';
import type {Event} from '../../src/model/event.ts';
import {matchesFilter} from '../../src/model/filter.ts';
import {isAlive} from '../../src/model/fleet.ts';
import {idsFrom, orderOf} from '../../src/model/order.ts';
import {viewOf} from '../../src/model/select.ts';
import {lineOf} from '../../src/model/standing.ts';
import type {State} from '../../src/model/state.ts';
import {T0} from '../support/builders.ts';
import {frame, shownIds} from './given.ts';
import {type Network, type NetworkOptions, network} from './network.ts';
import {history, type Move, move, networkOptions} from './steps.ts';

/** What a person may do meanwhile; `at` is put in when it is done. */
const key: fc.Arbitrary<(at: number) => Event> = fc.oneof(
  fc.integer({min: -3, max: 3}).map((by) => (at: number) => ({type: 'cursor.moved', by, at}) as const),
  fc.constantFrom(-1 as const, 1 as const).map((by) => (at: number) => ({type: 'cursor.paged', by, at}) as const),
  fc
    .constantFrom('first' as const, 'last' as const)
    .map((to) => (at: number) => ({type: 'cursor.jumped', to, at}) as const),
  fc
    .constantFrom('status', 'expires', 'region', 'age', 'cpu')
    .map((column) => (at: number) => ({type: 'sort.chosen', column, at}) as const),
  fc.constant((at: number) => ({type: 'sort.inverted', at}) as const),
  fc.constant((at: number) => ({type: 'filter.opened', at}) as const),
  fc
    .constantFrom('status=running', 'sb_1', 'status!=paused', 'expires<20s', 'age>15s', 'age<40s expires>10s', '')
    .map((text) => (at: number) => ({type: 'filter.edited', text, at}) as const),
  fc.constant((at: number) => ({type: 'filter.kept', at}) as const),
  fc.constant((at: number) => ({type: 'filter.cleared', at}) as const),
  fc
    .integer({min: 0, max: 6})
    .map((listRows) => (at: number) => ({type: 'screen.resized', columns: 80, rows: 24, listRows, at}) as const),
);

const story = fc.array(
  fc.oneof({weight: 5, arbitrary: history.map((moves) => moves.slice(0, 4))}, {weight: 2, arbitrary: key}),
  {maxLength: 25},
);

type Part = readonly Move[] | ((at: number) => Event);

/** A few sandboxes are there, and read, before the story begins. */
function populated(options: NetworkOptions): Network {
  const net = network(options);
  for (let count = 0; count < 5; count += 1) net.create();
  net.connect();
  net.deliverAll();
  return net;
}

/** Plays one part; frames come in between, as they do on a screen. */
function playPart(net: Network, part: Part): void {
  if (typeof part === 'function') net.take(part(net.now()));
  else for (const one of part) move(net, one);
  net.take(frame(net.now() - T0));
}

/** Counted and sorted from nothing but the rows. */
function naive(state: State) {
  const rows = [...state.rows.values()];
  const living = rows.filter(isAlive).map(({sandbox}) => sandbox);
  const counts: Record<string, number> = {};
  for (const {status} of living) counts[status] = (counts[status] ?? 0) + 1;
  const expiring = living.flatMap(({id, expiresAt}) => (typeof expiresAt === 'number' ? [{id, key: expiresAt}] : []));
  const shown = rows.flatMap(({sandbox: {id}}) => {
    const view = viewOf(state, id);
    const isShown = view && matchesFilter(state.filter.active, view);
    return isShown ? [{id, key: columnOf(state.sort.column).sortKey(view)}] : [];
  });
  const regions: Record<string, number> = {};
  for (const {region = '?'} of living) regions[region] = (regions[region] ?? 0) + 1;
  const endless = living.filter(({expiresAt}) => expiresAt === null).length;
  return {
    counts,
    regions,
    endless,
    live: living.length,
    expiring: idsFrom(orderOf(expiring, false), 0, expiring.length),
    tombstones: rows
      .filter((row) => row.tombstone)
      .map(({sandbox}) => sandbox.id)
      .sort(),
    shown: idsFrom(orderOf(shown, state.sort.descending), 0, shown.length).filter((id) => id !== heldId(state)),
  };
}

/** The row under the cursor keeps its place when it dies or no longer matches: only its place is not compared. */
function heldId(state: State): string | undefined {
  const view = state.cursor.id === undefined ? undefined : viewOf(state, state.cursor.id);
  const isHeld = view && (view.row.tombstone || !matchesFilter(state.filter.active, view));
  return isHeld ? state.cursor.id : undefined;
}

const kept = (state: State) => ({
  counts: state.counts.toObject(),
  regions: state.tallies.region.toObject(),
  endless: state.tallies.end.get('none') ?? 0,
  live: state.live,
  expiring: idsFrom(state.expiring, 0, state.expiring.size),
  tombstones: [...state.tombstones].sort(),
  shown: shownIds(state).filter((id) => id !== heldId(state)),
});

function check<T>(property: fc.IProperty<T>): void {
  const result = fc.check(property, {numRuns: 2000});
  if (result instanceof Promise) throw new Error('a property here never waits');
  if (result.failed) throw new Error(fc.defaultReportMessage(result) ?? 'failed');
}

test('what is kept while events come equals what is counted and sorted from the rows', () => {
  const plays = fc.property(networkOptions, story, (options, parts) => {
    const net = populated(options);
    for (const part of parts) playPart(net, part);
    // Rows change places once the keys have been quiet.
    net.pass(2500);
    net.take(frame(net.now() - T0));
    const [is, should] = [kept(net.state()), naive(net.state())];
    if (JSON.stringify(is) !== JSON.stringify(should)) expect(is).toEqual(should);
  });
  check(plays);
}, 60_000);

/** What every screen must fulfil, whatever came before. */
function flaws(state: State): readonly string[] {
  const {order, cursor, top, screen} = state;
  const place = cursor.id === undefined ? undefined : lineOf(state, cursor.id);
  const lines = Math.max(1, screen.listRows);
  const found: string[] = [];
  if (order.size > 0 && place !== cursor.index)
    found.push(`the cursor is on ${cursor.id}, which is at ${place}, not ${cursor.index}`);
  if (order.size > 0 && (cursor.index < top || cursor.index >= top + lines))
    found.push('the cursor is not on the screen');
  if (top > 0 && top > order.size - lines) found.push('the last lines are empty without need');
  return found;
}

/** Before any key nobody's finger is on it: it leaves the dead, and what went down beyond the first screen. */
function isHeldOn(state: State, id: string | undefined): boolean {
  const line = id === undefined ? undefined : lineOf(state, id);
  if (id === undefined || line === undefined) return false;
  return state.lastKeyAt >= 0 || (!state.rows.get(id)?.tombstone && line < state.screen.listRows);
}

test('the cursor stays on its sandbox and on the screen, whatever happens to the others', () => {
  const plays = fc.property(networkOptions, story, (options, parts) => {
    const net = populated(options);
    net.take({type: 'screen.resized', at: net.now(), columns: 80, rows: 24, listRows: 3});
    for (const part of parts) {
      const before = net.state();
      playPart(net, part);
      const {cursor, lastKeyAt} = net.state();
      const {id} = before.cursor;
      const isPlaced = before.listing.endedAt !== undefined || lastKeyAt > 0;
      const isBySomebodyElse = typeof part !== 'function';
      if (isBySomebodyElse && isPlaced && isHeldOn(net.state(), id)) expect(cursor.id).toBe(id);
      const found = flaws(net.state());
      if (found.length > 0) expect(found).toEqual([]);
    }
  });
  check(plays);
}, 60_000);
