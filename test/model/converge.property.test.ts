import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {isAlive} from '../../src/model/fleet.ts';
import {idsFrom} from '../../src/model/order.ts';
import {reduce} from '../../src/model/reduce.ts';
import type {State} from '../../src/model/state.ts';
import {T0} from '../support/builders.ts';
import {frame} from './given.ts';
import {livingOf, type Network, network, truthOf} from './network.ts';
import {history, move, networkOptions} from './steps.ts';

type Watch = (net: Network) => () => void;

/** Plays random histories; what `watch` gives looks at the monitor after every move, and `end` after the last. */
function playAll(watch: Watch, end: (net: Network) => void): void {
  const plays = fc.property(networkOptions, history, (options, moves) => {
    const net = network(options);
    const look = watch(net);
    for (const one of moves) {
      move(net, one);
      look();
    }
    end(net);
  });
  check(plays);
}

function check<T>(property: fc.IProperty<T>): void {
  const result = fc.check(property, {numRuns: 2000});
  if (result instanceof Promise) throw new Error('a property here never waits');
  if (result.failed) throw new Error(fc.defaultReportMessage(result) ?? 'failed');
}

/** Fails with what was seen; asking `expect` only then keeps thousands of histories cheap. */
function refute(violations: readonly unknown[], rule: string): void {
  if (violations.length > 0) expect(violations, rule).toEqual([]);
}

const expectFewChecks: Watch =
  ({state}) =>
  () => {
    const asked = [...state().suspects.values()].filter(({stage}) => stage === 'asked').length;
    if (asked !== state().checking || asked > 6) expect([asked, state().checking], 'checks under way').toEqual([6, 6]);
  };

test('through cuts, repeats and a reconnect the rows end as the server has them, and as nothing else', () => {
  playAll(expectFewChecks, (net) => {
    net.quieten();
    const state = net.state();
    refute(differences(net), 'rows that differ from the server');
    expect(state.live).toBe(net.truth.size);
    expect(state.link.phase).toBe('live');
    expect([state.suspects.size, state.checking]).toEqual([0, 0]);
    const runs = net.effects.flatMap((effect) => (effect.do === 'list' ? [effect.run] : []));
    expect(runs).toEqual(runs.map((_, index) => index + 1));
  });
}, 60_000);

test('without a fault the rows are right as soon as all has arrived: no later list is needed', () => {
  const faultless = fc.property(networkOptions, history, (options, moves) => {
    const net = network({...options, pageSize: 1000});
    for (const _ of [1, 2, 3]) net.create();
    net.connect();
    for (const one of moves) if (one.kind !== 'cut' && one.kind !== 'repeat') move(net, one);
    net.deliverAll();
    refute(differences(net), 'rows that differ from the server');
  });
  check(faultless);
}, 60_000);

const differences = (net: Network): readonly unknown[] => {
  const [is, should] = [JSON.stringify(sorted(livingOf(net.state()))), JSON.stringify(sorted(truthOf(net)))];
  return is === should ? [] : [{is, should}];
};

const sorted = (rows: Record<string, unknown>): readonly unknown[] =>
  Object.entries(rows).sort(([a], [b]) => (a < b ? -1 : 1));

/** Remembers what the screen has shown of one history, and says what it must not show after that. */
function witness(net: Network) {
  const dead = new Set<string>();
  const alive = new Set<string>();
  const newest = new Map<string, number>();
  return () => {
    net.take(frame(net.now() - T0));
    const {rows, order} = net.state();
    const living = [...rows.values()].filter(isAlive);
    const ids = living.map(({sandbox}) => sandbox.id);
    refute(
      ids.filter((id) => dead.has(id)),
      'the dead never come back',
    );
    refute(
      living.filter(({sandbox, version}) => (version ?? 0) < (newest.get(sandbox.id) ?? 0)),
      'a row never goes back to an older version',
    );
    for (const {sandbox, version} of living) newest.set(sandbox.id, version ?? 0);
    for (const id of ids) if (net.truth.has(id)) alive.add(id);
    for (const [id, row] of rows) if (row.tombstone) dead.add(id);
    const shown = new Set(idsFrom(order, 0, order.size));
    refute(
      [...alive].filter((id) => net.truth.has(id) && !(isAlive(rows.get(id)) && shown.has(id))),
      'the living never leave the list',
    );
  };
}

/** The same knowledge once more, as an event: not a row, not a line of the log, not even a new state. */
function expectDeafToRepeats(state: State, at: number): void {
  for (const [id, {sandbox, tombstone}] of state.rows) {
    if (state.suspects.has(id)) continue;
    const {status, region} = sandbox;
    const patch = {id, status, ...(region === undefined ? {} : {region})};
    const same = tombstone
      ? reduce(state, {type: 'sandbox.gone', at, asOf: at, id, via: 'event'})
      : reduce(state, {type: 'sandbox.observed', at, asOf: at, via: 'event', patch});
    if (same.length > 1 || same[0] !== state) expect(same, `${id} told again`).toEqual([state]);
  }
}

test('the dead never come back, the living never leave, and what is told twice changes nothing', () => {
  playAll(witness, (net) => expectDeafToRepeats(net.state(), net.now()));
}, 60_000);
