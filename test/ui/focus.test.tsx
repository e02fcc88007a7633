import {Map as ImmutableMap} from 'immutable';
import {describe, expect, test} from 'vitest';
import {decodeRecord} from '../../src/api/decodeRecord.ts';
import type {Focus, TabId} from '../../src/model/focus.ts';
import {unfocused} from '../../src/model/focus.ts';
import {emptyLog, type LogEntry, withLogEntry} from '../../src/model/log.ts';
import {reduce} from '../../src/model/reduce.ts';
import type {State} from '../../src/model/state.ts';
import {cellWidth} from '../../src/terminal/text.ts';
import {keyRowsOf} from '../../src/ui/commands.ts';
import {eventFor} from '../../src/ui/keymap.ts';
import {SECOND, T0, WALL0} from '../support/builders.ts';
import {hostileStrings} from '../support/hostileStrings.ts';
import {session, sketch} from './fleet.ts';
import {show, sized} from './show.tsx';

const ID = 'sb_9f3a71c204';
const sizes = [
  [80, 24],
  [160, 48],
  [60, 15],
  [40, 10],
] as const;

const focused = (focus: Partial<Focus> = {}, over: Partial<State> = {}) =>
  sketch({detailOpen: true, focus: {...unfocused, ...focus}, ...over});

const recordOf = (body: object): Focus['record'] => ({
  id: ID,
  text: decodeRecord(body),
  asOf: T0 - 5 * SECOND,
  failure: undefined,
});
const json = (body: object, over: Partial<State> = {}) => focused({tab: 'json', record: recordOf(body)}, over);

/** Keys pressed on a screen of this size, one after the other. */
function press(state: State, columns: number, rows: number, ...chords: readonly string[]): State {
  return chords.reduce(
    (before, chord) => {
      const event = eventFor(before, chord, T0 + SECOND);
      return event ? reduce(before, event)[0] : before;
    },
    sized(state, columns, rows),
  );
}

const said = (over: Partial<LogEntry>): Omit<LogEntry, 'seq'> => ({
  at: T0,
  wall: WALL0,
  kind: 'extend',
  id: ID,
  text: 'extend 14:14:00 -> 14:44:00',
  source: 'you',
  requestId: 'req_0123456789abcdef',
  status: 200,
  tone: 'good',
  ...over,
});
const logWith = (...entries: readonly Partial<LogEntry>[]) =>
  entries.reduce((log, entry) => withLogEntry(log, said(entry)), emptyLog);

describe.each(sizes)('at %ix%i', (columns, rows) => {
  test.each(['overview', 'events', 'json'] as const)('%s has the id and the open tab in its title', (tab) => {
    const picture = show(focused({tab}), columns, rows);
    const title = picture.split('\n')[2] ?? '';
    expect(title).toContain(ID);
    expect(title).toContain(
      {overview: '[Overview] Events JSON', events: 'Overview [Events] JSON', json: 'Overview Events [JSON]'}[tab],
    );
  });

  test('what a hostile record holds is text only, and no line is too wide', () => {
    for (const name of hostileStrings) {
      const picture = show(json({name, [name]: [name]}), columns, rows);
      expect(picture.split('\n')).toHaveLength(rows);
      for (const line of picture.split('\n')) {
        expect(line).not.toMatch(/\p{Cc}/u);
        expect(cellWidth(line)).toBeLessThanOrEqual(columns);
      }
    }
  });

  test('no token is ever on the screen', () => {
    const state = json({id: ID, auth_token: 'c4n4ry', nested: {access_token: 'c4n4ry'}, env_vars: {A: 'c4n4ry'}});
    for (const chords of [[], ['G'], ['pagedown']])
      expect(show(press(state, columns, rows, ...chords), columns, rows)).not.toContain('c4n4ry');
  });

  test('the last line of a long record can be reached, and the way back', () => {
    const body = {list: Array.from({length: 100}, (_, index) => `line ${index}`), end: 'the last'};
    const down = press(json(body), columns, rows, 'G');
    expect(show(down, columns, rows)).toContain('the last');
    expect(show(press(down, columns, rows, 'g'), columns, rows)).toContain('"list"');
    const paged = press(json(body), columns, rows, 'pagedown', 'pagedown', 'pageup', 'pageup');
    expect(paged.focus.top).toBe(0);
  });
});

test.each([
  [80, 24],
  [160, 48],
  [60, 15],
])('at %ix%i the times of the charts can be chosen, and the choice is seen', (columns, rows) => {
  expect(show(focused(), columns, rows)).toContain(' 1m [10m] 60m ');
  expect(show(focused({tab: 'json'}), columns, rows)).not.toContain('[10m]');
});

test('160x48: the charts to the left, the record and its events to the right', () => {
  const log = logWith({}, {kind: 'running', text: 'paused -> running', source: 'stream', requestId: undefined});
  expect(show(focused({range: '1m'}, {log}), 160, 48)).toMatchInlineSnapshot(`
    " hopx-top  prod  api.hopx.dev  hopx_live_7f2c…                                                                                             LIVE   budget 87/100
     running 5   creating 1   paused 1   stopped 0   error 1   gone 1   expiring <10m 3   2 of 5 sampled
    ╭─ sb_9f3a71c204  1 of 9  [Overview] Events JSON ───────────────────────────────────── [1m] 10m 60m ─╮╭─ Record ───────────────────────────────────────────────╮
    │ CPU 50%  of 2 vCPU                                         1m: avg 77%  p95 94%  peak 95% 14:01:11 ││ status    running  as of 14:02:11                      │
    │ 100│                                                                                               ││ template  agent-py311                                  │
    │    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣷⣶⣶⣶⣶⣶⣦⣤⣤⣤⣤⣤⣤⣀⣀⣀                                                                      ││ region    us-east                                      │
    │    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣶⣶⣶⣦⣤⣤⣄⣀⣀⡀                                                         ││ node      n-114                                        │
    │    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣶⣶⣶⣤⣤⣤⣀⣀⣀                                             ││ size      2 vCPU  4.0G  10G disk                       │
    │    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣧⣤⣤⣄⣀⣀⡀                                   ││ created   10:50:11  3h11m ago                          │
    │    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣧⣤⣤⣤⣀⣀⣀                          ││ expires   14:03:59  ! 01:48  DELETES DISK              │
    │    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣶⣶⣶⣤⣤⣤                    ││ timeout   2h00m  e +30m -> 14:33                       │
    │    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣧⣤⣤⣄⣀⣀⡀          ││ token     15 Nov 12:02  in 22h                         │
    │  50│⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣷⣶⣶⣶⣤⣤⣤    ││ internet  on                                           │
    │    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿ ││ mode      live                                         │
    │    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿ ││ host      https://sb_9f3a71c204.hopx.dev               │
    │    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿ ││ ids       template tpl_1  org 42                       │
    │    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿ ││                                                        │
    │    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿ ││─ Events ───────────────────────────────────────────────│
    │    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿ ││ 14:02:11     running  paused -> running            200 │
    │    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿ ││ 14:02:11 you extend   14:14:00 -> 14:44:00         200 │
    │    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿ ││                                                        │
    │   0│⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿ ││                                                        │
    │     -1m                                                                                        now ││                                                        │
    │ MEM 61%  2.5G of 4.0G                                      1m: avg 60%  p95 61%  peak 61% 14:02:11 ││                                                        │
    │ 100│                                                                                               ││                                                        │
    │    │                                                                                               ││                                                        │
    │    │                                                                                               ││                                                        │
    │    │                                                                                               ││                                                        │
    │    │                                                                                               ││                                                        │
    │    │                                                                                               ││                                                        │
    │    │                                                                                               ││                                                        │
    │    │⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿ ││                                                        │
    │  50│⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿ ││                                                        │
    │    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿ ││                                                        │
    │    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿ ││                                                        │
    │    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿ ││                                                        │
    │    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿ ││                                                        │
    │    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿ ││                                                        │
    │    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿ ││                                                        │
    │    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿ ││                                                        │
    │    │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿ ││                                                        │
    │   0│⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿ ││                                                        │
    │     -1m                                                                                        now ││                                                        │
    │ DISK 61%  6.1G of 10G  ━━━━━━────                                             last sample 14:02:11 ││                                                        │
    │ EXEC active 2  total 418  errors 3  per min 30  p95 840 ms                                         ││                                                        │
    │                                                                                                    ││                                                        │
    ╰────────────────────────────────────────────────────────────────────────────────────────────────────╯╰────────────────────────────────────────────────────────╯
     P pause  X stop  e extend  E timeout  T token  D delete  a actions  Esc back  Left Right previous, next  [ ] other tab  . longer  : commands  ? help"
  `);
});

test('60x15: the fields one after the other, the load in a line each', () => {
  expect(show(focused(), 60, 15)).toMatchInlineSnapshot(`
    " hopx-top  prod  api.hopx.dev          LIVE   budget 87/100
     run 5  crt 1  pau 1  err 1  gone 1  <10m 3  2 of 5 sampled
    ─ sb_9f3a71c204 [Overview] Events JSON ────── 1m [10m] 60m ─
     running  as of 14:02:11
     expires 14:03:59  ! 01:48  DELETES DISK
     timeout 2h00m  e +30m -> 14:33   template agent-py311
     region us-east   node n-114   size 2 vCPU  4.0G  10G disk
     created 10:50:11  3h11m ago   token 15 Nov 12:02  in 22h
     host https://sb_9f3a71c204.hopx.dev   internet on
     mode live   ids template tpl_1  org 42
     CPU ▇▇▇▇▇▆▄▃▂▁▁▂▄▅▆▇▇▇▇▇▆▅▃▂▁▁▁░░▆▇▇▇▇▇▇▆  50%  peak 95%
     MEM ▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▅▅▅▅▅▅▅▅▅▅░░▅▅▅▅▅▅▅▅  61%  peak 61%
     DISK 61%  6.1G of 10G  ━━━━━━────     last sample 14:02:11
     EXEC active 2  total 418  errors 3  per min 30  p95 840 ms
     P pause e +30m E timeout T token D delete Esc back ? help"
  `);
});

test('80x24: the record as JSON', () => {
  const body = {id: ID, status: 'running', auth_token: 'c4n4ry', resources: {vcpu: 2, memory_mb: 4096}};
  expect(show(json(body), 80, 24)).toMatchInlineSnapshot(`
    " hopx-top  prod  api.hopx.dev  hopx_live_7f2c…             LIVE   budget 87/100
     run 5  crt 1  pau 1  stp 0  err 1  gone 1  <10m 3  2 of 5 sampled
    ─ sb_9f3a71c204  1 of 9  Overview Events [JSON] ────────────────────────────────
     as of 14:02:06   r re-reads it   secrets are left out
     {
       "id": "sb_9f3a71c204",
       "status": "running",
       "auth_token": "[redacted]",
       "resources": {
         "vcpu": 2,
         "memory_mb": 4096
       }
     }










     P pause X stop e +30m E timeout T token D delete a acts Esc back [ ] tab ? help"
  `);
});

test('comma and dot choose a shorter and a longer time, and say where they end', () => {
  expect(press(focused(), 80, 24, '.').focus.range).toBe('60m');
  expect(press(focused(), 80, 24, ',').focus.range).toBe('1m');
  expect(press(focused(), 80, 24, '.', '.').notice?.text).toBe('samples are held for an hour');
  expect(press(focused(), 80, 24, ',', ',').notice?.text).toBe('a minute is the shortest time');
});

test.each<[string, readonly string[], TabId]>([
  ['] goes one on', [']'], 'events'],
  ['Tab too', ['tab', 'tab'], 'json'],
  ['round and round', [']', ']', ']'], 'overview'],
  ['[ goes one back', ['['], 'json'],
  ['Shift-Tab too', ['shift+tab', 'shift+tab'], 'events'],
  ['y', ['y'], 'json'],
  ['l', ['l'], 'events'],
  ['d', ['y', 'd'], 'overview'],
])('%s', (_, chords, tab) => {
  expect(press(focused(), 80, 24, ...chords).focus.tab).toBe(tab);
});

test('Left and Right go through the list, and the place in it is told', () => {
  const second = press(focused(), 80, 24, 'right');
  expect(show(second, 80, 24)).toContain('sb_02bd77e1aa  2 of 9');
  expect(show(press(second, 80, 24, 'left', 'left'), 80, 24)).toContain('this is the first sandbox of the list');
  expect(press(second, 80, 24, 'escape').cursor.id).toBe('sb_02bd77e1aa');
});

test('another sandbox is looked at through the same tab', () => {
  expect(press(focused({tab: 'events', top: 3}), 80, 24, 'right').focus).toMatchObject({tab: 'events', top: 0});
});

describe('the record', () => {
  const at = (state: State, columns = 80, rows = 24) => show(state, columns, rows);

  test('says when it was read; a secret says that it is one', () => {
    const picture = at(json({id: ID, auth_token: 'x'}));
    expect(picture).toContain('as of 14:02:06');
    expect(picture).toContain('"auth_token": "[redacted]"');
  });

  test('says that it is being read, and why it could not be', () => {
    expect(at(focused({tab: 'json'}))).toContain('reading the record…');
    const failure = {at: T0 - SECOND, message: 'the server has an error'};
    const failed = {id: ID, text: undefined, asOf: undefined, failure};
    expect(at(focused({tab: 'json', record: failed}))).toContain('not read at 14:02:10: the server has an error');
    const old = recordOf({id: ID});
    const both = at(focused({tab: 'json', record: old && {...old, failure}}));
    expect(both).toContain('as of 14:02:06');
    expect(both).toContain('not read at 14:02:10');
  });

  test('of another sandbox is never shown', () => {
    const cursor = {id: 'sb_02bd77e1aa', index: 1};
    expect(at(json({id: ID, region: 'elsewhere'}, {cursor}))).not.toContain('elsewhere');
  });

  test('of what is gone is not waited for', () => {
    const cursor = {id: 'sb_77a0c5e8f2', index: 8};
    expect(at(focused({tab: 'json'}, {cursor}))).toContain('it is gone: there is no record to read');
  });

  test('says that it is cut, at its end', () => {
    const long = json({list: Array.from({length: 5000}, (_, index) => index)});
    expect(at(press(long, 80, 24, 'G'))).toContain('cut here: 64 KiB or 2,000 lines are shown');
  });

  test('r re-reads it; elsewhere r re-reads the list', () => {
    expect(eventFor(focused({tab: 'json'}), 'r', T0)?.type).toBe('focus.recordAsked');
    expect(eventFor(focused(), 'r', T0)?.type).toBe('refresh.asked');
  });
});

describe('its events', () => {
  test.each(sizes)('have their request ids whole at %ix%i', (columns, rows) => {
    const picture = show(focused({tab: 'events'}, {log: logWith({}, {id: 'sb_other', text: 'no'})}), columns, rows);
    expect(picture).toContain('req_0123456789abcdef');
    expect(picture.replaceAll(/[\s│]+/g, ' ')).toMatch(/14:14:00 -> ?14:44:00/);
    expect(picture).toContain('1 held');
  });

  test('are all there, and stand still while they are read', () => {
    const many = Array.from({length: 60}, (_, index) => ({
      text: `number ${index} `,
      kind: 'seen',
      source: 'stream' as const,
    }));
    const state = press(focused({tab: 'events'}, {log: logWith(...many)}), 80, 24, 'G');
    expect(show(state, 80, 24)).toContain('number 0 ');
    const up = press(state, 80, 24, 'k', 'k', 'k');
    const later = {...up, log: withLogEntry(up.log, said({text: 'newer', kind: 'seen', source: 'stream'}))};
    const body = (each: State) => show(each, 80, 24).split('\n').slice(4, 23);
    expect(body(later)).toEqual(body(up));
  });
});

test('read-only: the footer and help have no key that changes anything', () => {
  const state = focused({}, {session: {...session, readonly: true}});
  expect(show(state, 160, 48).split('\n').at(-1)).not.toMatch(/pause|stop|extend|delete/);
  expect(show({...state, overlay: {kind: 'help', index: 0}}, 80, 24)).not.toMatch(/pause|delete/);
});

test('80x24: help has its own keys and the acts on the first page, the rest on the second', () => {
  const page = (index: number) => show(focused({}, {overlay: {kind: 'help', index}}), 80, 24);
  const help = `${page(0)}\n${page(1)}`;
  for (const {keys} of keyRowsOf('focus').filter(({group}) => group === 'Focus' || group === 'Act')) {
    expect(page(0)).toContain(` ${keys} `);
  }
  for (const {keys, description} of keyRowsOf('focus')) {
    expect(help).toContain(` ${keys} `);
    expect(help).toContain(description);
  }
});

test('a sandbox that nobody remembers any more is said to be gone', () => {
  const state = focused({}, {cursor: {id: 'sb_forgotten', index: 0}, metrics: ImmutableMap()});
  const picture = show(state, 80, 24);
  expect(picture).toContain('sb_forgotten  not in the list');
  expect(picture).toContain('It has been gone for a while');
});
