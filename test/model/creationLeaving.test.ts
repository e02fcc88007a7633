import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import type {State} from '../../src/model/state.ts';
import {newestTakenBack, requestsPutBack} from '../../src/model/takingBack.ts';
import {T0, WALL0} from '../support/builders.ts';
import {failure, listed, patch, play, tick, told} from './given.ts';

const SECRET = 's3cret-value';
const values = {template: 'python', region: ' eu-west ', timeout: '2h', internet: 'no', env: `TOKEN="${SECRET}"`};

const open = (ms = 0, given: Readonly<Record<string, string>> = values): Event => ({
  type: 'form.opened',
  at: T0 + ms,
  form: 'create',
  values: given,
});
const submit = (ms = 1000): Event => ({type: 'form.submitted', at: T0 + ms});
const admitted = (ms = 1001): Event => ({type: 'create.admitted', at: T0 + ms, wall: WALL0 + ms});
const sent = admitted();
const asked = (): State => told(listed(patch('a'), patch('z')), open(), submit());

describe('it leaves only while somebody can see it, and nothing speaks against it', () => {
  const tooMany = failure({kind: 'rate-limited', status: 429, message: 'slow down', mayHaveHappened: false});

  test('offline in the moment in which it may leave: the form comes back, nothing is sent', () => {
    const waiting = asked();
    const offline = {...waiting, link: {...waiting.link, phase: 'offline' as const}};
    const {state, effects} = play(offline, sent);
    expect(effects).toEqual([]);
    expect(state.form).toMatchObject({values, mistake: {text: expect.stringContaining('not sent: offline')}});
  });

  test('after the program stood still it does not leave', () => {
    const {state, effects} = play(asked(), {type: 'create.admitted', at: T0 + 1001, wall: WALL0 + 60_000});
    expect(effects).toEqual([]);
    expect(state.notice?.text).toContain('not sent: the machine slept');
  });

  test('429: it alone waits, and asks for leave anew when the server says', () => {
    const {state, effects} = play(told(asked(), sent), {
      type: 'create.queued',
      at: T0 + 1500,
      until: T0 + 21_500,
      failure: tooMany,
    });
    expect(effects).toEqual([{do: 'create.ask', until: T0 + 21_500}]);
    expect(state.creation).toMatchObject({phase: 'queued', heldUntil: T0 + 21_500});
    expect(state.notice?.text).toBe('create python waits for the request limit: goes on in 20s');
  });

  test('a wait that nobody would remember is told instead, as the server names it', () => {
    const {state, effects} = play(told(asked(), sent), {
      type: 'create.queued',
      at: T0 + 1500,
      until: T0 + 900_000,
      failure: {...tooMany, retryAfterMs: 43 * 60_000},
    });
    expect(effects).toEqual([]);
    expect(state.form).toMatchObject({
      values,
      mistake: {text: 'refused: the server allows the next sandbox in 43m: ask again then'},
    });
  });

  test('refused for the sixth time it is refused', () => {
    let state = told(asked(), sent);
    for (let time = 0; time < 6; time += 1) {
      const ms = 1500 + time * 10;
      const queued: Event = {type: 'create.queued', at: T0 + ms, until: T0 + ms + 1000, failure: tooMany};
      state = told(state, queued, admitted(ms + 5));
    }
    expect(state.form?.mistake?.text).toBe('refused: slow down');
  });

  test('held for longer than anybody remembers, it is given up', () => {
    let state = asked();
    for (let ms = 2000; ms <= 72_000; ms += 1000) state = told(state, tick(ms));
    expect(state.creation).toBeUndefined();
    expect(state.notice?.text).toBe('create not sent: the request limit held it for 1m; ask again');
  });
});

test('u takes it back, a stop of the program puts it back: N has all of it', () => {
  for (const back of [
    newestTakenBack(asked(), T0 + 1200),
    requestsPutBack(asked(), T0 + 1200, 'the program was stopped'),
  ]) {
    expect(back && play(back, admitted(1300)).effects).toEqual([]);
    expect(back && told(back, open(2000, {})).form).toMatchObject({values});
    expect(back?.notice?.text).toMatch(/^create (taken back|not sent: the program was stopped)/);
  }
  expect(newestTakenBack(told(asked(), sent), T0 + 1200)).toBeUndefined();
});
