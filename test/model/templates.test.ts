import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import type {State} from '../../src/model/state.ts';
import type {Template} from '../../src/model/template.ts';
import {usageOf} from '../../src/model/templateUse.ts';
import {T0} from '../support/builders.ts';
import {bare, template} from '../support/templates.ts';
import {begun, failure, listed, logLines, patch, play, told} from './given.ts';

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

describe('the list', () => {
  test("one's own stand first, by name", () => {
    expect(names(told(listed(), read(0, [shared, own, node])))).toEqual(['agent-node20', 'agent-py311', 'base']);
  });

  test('it is live only once it was read while the stream was open', () => {
    const opened = told(listed(), open);
    expect(opened.templates.phase).toBe('never');
    expect(told(opened, read(1, [own])).templates.phase).toBe('live');
    expect(told(listed(), read(1, [own])).templates.phase).toBe('polled');
  });

  test('who is not in it is gone, but for who was told of since it was asked for', () => {
    const state = told(listed(), open, read(0, [own, shared]), heard(10, node), read(20, [shared], 5));
    expect(names(state)).toEqual(['agent-node20', 'base']);
    expect(names(told(state, read(40, [shared], 30)))).toEqual(['base']);
  });

  test('what an event left out stays as it was; an id alone is no name', () => {
    const state = told(listed(), read(0, [own]), heard(1, {...bare('73'), status: 'building'}));
    expect(state.templates.rows.get('73')).toEqual({...own, status: 'building'});
  });

  test("an event that is older by the server's own date says nothing", () => {
    const state = told(
      listed(),
      read(0, [own]),
      heard(1, {...own, status: 'failed', updatedAt: (own.updatedAt ?? 0) - 1}),
    );
    expect(state.templates.rows.get('73')?.status).toBe('active');
  });

  test('while the stream is broken it is as old as the break', () => {
    const state = told(listed(), open, read(0, [own]), {
      type: 'templates.stream',
      at: T0 + 5000,
      isOpen: false,
      reason: 'the server closed it',
    });
    expect(state.templates).toMatchObject({isOpen: false, asOf: T0 + 5000, reason: 'the server closed it'});
  });

  test('the cursor stays on its template, and goes to what took its place', () => {
    const down: Event = {type: 'template.moved', at: T0, by: 1, lines: 5};
    const state = told(listed(), read(0, [shared, own, node]), down);
    expect(state.templates.cursor).toBe('73');
    expect(told(state, read(1, [shared, own])).templates.cursor).toBe('73');
    expect(told(state, read(1, [shared, node])).templates.cursor).toBe('1');
  });

  test('the last build of each is known', () => {
    const state = told(listed(), read(0, [own, node, shared]));
    expect([...state.builds.rows.keys()].toSorted()).toEqual(['b_5512', 'b_5518']);
  });
});

describe('who uses it', () => {
  const fleet = listed(patch('a'), patch('b', {templateName: 'agent-node20'}), patch('c'));

  test('is counted by name', () => {
    expect(usageOf(fleet, own)).toEqual({count: 2, isLeast: false});
    expect(usageOf(fleet, shared)).toEqual({count: 0, isLeast: false});
  });

  test('nobody is only said when all are known and tell what they are made of', () => {
    expect(usageOf(begun(), own)).toEqual({count: 0, isLeast: true});
    const {templateName: _, templateId: __, ...untold} = patch('d');
    expect(usageOf(listed(untold), own)).toEqual({count: 0, isLeast: true});
  });
});

describe('a delete', () => {
  const free = told(listed(patch('a')), open, read(0, [own, node, shared]));
  const ask = (id: string): Event => ({type: 'template.deleteAsked', at: T0 + 1000, id});
  const type = (text: string, ms = 2000): Event => ({type: 'question.typed', at: T0 + ms, text});
  const answer = (how: 'enter' | 'yes' | 'no', ms = 2000): Event => ({
    type: 'question.answered',
    at: T0 + ms,
    answer: how,
  });
  const agreed = play(free, ask('74'), type('de20'), answer('enter'));

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
    expect(agreed.effects).toEqual([{do: 'template.delete', id: '74'}]);
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

  test('done: it is gone, an older list does not bring it back, and the log says who did it', () => {
    const state = told(
      agreed.state,
      {type: 'template.deleted', at: T0 + 3000, id: '74', status: 204, requestId: 'r_7'},
      read(3500, [own, node, shared], 2500),
    );
    expect(names(state)).toEqual(['agent-py311', 'base']);
    expect(logLines(state)).toContain('you | delete | template agent-node20 (74) deleted');
  });

  test("refused: it stays, in the server's words", () => {
    const state = told(agreed.state, {
      type: 'template.kept',
      at: T0 + 3000,
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
      at: T0 + 3000,
      id: '74',
      failure: failure({kind: 'timed-out', message: 'no answer'}),
    });
    expect(unknown.effects).toEqual([{do: 'templates.read'}]);
    expect(told(unknown.state, read(3100, [own, node], 2900)).templates.deletions.has('74')).toBe(true);
    expect(logLines(told(unknown.state, read(4000, [own, node])))).toContain(
      'you | delete | template agent-node20 (74): the delete did not happen',
    );
    expect(logLines(told(unknown.state, read(4000, [own])))).toContain('you | delete | template 74 is gone');
  });
});
