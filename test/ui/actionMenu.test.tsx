import {OrderedSet} from 'immutable';
import {describe, expect, test} from 'vitest';
import {sandboxActions} from '../../src/model/actions.ts';
import type {State} from '../../src/model/state.ts';
import {eventFor} from '../../src/ui/keymap.ts';
import {T0} from '../support/builders.ts';
import {session, sketch} from './fleet.ts';
import {startApp} from './running.tsx';
import {show} from './show.tsx';

const menu = (index = 0, over: Partial<State> = {}): State => sketch({overlay: {kind: 'actions', index}, ...over});
const indexOf = (action: string) => sandboxActions.findIndex(({id}) => id === action);
const press = (state: State, chord: string) => eventFor(state, chord, T0);

test('every act with its key; those that cannot be done say why', () => {
  const shown = show(menu(), 80, 24);
  expect(shown).toContain('Act on sb_9f3a71c204');
  for (const {key, label} of sandboxActions) expect(shown).toMatch(new RegExp(` ${key} ${label} `));
  expect(shown).toContain('R resume   it is running, not paused');
});

test('the chosen one as commands for a shell, without the key', () => {
  const shown = show(menu(indexOf('delete')), 80, 24);
  expect(shown).toContain('hopx sandbox kill sb_9f3a71c204');
  expect(shown).toContain('$HOPX_API_KEY');
  expect(shown).toContain(`'https://api.hopx.dev/v1/sandboxes/sb_9f3a71c204'`);
  expect(show(menu(indexOf('start')), 80, 24)).toContain('the official CLI has no such command');
});

test('the footer offers only what Enter can do', () => {
  expect(show(menu(indexOf('pause')), 80, 24)).toContain('Enter do it');
  expect(show(menu(indexOf('resume')), 80, 24)).not.toContain('Enter do it');
});

test('a command that does not fit is left out whole', () => {
  const shown = show(menu(indexOf('timeout')), 40, 10);
  expect(shown).toContain('hopx sandbox timeout sb_9f3a71c204');
  expect(shown).not.toContain('curl');
  expect(shown).toContain('> E timeout');
});

test('it is as high for one act as for another', () => {
  const heights = sandboxActions.map((_, index) =>
    show(menu(index), 80, 24)
      .split('\n')
      .findIndex((line) => line.includes('╰')),
  );
  expect(new Set(heights).size).toBe(1);
});

describe('keys', () => {
  test('Enter and the key of an act do what the key does in the list', () => {
    const asked = {
      type: 'choice.made',
      at: T0,
      events: [{type: 'action.asked', action: 'pause', id: 'sb_9f3a71c204', at: T0}],
    };
    expect(press(menu(indexOf('pause')), 'enter')).toEqual(asked);
    expect(press(menu(), 'P')).toEqual(asked);
    expect(press(menu(), 'E')).toMatchObject({events: [{type: 'form.opened', form: 'timeout'}]});
  });

  test('what cannot be done is refused with its reason', () => {
    expect(press(menu(), 'R')).toMatchObject({type: 'notice.shown', text: /^resume: it is running/});
    const readonly = menu(0, {session: {...session, readonly: true}});
    for (const {key} of sandboxActions) expect(press(readonly, key)).toMatchObject({text: /read-only/});
  });

  test('it stops at both ends', () => {
    expect(press(menu(0), 'up')).toBeUndefined();
    expect(press(menu(sandboxActions.length), 'j')).toBeUndefined();
  });

  test('with marks it speaks of them', () => {
    const marked = menu(0, {marks: OrderedSet(['sb_02bd77e1aa', 'sb_71ee0094fd'])});
    expect(show(marked, 80, 24)).toContain('Act on 2 marked');
    expect(show(marked, 80, 24)).toContain('the same in a shell, for the first of 2');
    expect(press(marked, 'E')).toMatchObject({events: [{form: 'timeout', ids: ['sb_02bd77e1aa', 'sb_71ee0094fd']}]});
  });

  test.each(['a', '\u001b[20~'])('%j opens and closes it', async (key) => {
    using app = startApp();
    app.type(key);
    await expect.poll(app.picture).toContain('Act on sb_0000');
    app.type(key);
    await expect.poll(app.picture).not.toContain('Act on');
  });

  test('a delete from it is typed all the same, and a pause is under way at once', async () => {
    using app = startApp();
    app.type('a', 'D');
    await expect.poll(app.picture).toContain('Type 0000 to delete it');
    app.clock.advance(500);
    app.type('\u001b');
    await expect.poll(app.picture).not.toContain('to delete it');
    app.type('a', 'P');
    await expect.poll(() => app.line('sb_0000')).toContain('pausing…');
  });
});

test('the last line lends the terminal, where a command is configured and the sandbox runs', () => {
  const configured = {session: {...session, canConnect: true}};
  const last = menu(sandboxActions.length, configured);
  expect(show(last, 80, 24)).toContain('> c connect  lend the terminal to the configured command');
  const asked = {type: 'choice.made', events: [{type: 'connect.asked', id: 'sb_9f3a71c204', at: T0}]};
  expect(press(last, 'enter')).toMatchObject(asked);
  expect(press(last, 'c')).toMatchObject(asked);
  expect(press(menu(), 'c')).toMatchObject({
    type: 'notice.shown',
    text: /^connect: set connect: \[hopx,terminal,connect\] in .{1,40}$/,
  });
});
