import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import {entriesOf, isFocusListed, type RecordText, selectWantedRecord, unfocused} from '../../src/model/focus.ts';
import {withLogEntry} from '../../src/model/log.ts';
import type {State} from '../../src/model/state.ts';
import {MINUTE, SECOND, T0, WALL0} from '../support/builders.ts';
import {failure, frame, gone, listed, observed, patch, play, tick, ticks, told} from './given.ts';

const ids = ['sb_0', 'sb_1', 'sb_2', 'sb_3'];
const toggled = (ms = 1000): Event => ({type: 'detail.toggled', at: T0 + ms});
const stepped = (by: -1 | 1, ms = 1000): Event => ({type: 'focus.stepped', at: T0 + ms, by});
const tab = (which: 'overview' | 'events' | 'json', ms = 1000): Event => ({
  type: 'focus.tabChosen',
  at: T0 + ms,
  tab: which,
});
const filtered = (text: string): Event => ({type: 'filter.edited', at: T0 + 500, text});
const four = listed(...ids.map((id) => patch(id)));
const open = told(four, toggled());
const where = ({cursor}: State) => cursor.id;

describe('one sandbox after the other', () => {
  test('the next, and the one before it', () => {
    expect(where(told(open, stepped(1)))).toBe('sb_1');
    expect(where(told(open, stepped(1), stepped(1), stepped(-1)))).toBe('sb_1');
  });

  test('at the ends it says so and stays', () => {
    const first = told(open, stepped(-1));
    expect([where(first), first.notice?.text]).toEqual(['sb_0', 'this is the first sandbox of the list']);
    const last = told(open, stepped(1), stepped(1), stepped(1), stepped(1));
    expect([where(last), last.notice?.text]).toEqual(['sb_3', 'this is the last sandbox of the list']);
  });

  test('only what passes the filter, in the order of the list', () => {
    const some = told(
      listed(...ids.map((id, index) => patch(id, {status: index % 2 === 0 ? 'paused' : 'running'}))),
      {type: 'filter.opened', at: T0 + 400},
      filtered('status=paused'),
      {type: 'filter.kept', at: T0 + 500},
      {type: 'sort.inverted', at: T0 + 600},
      toggled(),
    );
    const seen = [where(some), where(told(some, stepped(1))), where(told(some, stepped(-1)))];
    expect(new Set(seen)).toEqual(new Set(['sb_0', 'sb_2']));
  });

  test('Esc: the cursor of the list is on the one looked at last', () => {
    const back = told(open, stepped(1), stepped(1), toggled(2000));
    expect([back.detailOpen, where(back), back.cursor.index]).toEqual([false, 'sb_2', 2]);
  });

  test('outside of the detail, and under a question, nothing moves', () => {
    expect(where(told(four, stepped(1)))).toBe('sb_0');
    const asked = told(open, {type: 'action.asked', at: T0 + 1100, action: 'stop', id: 'sb_0'}, stepped(1, 1200));
    expect([asked.dialog?.action, where(asked)]).toEqual(['stop', 'sb_0']);
  });

  test('an act goes to the one in focus', () => {
    const {effects} = play(open, stepped(1), {type: 'action.asked', at: T0 + 1500, action: 'pause', id: 'sb_1'});
    expect(effects).toContainEqual({do: 'send', action: 'pause', id: 'sb_1'});
  });
});

describe('a sandbox that leaves the list while it is looked at', () => {
  const running = told(
    four,
    {type: 'filter.opened', at: T0 + 400},
    filtered('status=running'),
    {type: 'filter.kept', at: T0 + 500},
    toggled(),
    stepped(1),
  );
  const paused = told(running, observed(2000, {id: 'sb_1', status: 'paused'}), ...ticks(2000, 9000), frame(9000));
  // The overview puts the whole list right.
  const left = told(
    paused,
    {type: 'view.chosen', at: T0 + 9000, view: 'overview'},
    {type: 'view.chosen', at: T0 + 9000, view: 'sandboxes'},
  );

  test('keeps its place until it is left', () => {
    expect([where(paused), paused.order.size]).toEqual(['sb_1', 4]);
    const after = told(paused, stepped(1, 9100), ...ticks(10_000, 12_000), frame(12_000));
    expect([where(after), after.cursor.index, after.order.size]).toEqual(['sb_2', 1, 3]);
  });

  test('out of the list it stays on the screen: no other takes its place under the keys', () => {
    expect([where(left), left.order.size, isFocusListed(left)]).toEqual(['sb_1', 3, false]);
  });

  test('its neighbours are those it had', () => {
    expect(where(told(left, stepped(1, 9100)))).toBe('sb_2');
    expect(where(told(left, stepped(-1, 9100)))).toBe('sb_0');
  });

  test('back in the list the cursor is on what took its place', () => {
    expect(told(left, toggled(9100)).cursor).toEqual({id: 'sb_2', index: 1});
  });

  test('deleted, it stays until it is left', () => {
    const dead = told(running, gone(2000, 'sb_1'), frame(2100), tick(3000));
    expect(where(dead)).toBe('sb_1');
    expect(dead.rows.get('sb_1')?.tombstone?.cause).toBe('deleted');
  });
});

const text: RecordText = {lines: ['{}'], isCut: false};
const read = (id: string, ms: number): Event => ({type: 'record.read', at: T0 + ms, asOf: T0 + ms, id, text});
const unread = (id: string, ms: number): Event => ({
  type: 'record.failed',
  at: T0 + ms,
  id,
  failure: failure({message: 'no answer'}),
});

describe('the record that should be read', () => {
  const json = told(open, tab('json'), tick(2000));

  test('that of the one in focus, while its JSON is on the screen', () => {
    expect(selectWantedRecord(json)).toBe('sb_0');
    for (const event of [tab('overview', 2000), tab('events', 2000), toggled(2000)] as const)
      expect(selectWantedRecord(told(json, event))).toBeUndefined();
    expect(selectWantedRecord(told(json, {type: 'view.chosen', at: T0 + 2000, view: 'events'}))).toBeUndefined();
  });

  test('none of those that are only passed by', () => {
    const passing = told(json, stepped(1, 2100));
    expect(selectWantedRecord(passing)).toBeUndefined();
    expect(selectWantedRecord(told(passing, tick(3000)))).toBe('sb_1');
  });

  test('read once, again when it is a minute old, or when r asks', () => {
    const held = told(json, read('sb_0', 2000), tick(3000));
    expect(selectWantedRecord(held)).toBeUndefined();
    expect(selectWantedRecord(told(held, {type: 'focus.recordAsked', at: T0 + 3100}))).toBe('sb_0');
    expect(selectWantedRecord({...held, now: T0 + 2000 + MINUTE + SECOND})).toBe('sb_0');
  });

  test('a failure is not asked again at once, and keeps what was read', () => {
    const failed = told(json, read('sb_0', 2000), {type: 'focus.recordAsked', at: T0 + 2500}, unread('sb_0', 3000));
    expect(selectWantedRecord(failed)).toBeUndefined();
    expect(failed.focus.record).toMatchObject({text, asOf: T0 + 2000, failure: {message: 'no answer'}});
    expect(selectWantedRecord({...failed, now: T0 + 3000 + MINUTE + SECOND})).toBe('sb_0');
  });

  test('what comes for another, or after the tab was left, is dropped', () => {
    expect(told(json, read('sb_3', 2000)).focus.record).toBeUndefined();
    expect(told(json, tab('overview', 2000), read('sb_0', 2100)).focus.record).toBeUndefined();
  });

  test('only one is held: the next sandbox begins anew', () => {
    expect(told(json, read('sb_0', 2000), stepped(1, 2100)).focus.record).toBeUndefined();
  });

  test('of what is gone nothing is asked', () => {
    const dead = told(json, gone(2000, 'sb_0'), tick(3000));
    expect(selectWantedRecord(dead)).toBeUndefined();
    expect(told(dead, {type: 'focus.recordAsked', at: T0 + 3100}).notice?.text).toMatch(/^it is gone/);
  });
});

test('the range stays when another is opened; tab and place begin anew', () => {
  const looked = told(
    open,
    {type: 'focus.rangeChosen', at: T0 + 1000, range: '60m'},
    tab('json'),
    toggled(),
    toggled(),
  );
  expect(looked.focus).toEqual({...unfocused, range: '60m'});
});

test('1 leads from one sandbox to the list', () => {
  expect(told(open, {type: 'view.chosen', at: T0 + 1000, view: 'sandboxes'}).detailOpen).toBe(false);
});

test('all events of one sandbox are found, own acts too when a busy fleet has pushed them out', () => {
  const entry = {at: T0, wall: WALL0, kind: 'created', id: 'sb_0', text: '', source: 'you', requestId: 'r_1'} as const;
  const mine = withLogEntry(four.log, {...entry, status: 200, tone: 'good'});
  const busy = Array.from({length: 5000}).reduce<typeof mine>(
    (log) => withLogEntry(log, {...entry, source: 'stream', id: 'sb_1', status: undefined, tone: 'plain'}),
    mine,
  );
  expect(entriesOf(busy, 'sb_0').map(({requestId}) => requestId)).toEqual(['r_1']);
  expect(entriesOf(busy, 'sb_1')).toHaveLength(5000);
});
