import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import type {State} from '../../src/model/state.ts';
import {newestTakenBack, requestsPutBack, waitsToLeave} from '../../src/model/takingBack.ts';
import type {Template} from '../../src/model/template.ts';
import {T0, WALL0} from '../support/builders.ts';
import {template} from '../support/templates.ts';
import {failure, listed, logLines, patch, play, tick, told} from './given.ts';

const read = (ms: number, templates: readonly Template[], asOf = ms): Event => ({
  type: 'templates.listed',
  at: T0 + ms,
  asOf: T0 + asOf,
  templates,
});
const heard = (ms: number, ...templates: readonly Template[]): Event => ({
  type: 'templates.observed',
  at: T0 + ms,
  templates,
});
const open: Event = {type: 'templates.stream', at: T0, isOpen: true, reason: undefined};
const names = ({templates}: State): readonly string[] => [...templates.rows.values()].map(({name}) => name);

const own = template();
const node = template({id: '74', name: 'agent-node20', buildId: 'b_5518'});
const shared = template({id: '1', name: 'base', isPublic: true, buildId: undefined});

describe('a delete', () => {
  const free = told(listed(patch('a')), open, read(0, [own, node, shared]));
  const ask = (id: string): Event => ({type: 'template.deleteAsked', at: T0 + 1000, id});
  const type = (text: string, ms = 2000): Event => ({type: 'question.typed', at: T0 + ms, text});
  const answer = (how: 'enter' | 'yes' | 'no', ms = 2000): Event => ({
    type: 'question.answered',
    at: T0 + ms,
    answer: how,
  });
  const waiting = play(free, ask('74'), type('de20'), answer('enter'));
  const graceOver = tick(7000);
  /** Seconds are told one by one: a longer silence of the clock means that the program stood still. */
  const nearly = told(waiting.state, tick(4000), tick(6999));
  const leave = (ms = 7001): Event => ({type: 'template.admitted', at: T0 + ms, wall: WALL0 + ms, id: '74'});
  const queued = told(nearly, graceOver);
  const agreed = play(queued, leave());

  test.each([
    ['1', 'delete: blocked: it is public, only your own can be deleted'],
    ['73', 'delete: blocked: 1 sandbox uses it'],
    ['99', 'delete: no template selected: move the cursor onto one'],
  ])('of %s is refused: %s', (id, reason) => {
    const state = told(free, ask(id));
    expect(state.templates.question).toBeUndefined();
    expect(state.notice?.text).toBe(reason);
  });

  test('is refused in a read-only session and while nothing can be sent', () => {
    const readonly = {...free, session: {...free.session, readonly: true}};
    expect(told(readonly, ask('74')).notice?.text).toContain('read-only');
    const offline = {...free, link: {...free.link, phase: 'offline' as const}};
    expect(told(offline, ask('74')).notice?.text).toContain('offline');
  });

  test('is typed: the end of a long name, the whole of a short one', () => {
    expect(told(free, ask('74')).templates.question).toMatchObject({word: 'de20'});
    const short = told(listed(), read(0, [template({id: '9', name: 'tiny'})]), ask('9'));
    expect(short.templates.question).toMatchObject({word: 'tiny'});
  });

  test('keys in the first 400 ms do not answer', () => {
    const {state, effects} = play(free, ask('74'), type('de20', 1399), answer('enter', 1399));
    expect(effects).toEqual([]);
    expect(state.templates.question).toMatchObject({typed: ''});
  });

  test('leaves once the word is typed, once', () => {
    expect(waiting.effects).toEqual([]);
    expect(waiting.state.notice?.text).toBe('template agent-node20 (74) is deleted in 5 s: u takes it back');
    expect(play(waiting.state, tick(4000), tick(6999)).effects).toEqual([]);
    expect(play(nearly, graceOver).effects).toEqual([{do: 'template.ask', id: '74'}]);
    expect(agreed.effects).toEqual([{do: 'template.delete', id: '74'}]);
    expect(play(agreed.state, leave()).effects).toEqual([]);
    expect(told(agreed.state, ask('74')).notice?.text).toContain('still under way');
  });

  test('y is no answer, another word neither, Esc closes', () => {
    expect(play(free, ask('74'), answer('yes')).effects).toEqual([]);
    const wrong = play(free, ask('74'), type('nope'), answer('enter'));
    expect(wrong.effects).toEqual([]);
    expect(wrong.state.notice?.text).toBe('that is not de20: nothing is deleted; Esc closes');
    expect(told(wrong.state, answer('no')).templates.question).toBeUndefined();
  });

  test('has to be agreed to anew when the template changes under the question', () => {
    const {state, effects} = play(
      free,
      ask('74'),
      type('de20', 1500),
      heard(1600, {...node, status: 'building'}),
      answer('enter', 1700),
    );
    expect(effects).toEqual([]);
    expect(state.templates.question).toMatchObject({
      typed: '',
      changed: 'its status is now building, it was active',
    });
  });

  test('is refused when a sandbox of it appears before the answer', () => {
    const {state, effects} = play(
      free,
      ask('74'),
      {
        type: 'sandbox.observed',
        at: T0 + 1500,
        asOf: T0 + 1500,
        via: 'event',
        patch: patch('new', {templateName: 'agent-node20'}),
      },
      type('de20'),
      answer('enter'),
    );
    expect(effects).toEqual([]);
    expect(state.notice?.text).toBe('delete: blocked: 1 sandbox uses it');
  });

  const used: Event = {
    type: 'sandbox.observed',
    at: T0 + 6000,
    asOf: T0 + 6000,
    via: 'event',
    patch: patch('new', {templateName: 'agent-node20'}),
  };

  test('a sandbox of it appears during the grace, or while the limiter holds it: nothing leaves', () => {
    for (const [state, next] of [
      [nearly, graceOver],
      [queued, leave()],
    ] as const) {
      const late = play(told(state, used), next);
      expect(late.effects).toEqual([]);
      expect(late.state.notice?.text).toBe('template agent-node20 (74) not sent: blocked: 1 sandbox uses it');
      expect(late.state.templates.deletions.size).toBe(0);
    }
  });

  test('offline in the moment in which it may leave: nothing leaves', () => {
    const {effects, state} = play({...queued, link: {...queued.link, phase: 'offline'}}, leave());
    expect(effects).toEqual([]);
    expect(state.notice?.text).toContain('not sent: offline');
  });

  test('after the machine slept it does not leave', () => {
    const {effects, state} = play(queued, {type: 'template.admitted', at: T0 + 7001, wall: WALL0 + 90_000, id: '74'});
    expect(effects).toEqual([]);
    expect(state.notice?.text).toContain('not sent: the machine slept');
  });

  test('held for longer than anybody remembers, it is given up', () => {
    let state = queued;
    for (let ms = 8000; ms <= 73_000; ms += 1000) state = told(state, tick(ms));
    expect(state.templates.deletions.size).toBe(0);
    expect(state.notice?.text).toContain('not sent: the request limit held it for 1m; ask again');
    expect(play(state, leave(73_001)).effects).toEqual([]);
  });

  test('429 was not carried out: it says so, and asks for leave anew', () => {
    const tooMany = failure({kind: 'rate-limited', status: 429, message: 'slow down', mayHaveHappened: false});
    const again = play(agreed.state, {
      ...{type: 'template.queued', at: T0 + 8000, id: '74', until: T0 + 28_000},
      failure: tooMany,
    });
    expect(again.effects).toEqual([{do: 'template.ask', id: '74', until: T0 + 28_000}]);
    expect(again.state.notice?.text).toContain('waits for the request limit: goes on in 20s; u takes it back');
    expect(play(again.state, leave(28_001)).effects).toEqual([]);
  });

  test('u takes back what has not left, and only that', () => {
    for (const state of [nearly, queued]) {
      expect(waitsToLeave(state)).toBe(true);
      const back = newestTakenBack(state, T0 + 7000);
      expect(back?.notice?.text).toBe('delete of template agent-node20 (74) taken back: nothing was sent');
      expect(back?.templates.deletions.size).toBe(0);
      expect(back && play(back, tick(7001), leave(7002)).effects).toEqual([]);
    }
    expect(newestTakenBack(agreed.state, T0 + 8000)).toBeUndefined();
  });

  test('while nobody could see it, it does not leave', () => {
    const back = requestsPutBack(waiting.state, T0 + 3000, 'the program was stopped');
    expect(back.templates.deletions.size).toBe(0);
    expect(back.notice?.text).toContain('not sent: the program was stopped during its 5 s of grace');
    expect(requestsPutBack(agreed.state, T0 + 8000, 'x')).toBe(agreed.state);
  });

  test('quitting in the grace sends nothing', () => {
    expect(play(nearly, {type: 'quit.asked', at: T0 + 6999}, graceOver).effects).toEqual([{do: 'quit'}]);
  });

  test('done: it is gone, an older list does not bring it back, and the log says who did it', () => {
    const state = told(
      agreed.state,
      {type: 'template.deleted', at: T0 + 8000, id: '74', status: 204, requestId: 'r_7'},
      read(8500, [own, node, shared], 7500),
    );
    expect(names(state)).toEqual(['agent-py311', 'base']);
    expect(logLines(state)).toContain('you | delete | template agent-node20 (74) deleted');
  });

  test("refused: it stays, in the server's words", () => {
    const state = told(agreed.state, {
      type: 'template.kept',
      at: T0 + 8000,
      id: '74',
      failure: failure({kind: 'conflict', message: 'in use by 3 sandboxes', status: 409, mayHaveHappened: false}),
    });
    expect(names(state)).toContain('agent-node20');
    expect(state.notice?.text).toBe('template agent-node20 (74) refused: in use by 3 sandboxes');
    expect(state.templates.deletions.size).toBe(0);
  });

  test('no answer: the list is read, and decides', () => {
    const unknown = play(agreed.state, {
      type: 'template.kept',
      at: T0 + 8000,
      id: '74',
      failure: failure({kind: 'timed-out', message: 'no answer'}),
    });
    expect(unknown.effects).toEqual([{do: 'templates.read'}]);
    expect(told(unknown.state, read(8100, [own, node], 7900)).templates.deletions.has('74')).toBe(true);
    expect(logLines(told(unknown.state, read(9000, [own, node])))).toContain(
      'you | delete | template agent-node20 (74): the delete did not happen',
    );
    expect(logLines(told(unknown.state, read(9000, [own])))).toContain('you | delete | template 74 is gone');
  });
});
