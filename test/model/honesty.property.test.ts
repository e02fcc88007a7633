import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {type LogEntry, latestEntries} from '../../src/model/log.ts';
import {selectFreshness} from '../../src/model/select.ts';
import type {State} from '../../src/model/state.ts';
import {livingOf, type Network, type NetworkOptions, network, truthOf} from './network.ts';
import {history, move, networkOptions} from './steps.ts';

/** Plays random histories and looks after every move, once more when everything has arrived, and when it is quiet. */
function playAll(look: (net: Network) => void, over: Partial<NetworkOptions> = {}): void {
  const plays = fc.property(networkOptions, history, (options, moves) => {
    const net = network({...options, ...over});
    for (const one of moves) {
      move(net, one);
      look(net);
    }
    net.deliverAll();
    look(net);
    net.quieten();
    look(net);
  });
  const {failed, ...told} = fc.check(plays, {numRuns: 1000});
  if (failed) throw new Error(fc.defaultReportMessage({failed, ...told} as fc.RunDetails<unknown>) ?? 'failed');
}

const sorted = (rows: Record<string, unknown>): string =>
  JSON.stringify(Object.entries(rows).sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * Where the server gives no versions an event that repeats a row may be an old one, and a row that a shifting page
 * skipped may be told of after the list has ended: the next re-read heals both, within a minute or so.
 */
const CERTAIN: Partial<NetworkOptions> = {versions: true, pageSize: 1000};

test('LIVE is never said of rows that are not as the server has them, once all that was under way has come', () => {
  playAll((net) => {
    const state = net.state();
    if (!net.isStill() || selectFreshness(state).word !== 'LIVE') return;
    expect(sorted(livingOf(state))).toBe(sorted(truthOf(net)));
  }, CERTAIN);
}, 60_000);

const entriesOf = ({log}: State): readonly LogEntry[] => latestEntries(log, 5000).toReversed();

const FOUND = /found by re-read/;

test('every change that no event told says so, and no other does', () => {
  playAll((net) => {
    const changes = entriesOf(net.state()).filter(({id, kind}) => id !== undefined && kind !== 'alive');
    const wrong = changes.filter(({text, source}) => FOUND.test(text) !== (source === 'list' || source === 'read'));
    expect(wrong).toEqual([]);
  });
}, 60_000);

/** `running -> paused`, of an entry that tells a status. */
function changeIn({kind, text}: LogEntry): readonly [from: string, to: string] | undefined {
  const [, from, to] = /^(\S+) -> (\S+)/.exec(text) ?? [];
  return from !== undefined && to === kind ? [from, to] : undefined;
}

test('read from its beginning, the log leads to the status that is shown: no change is left out or told twice', () => {
  playAll((net) => {
    const statuses = new Map<string, string>();
    for (const entry of entriesOf(net.state())) {
      const change = changeIn(entry);
      if (!change || entry.id === undefined) continue;
      expect(change[0], `${entry.id}: ${entry.text}`).toBe(statuses.get(entry.id) ?? change[0]);
      statuses.set(entry.id, change[1]);
    }
    const shown = [...statuses].map(([id, status]) => net.state().rows.get(id)?.sandbox.status ?? status);
    expect(shown).toEqual([...statuses.values()]);
  });
}, 60_000);

test('the account of a gap is the number of its changes that no event told', () => {
  playAll((net) => {
    let found = 0;
    for (const {kind, text} of entriesOf(net.state())) {
      if (FOUND.test(text)) found += 1;
      if (kind === 'gap end') expect(Number(/(\d+) changes? found/.exec(text)?.[1]), text).toBe(found);
      if (kind === 'gap' || kind === 'gap end') found = 0;
    }
  });
}, 60_000);
