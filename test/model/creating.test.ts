import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import type {SandboxPatch} from '../../src/model/sandbox.ts';
import type {State} from '../../src/model/state.ts';
import {T0, WALL0} from '../support/builders.ts';
import {failure, frame, listed, logLines, logOf, patch, play, told} from './given.ts';

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
const accepted = (what: SandboxPatch, ms = 2000): Event => ({
  type: 'create.accepted',
  at: T0 + ms,
  asOf: T0 + ms - 100,
  patch: what,
  status: 201,
  requestId: 'req_new',
});
const refused = (over: Parameters<typeof failure>[0], ms = 2000): Event => ({
  type: 'create.refused',
  at: T0 + ms,
  failure: failure({mayHaveHappened: false, requestId: 'req_no', ...over}),
});

const asked = (): State => told(listed(patch('a'), patch('z')), open(), submit());

describe('a new sandbox', () => {
  test('is one wish, made of the fields', () => {
    const {state, effects} = play(listed(patch('a')), open(), submit(), sent);
    expect(effects).toEqual([
      {do: 'create.ask'},
      {
        do: 'create',
        wish: {
          templateName: 'python',
          region: 'eu-west',
          timeoutSeconds: 7200,
          internetAccess: false,
          envVars: {TOKEN: SECRET},
        },
      },
    ]);
    expect(state).toMatchObject({form: undefined, creation: {phase: 'sent', templateName: 'python'}});
    expect(state.notice?.text).toBe('creating a sandbox of python…');
  });

  test('what is left empty is not asked for', () => {
    const {effects} = play(listed(), open(0, {template: 'python', internet: ''}), submit(), sent);
    expect(effects).toEqual([
      {do: 'create.ask'},
      {
        do: 'create',
        wish: {
          templateName: 'python',
          region: undefined,
          timeoutSeconds: undefined,
          internetAccess: undefined,
          envVars: {},
        },
      },
    ]);
  });

  test('without a template nothing is sent, and the field is shown', () => {
    const {state, effects} = play(listed(), open(0, {region: 'x'}), {type: 'form.moved', at: T0, by: 1}, submit());
    expect(effects).toEqual([]);
    expect(state.form).toMatchObject({field: 0, mistake: {field: 0}, values: {region: 'x'}});
  });

  test('only one at a time', () => {
    const {state, effects} = play(told(asked(), sent), open(1500));
    expect(effects).toEqual([]);
    expect(state.form).toBeUndefined();
    expect(state.notice?.text).toBe('create: one of python is being created: wait for its outcome');
  });

  test('held by the limiter: said, in the log once', () => {
    const state = told(
      asked(),
      {type: 'create.queued', at: T0 + 1001, until: T0 + 31_001},
      {type: 'create.queued', at: T0 + 2001, until: T0 + 32_001},
    );
    expect(state.notice?.text).toBe('create python waits for the request limit: goes on in 30s');
    expect(logLines(state).filter((line) => line.includes('waits'))).toHaveLength(1);
    expect(state.creation?.phase).toBe('queued');
    expect(told(state, sent).creation?.phase).toBe('sent');
  });
});

describe('created', () => {
  test('it is in the list, under the cursor, and in the log with its request id', () => {
    const state = told(asked(), sent, accepted(patch('m')));
    expect(state.rows.get('m')?.sandbox.status).toBe('running');
    expect(state.cursor.id).toBe('m');
    expect(state.creation).toBeUndefined();
    const line = logOf(state).find(({requestId}) => requestId === 'req_new');
    expect(line).toMatchObject({source: 'you', kind: 'create', id: 'm', text: 'accepted', status: 201});
    expect(told(state, frame(3000)).cursor.id).toBe('m');
  });

  test('somebody has moved the cursor meanwhile: it stays where they look', () => {
    const state = told(asked(), {type: 'cursor.moved', at: T0 + 1500, by: 1}, accepted(patch('m')));
    expect(state.cursor.id).toBe('z');
    expect(state.notice?.text).toBe('m is created');
  });

  test('the filter leaves it out: the cursor stays', () => {
    const filtered = told(
      listed(patch('a'), patch('z')),
      {type: 'filter.opened', at: T0},
      {type: 'filter.edited', at: T0, text: 'status=running'},
      {type: 'filter.kept', at: T0},
      open(),
      submit(),
    );
    const state = told(filtered, accepted(patch('m', {status: 'creating'})));
    expect(state.rows.has('m')).toBe(true);
    expect(state.cursor.id).toBe('a');
  });

  test('the event came before the answer: one sandbox, and it is not said twice', () => {
    const event: Event = {
      type: 'sandbox.observed',
      at: T0 + 1900,
      asOf: T0 + 1900,
      via: 'event',
      verb: 'sandbox.created',
      patch: patch('m'),
    };
    const state = told(asked(), event, accepted(patch('m')));
    expect(state.live).toBe(3);
    expect(logLines(state).filter((line) => line.includes('| created |'))).toHaveLength(1);
  });
});

describe('refused', () => {
  test.each([
    ['payment', 402, 'insufficient balance', undefined],
    ['not-found', 404, 'template not found', 0],
    ['bad-request', 400, 'no such region', undefined],
  ] as const)(
    '%s %i: in the words of the server, and the form is there again with all of it',
    (kind, status, message, field) => {
      const state = told(asked(), sent, refused({kind, status, message}));
      expect(state.form).toMatchObject({
        id: 'create',
        values,
        mistake: {field, text: `refused: ${message}`},
      });
      expect(state.notice?.text).toBe(`create refused: ${message}`);
      expect(logOf(state).at(-1)).toMatchObject({source: 'you', requestId: 'req_no', status, tone: 'danger'});
      expect(state.creation).toBeUndefined();
    },
  );

  test('503: no nodes is the word of the server itself; any other 503 leaves open what happened', () => {
    const full = {kind: 'server', status: 503, message: 'no nodes', mayHaveHappened: true} as const;
    expect(told(asked(), sent, refused({...full, code: 'SERVICE_UNAVAILABLE'})).form).toMatchObject({values});
    expect(told(asked(), sent, refused(full)).notice?.text).toMatch(/^create: outcome unknown: no nodes/);
  });

  test('while a question is open: the form waits until N is pressed, and has all of it then', () => {
    const question: Event = {type: 'action.asked', at: T0 + 1500, action: 'delete', id: 'a'};
    const state = told(asked(), question, refused({message: 'no nodes'}));
    expect(state.form).toBeUndefined();
    expect(state.dialog).toBeDefined();
    const again = told(state, {type: 'dialog.answered', at: T0 + 3000, answer: 'no'}, open(4000, {}));
    expect(again.form).toMatchObject({values, mistake: {text: 'refused: no nodes'}});
    expect(again.creation).toBeUndefined();
  });

  test('sent again after it: one more wish', () => {
    const {effects} = play(asked(), refused({message: 'no nodes'}), submit(3000));
    expect(effects.map((effect) => effect.do)).toEqual(['create.ask']);
  });

  test('no answer: it may be there. The list is read, nothing is sent again', () => {
    const {state, effects} = play(
      told(asked(), sent),
      refused({message: 'the answer took too long', mayHaveHappened: true}),
    );
    expect(state.notice?.text).toMatch(/^create: outcome unknown: .*; it may have been created; the list is read$/);
    expect(effects.map((effect) => effect.do)).toEqual(['list']);
    expect(state).toMatchObject({form: undefined, creation: undefined});
  });
});

test('no value of a variable is in the log or in a notice, whatever comes of it', () => {
  for (const end of [accepted(patch('m')), refused({message: 'no'}), refused({mayHaveHappened: true})]) {
    const state = told(asked(), sent, end);
    expect(JSON.stringify([logOf(state), state.notice])).not.toContain(SECRET);
  }
});
