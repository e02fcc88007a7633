import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import {durationMistake, formatDuration, secondsOf} from '../../src/model/formDuration.ts';
import {maskEnv, readEnv} from '../../src/model/formEnv.ts';
import type {FormId} from '../../src/model/formEvents.ts';
import {timeoutOutlook} from '../../src/model/formTimeout.ts';
import type {Row} from '../../src/model/sandbox.ts';
import type {State} from '../../src/model/state.ts';
import {HOUR, row, sandbox, session, T0, WALL0} from '../support/builders.ts';
import {begun, listed, lost, opened, patch, play, tick, told} from './given.ts';

const openedForm = (form: FormId, ids: readonly string[] = [], values = {}, ms = 0): Event => ({
  type: 'form.opened',
  at: T0 + ms,
  form,
  ids,
  values,
});
const typed = (text: string, ms = 100): Event => ({type: 'form.edited', at: T0 + ms, text});
const move = (by: -1 | 1 = 1): Event => ({type: 'form.moved', at: T0 + 100, by});
const choose = (by: -1 | 1 = 1): Event => ({type: 'form.chosen', at: T0 + 100, by});
const submit = (ms = 1000): Event => ({type: 'form.submitted', at: T0 + ms});
const close: Event = {type: 'form.closed', at: T0 + 200};

const offline = (state: State): State => ({...state, link: {...state.link, phase: 'offline'}});

describe('durations', () => {
  test.each([
    ['30m', 1800],
    ['2h', 7200],
    ['1d12h', 129_600],
    ['90s', 90],
    ['90', 90],
    [' 1H30M ', 5400],
    ['0s', 0],
  ])('%s is %i s', (text, seconds) => {
    expect(secondsOf(text)).toBe(seconds);
  });

  test.each(['', 'x', '-5', '1h30', 'm', '1e3', '30 m'])('%j is none', (text) => {
    expect(secondsOf(text)).toBeUndefined();
    expect(durationMistake(text)).toBe('Write a duration, such as 30m, 2h, 1d12h or 90s.');
  });

  test.each(['0', '0s', '366d', '999999999d'])('%s is no timeout', (text) => {
    expect(durationMistake(text)).toBe('A timeout is from 1s to 365d.');
  });

  test('what is written short reads as the same seconds', () => {
    fc.assert(fc.property(fc.integer({min: 0, max: 400 * 86_400}), (s) => secondsOf(formatDuration(s)) === s));
  });
});

describe('variables', () => {
  test('several, with quotes where there are spaces', () => {
    expect(readEnv(`A=1 B_2="two words" C='it is' D= E=x=y F="a \\"b\\""`)).toEqual({
      envVars: {A: '1', B_2: 'two words', C: 'it is', D: '', E: 'x=y', F: 'a "b"'},
    });
    expect(readEnv('  ')).toEqual({envVars: {}});
  });

  test.each([
    ['A=1 2B=2', 'A name begins with a letter or _, then letters, digits and _.'],
    ['=hidden', 'A name begins with a letter or _, then letters, digits and _.'],
    ['A=one two', 'Write NAME=value, a value with spaces in quotes.'],
    ['A="open', 'A quote is open, or stands inside a value: NAME="two words".'],
    ['A="b"c', 'A quote is open, or stands inside a value: NAME="two words".'],
    ['A=1 A=2', 'A is given twice.'],
  ])('%s: %s', (text, mistake) => {
    expect(readEnv(text)).toEqual({mistake});
  });

  test('on the screen stand the names', () => {
    expect(maskEnv('TOKEN=s3cret')).toBe('TOKEN=••••');
    expect(maskEnv(`A="my s3cret" B='s3cret' C= D`)).toBe('A=•••• B=•••• C= ••••');
    expect(maskEnv('A=my s3cret words')).toBe('A=•••• •••• ••••');
    expect(maskEnv('A="my s3cret B=hidden')).toBe('A=••••');
    expect(maskEnv('TOK')).toBe('TOK');
  });

  test('whatever is in a quoted value, nothing of it is shown', () => {
    const value = fc.string({minLength: 1}).map((text) => `zz${text.replaceAll(/["'\\]/g, '')}zz`);
    fc.assert(fc.property(value, (text) => !maskEnv(`NAME="${text}" OTHER='${text}'`).includes('zz')));
  });
});

describe('a form takes what is typed', () => {
  const fleet = listed(patch('a'), patch('b', {region: 'eu-west', templateName: 'node20'}));

  test('it covers the list: keys of the list do nothing', () => {
    const state = told(fleet, openedForm('create'), {type: 'cursor.moved', at: T0 + 100, by: 1});
    expect(state.form?.id).toBe('create');
    expect(state.cursor).toEqual(fleet.cursor);
  });

  test('typing may begin at once, sending may not', () => {
    const state = told(fleet, openedForm('timeout', ['a']), typed('2h', 1), submit(399));
    expect(state.form?.values).toEqual({timeout: '2h'});
    expect(state.acts.size).toBe(0);
  });

  test('Tab goes round; what is wrong with the field that is left is said and keeps nobody', () => {
    const state = told(fleet, openedForm('create'), move());
    expect(state.form).toMatchObject({field: 1, mistake: {field: 0}});
    expect(told(state, move(-1), typed('python')).form).toMatchObject({field: 0, mistake: undefined});
    expect(told(state, move(-1), move(-1)).form?.field).toBe(4);
  });

  test('Left and Right choose among what is known, round and round', () => {
    const state = told(fleet, openedForm('create'), choose());
    const first = state.form?.values.template;
    expect(['agent-py311', 'node20']).toContain(first);
    expect(told(state, choose(), choose()).form?.values.template).toBe(first);
    expect(told(state, move(), choose(-1)).form?.values.region).toMatch(/us-east|eu-west/);
    expect(told(state, move(), choose(), choose(), choose()).form?.values.region).toBe('');
  });

  test('Esc closes it and nothing is sent', () => {
    const {state, effects} = play(fleet, openedForm('timeout', ['a']), typed('2h'), close, submit());
    expect(state.form).toBeUndefined();
    expect(effects).toEqual([]);
  });

  test('a text without end is not taken', () => {
    const state = told(fleet, openedForm('create'), typed('x'), typed('x'.repeat(9000)));
    expect(state.form?.values.template).toBe('x');
    expect(state.form?.mistake?.text).toBe('At most 8192 characters.');
  });
});

describe('a form is refused', () => {
  test.each(['timeout', 'create', 'build'] as const)('%s in a read-only session', (form) => {
    const state = begun({session: {...session, readonly: true}});
    const next = told(state, openedForm(form, ['a']));
    expect(next.form).toBeUndefined();
    expect(next.notice?.text).toBe(`${form}: read-only: start without --readonly to act`);
  });

  test('OFFLINE and without access', () => {
    const state = listed(patch('a'));
    expect(told(offline(state), openedForm('create')).notice?.text).toMatch(/^create: offline: nothing can be sent/);
    const auth: State = {...state, link: {...state.link, phase: 'auth'}};
    expect(told(auth, openedForm('create')).notice?.text).toMatch(/^create: access denied/);
  });

  test('OFFLINE meanwhile: said in it, and it stays as it is', () => {
    const state = told(listed(patch('a')), openedForm('timeout', ['a']), typed('2h'));
    const {state: next, effects} = play(offline(state), submit());
    expect(next.form).toMatchObject({values: {timeout: '2h'}, mistake: {field: undefined}});
    expect(next.form?.mistake?.text).toMatch(/^offline/);
    expect(effects).toEqual([]);
  });

  test('without a sandbox there is nothing to give a timeout to', () => {
    expect(told(listed(), openedForm('timeout', [])).notice?.text).toMatch(/^timeout: no sandbox selected/);
  });

  test('a stream that is lost for a while does not close it', () => {
    expect(told(listed(patch('a')), openedForm('create'), lost(10), opened(50)).form?.id).toBe('create');
  });
});

describe('a timeout', () => {
  test('with a mistake nothing is sent and nothing is lost', () => {
    const {state, effects} = play(listed(patch('a')), openedForm('timeout', ['a']), typed('soon'), submit());
    expect(state.form).toMatchObject({values: {timeout: 'soon'}, mistake: {field: 0}});
    expect(effects).toEqual([]);
  });

  test('of one is an act like any other', () => {
    const state = told(listed(patch('a'), patch('b')), openedForm('timeout', ['b']), typed('2h'), submit());
    expect(state.form).toBeUndefined();
    expect(state.lastAsked).toMatchObject({action: 'timeout', id: 'b'});
  });

  test('of several is no act: it goes on as a plan', () => {
    const state = told(listed(patch('a'), patch('b')), openedForm('timeout', ['a', 'b']), typed('2h'), submit());
    expect(state.form).toBeUndefined();
    expect(state.acts.size).toBe(0);
    expect(state.lastAsked).toBeUndefined();
  });

  const change = (expiresAt: number | null | undefined, timeout: string, ids = ['a']) => {
    const rows = listed(patch('a')).rows.set('a', row({sandbox: sandbox({id: 'a', expiresAt})}) as Row);
    const state = told({...listed(patch('a')), rows}, tick(0));
    const form = {id: 'timeout', ids, values: {timeout}, field: 0, mistake: undefined, openedAt: T0} as const;
    return timeoutOutlook(state, form);
  };

  test('is known to lengthen, to shorten, or to give an end to what had none', () => {
    expect(change(WALL0 + HOUR, '2h')).toEqual({
      before: WALL0 + HOUR,
      after: WALL0 + 2 * HOUR,
      change: 'longer',
    });
    expect(change(WALL0 + HOUR, '30m')?.change).toBe('shorter');
    expect(change(WALL0 + HOUR, '1h')?.change).toBe('same');
    expect(change(null, '7d')?.change).toBe('first');
    expect(change(undefined, '7d')?.change).toBe('unknown');
    expect(change(WALL0, '1h', ['a', 'b'])?.change).toBe('unknown');
    expect(change(WALL0, 'soon')).toBeUndefined();
  });
});

describe('the palette', () => {
  const palette: Event = {type: 'overlay.opened', at: T0, overlay: 'palette'};

  test('begins empty, and its first line is chosen anew with every letter', () => {
    const state = told(
      listed(),
      palette,
      {type: 'overlay.moved', at: T0, by: 3},
      {type: 'palette.edited', at: T0, text: 'so'},
    );
    expect(state).toMatchObject({palette: 'so', overlay: {kind: 'palette', index: 0}});
    expect(told(state, {type: 'overlay.closed', at: T0}, palette).palette).toBe('');
  });

  test('closes before what was chosen happens, one thing after the other', () => {
    const chosen: Event = {
      type: 'choice.made',
      at: T0,
      events: [
        {type: 'view.chosen', at: T0, view: 'events'},
        {type: 'overlay.opened', at: T0, overlay: 'help'},
      ],
    };
    expect(told(listed(), palette, chosen)).toMatchObject({view: 'events', overlay: {kind: 'help'}});
  });

  test('an act chosen in it is asked about like one by its key', () => {
    const at = T0 + 10;
    const asked: Event = {type: 'action.asked', at, action: 'delete', id: 'a'};
    const {state, effects} = play(listed(patch('a')), palette, {type: 'choice.made', at, events: [asked]});
    expect(state.dialog).toMatchObject({action: 'delete', consent: 'type'});
    expect(effects).toEqual([]);
  });
});
