import {describe, expect, test} from 'vitest';
import type {ActionId} from '../../src/model/actions.ts';
import type {Effect, Event} from '../../src/model/event.ts';
import {disabledReason} from '../../src/model/refusal.ts';
import {HOUR, MINUTE, T0, WALL0} from '../support/builders.ts';
import {
  admitted,
  failure,
  gone,
  listed,
  logLines,
  logOf,
  lost,
  observed,
  patch,
  play,
  playHeld,
  tick,
  ticks,
  told,
} from './given.ts';

const ID = 'sb_abcd';
const ask = (action: ActionId, ms = 1000, id = ID): Event => ({type: 'action.asked', at: T0 + ms, action, id});
const held = (ms: number, forMs: number, id = ID): Event => ({
  type: 'action.queued',
  at: T0 + ms,
  id,
  until: T0 + ms + forMs,
});
const tooMany = failure({kind: 'rate-limited', message: 'slow down', status: 429, requestId: 'req_4'});
const turnedBack = (ms: number, forMs: number): Event => ({...held(ms, forMs), failure: tooMany}) as Event;
const undo = (ms: number): Event => ({type: 'action.undone', at: T0 + ms});
const deleted = (ms: number, id = ID): readonly Event[] => [
  ask('delete', ms, id),
  {type: 'dialog.typed', at: T0 + ms + 500, text: id.slice(-4)},
  {type: 'dialog.answered', at: T0 + ms + 600, answer: 'enter'},
];

const start = told(listed(patch(ID, {expiresAt: WALL0 + HOUR}), patch('sb_wxyz')), {
  type: 'server.dated',
  at: T0,
  skewMs: 0,
});
const sentBy = (effects: readonly Effect[]) => effects.filter(({do: what}) => what === 'send');
const leaveNow = (ms: number) => ({do: 'send', action: 'extend', id: ID, timeoutSeconds: (HOUR - ms) / 1000 + 1800});

describe('what leaves is reckoned in the moment in which it leaves', () => {
  const waiting = playHeld(start, ask('extend'), held(1000, 30_000)).state;

  test('another client set five hours while e waited: they are kept', () => {
    const longer = observed(20_000, patch(ID, {expiresAt: WALL0 + 5 * HOUR}));
    const {effects} = playHeld(waiting, longer, ...ticks(2000, 31_000), admitted(31_000, ID));
    expect(effects).toEqual([
      {do: 'send', action: 'extend', id: ID, timeoutSeconds: (5 * HOUR - 31_000) / 1000 + 1800},
    ]);
  });

  test('the time that e waited is not given twice', () => {
    const {effects} = playHeld(waiting, ...ticks(2000, 31_000), admitted(31_000, ID));
    expect(effects).toEqual([leaveNow(31_000)]);
  });

  test('an expiry that has grown old meanwhile is read again', () => {
    const late = playHeld(start, ask('extend', 50_000), ...ticks(2000, 61_000), admitted(61_000, ID));
    expect(late.effects.at(-1)).toEqual({do: 'read', id: ID, priority: 'act'});
    const read = observed(61_500, patch(ID, {expiresAt: WALL0 + 5 * HOUR}), {via: 'read', asOf: 61_100});
    const {effects} = play(late.state, read);
    expect(effects).toEqual([
      {do: 'send', action: 'extend', id: ID, timeoutSeconds: Math.ceil((5 * HOUR - 61_500) / 1000) + 1800},
    ]);
  });

  test('one told before the connection was lost is read again', () => {
    const {effects} = play(start, lost(500), ask('extend'));
    expect(effects).toEqual([{do: 'read', id: ID, priority: 'act'}]);
  });

  test('a read that is older than what is known already ends it, without asking for ever', () => {
    const checking = play(start, lost(500), ask('extend')).state;
    const {state, effects} = play(checking, observed(1500, patch(ID), {via: 'read', asOf: 400}));
    expect([sentBy(effects), state.acts.size]).toEqual([[], 0]);
    expect(state.notice?.text).toBe(`${ID}: extend not sent: what was read is old; press again`);
  });

  test('leave given twice is used once', () => {
    const once = playHeld(waiting, admitted(3000, ID), admitted(3000, ID), admitted(3001, ID));
    expect(sentBy(once.effects)).toHaveLength(1);
  });
});

describe('what has changed while it waited', () => {
  const noRoute = {kind: 'unreachable', message: 'no route'} as const;
  const offline = [lost(1400, noRoute), lost(1500, noRoute)];
  const denied: Event = {type: 'access.denied', at: T0 + 1500, failure: failure({kind: 'unauthorized'})};

  test.each<[string, Event | readonly Event[], string]>([
    ['the row is gone', gone(1500, ID), 'not sent: it is gone already'],
    [
      'it was stopped elsewhere',
      observed(1500, {id: ID, status: 'stopped'}),
      'not sent: it is stopped, not running; possible: S start',
    ],
    ['offline', offline, 'not sent: offline: nothing can be sent; r tries to connect again'],
    ['the key is refused', denied, 'not sent: access denied: check the API key, then press r'],
  ])('%s: nothing is sent, and it says why', (_, change, text) => {
    const {state, effects} = playHeld(start, ask('pause'), held(1000, 9000), ...[change].flat(), admitted(2000, ID));
    expect([sentBy(effects), state.acts.size]).toEqual([[], 0]);
    expect(state.notice?.text).toBe(`${ID}: ${text}`);
    expect(logLines(state)).toContain(`you | pause | ${ID} | ${text}`);
  });

  test('quitting sends nothing more', () => {
    const quit: Event = {type: 'quit.asked', at: T0 + 1500};
    const {state, effects} = playHeld(start, ask('pause'), held(1000, 9000), quit, admitted(2000, ID));
    expect([effects.at(-1), state.acts.get(ID)?.phase]).toEqual([{do: 'quit'}, 'queued']);
  });
});

describe('u', () => {
  test('takes back what the limiter holds', () => {
    const {state, effects} = playHeld(start, ask('pause'), held(1000, 9000), undo(2000), admitted(10_000, ID));
    expect([sentBy(effects), state.acts.size]).toEqual([[], 0]);
    expect(state.notice?.text).toBe(`pause of ${ID} taken back: nothing was sent`);
  });

  test('takes back an extension whose expiry is still being read', () => {
    const read = observed(62_000, patch(ID), {via: 'read', asOf: 61_500});
    expect(sentBy(play(start, ask('extend', 61_000), undo(61_500), read).effects)).toEqual([]);
  });

  test('takes the newest of several, whatever holds them', () => {
    const two = playHeld(start, ...deleted(0), ask('pause', 1000, 'sb_wxyz'), held(1000, 9000, 'sb_wxyz'));
    expect([...playHeld(two.state, undo(2000)).state.acts.keys()]).toEqual([ID]);
    expect(playHeld(two.state, undo(2000), undo(2100)).state.acts.size).toBe(0);
  });

  test('does not take back what has left', () => {
    const {state} = play(start, ask('pause'), undo(1500));
    expect(state.acts.get(ID)?.phase).toBe('sent');
    expect(state.notice?.text).toBe('nothing to take back: u undoes what has not been sent yet');
  });

  test('is named where another key finds the sandbox waiting', () => {
    const {state} = playHeld(start, ask('pause'), held(1000, 9000));
    expect(disabledReason(state, 'stop', ID)).toBe('its pause waits for the request limit: u takes it back');
  });
});

describe('a wait is told for what it is', () => {
  test('our own counting: once in the log, without a status', () => {
    const {state} = playHeld(start, ask('pause'), held(1000, 12_000), held(2000, 12_000));
    expect(state.acts.get(ID)).toMatchObject({phase: 'queued', sentAt: undefined, dueAt: T0 + 14_000});
    expect(logLines(state)).toEqual([`you | pause | ${ID} | waits for the request limit: goes on in 12s`]);
    expect(logOf(state)[0]).toMatchObject({status: undefined, requestId: undefined});
    expect(state.notice?.text).toContain('u takes it back');
  });

  test("the server's 429: in its words, with its request id; it asks for leave anew and is sent again", () => {
    const back = playHeld(start, ask('pause'), admitted(1000, ID), turnedBack(1300, 12_000));
    expect(back.effects.at(-1)).toEqual({do: 'act', action: 'pause', id: ID});
    expect(back.state.acts.get(ID)).toMatchObject({phase: 'queued', sentAt: undefined});
    expect(logOf(back.state).at(-1)).toMatchObject({
      text: 'not carried out yet: slow down; sent again in 12s',
      ...{status: 429, requestId: 'req_4'},
    });
    const again = playHeld(back.state, held(1300, 12_000), ...ticks(2000, 13_000), admitted(13_300, ID));
    expect(sentBy(again.effects)).toEqual([{do: 'send', action: 'pause', id: ID}]);
    expect(logOf(again.state)).toHaveLength(1);
  });

  test('for ever is refused in the end', () => {
    const round = (ms: number): readonly Event[] => [tick(ms), admitted(ms, ID), turnedBack(ms + 10, 1000)];
    const rounds = Array.from({length: 7}, (_, index) => round(1000 + index * 1100)).flat();
    const {state, effects} = playHeld(start, ask('pause'), ...rounds);
    expect(sentBy(effects)).toHaveLength(6);
    expect([state.notice?.text, state.acts.size]).toEqual([`${ID}: refused: slow down`, 0]);
  });
});

describe('nothing leaves minutes after its key', () => {
  const dropped = `${ID}: not sent: the request limit allows it only in 4m; press again`;
  test.each<[string, readonly Event[], string]>([
    ['held for four minutes', [ask('pause'), held(1000, 4 * MINUTE)], dropped],
    ['held for longer than was said', [ask('pause'), held(1000, 9000), held(2000, 4 * MINUTE)], dropped],
    [
      'answered 429 for four minutes',
      [ask('pause'), admitted(1000, ID), turnedBack(1300, 4 * MINUTE)],
      `${ID}: not carried out: the request limit allows it only in 4m; press again`,
    ],
    ['an extension whose read is held', [ask('extend', 61_000), held(61_000, 4 * MINUTE)], dropped],
  ])('%s: dropped, and said', (_, events, text) => {
    const {state} = playHeld(start, ...events);
    expect([state.notice?.text, state.acts.size]).toEqual([text, 0]);
    expect(logOf(state).at(-1)).toMatchObject({source: 'you', tone: 'danger'});
  });

  test('a whole window of the limit behind the grace of a delete is waited out', () => {
    const {state} = playHeld(start, ...deleted(0), ...ticks(1000, 6000), held(6000, 61_000), ...ticks(7000, 67_000));
    expect(sentBy(playHeld(state, admitted(67_000, ID)).effects)).toEqual([{do: 'send', action: 'delete', id: ID}]);
  });

  test.each<[string, Event, string]>([
    ['the limiter', ask('pause'), 'pause | sb_abcd | not sent: the request limit held it for 1m; press again'],
    ['a read', ask('extend', 61_000), 'extend | sb_abcd | not sent: its expiry could not be read for 1m; press again'],
  ])('%s that never says how long: dropped after a minute and some', (_, event, line) => {
    const {state} = playHeld(start, event, ...ticks(1000, 140_000));
    expect([state.acts.size, logLines(state).at(-1)]).toEqual([0, `you | ${line}`]);
  });
});
