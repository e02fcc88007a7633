import {describe, expect, test} from 'vitest';
import {sandboxActions} from '../../src/model/actions.ts';
import type {State} from '../../src/model/state.ts';
import {commands} from '../../src/ui/commands.ts';
import {eventFor} from '../../src/ui/keymap.ts';
import {choicesOf} from '../../src/ui/palette.ts';
import {spokenCommands} from '../../src/ui/spoken.ts';
import {T0} from '../support/builders.ts';
import {bytesOf} from '../support/keys.ts';
import {session, sketch} from './fleet.ts';
import {startApp} from './running.tsx';
import {show} from './show.tsx';

const open = (palette: string, over: Partial<State> = {}): State =>
  sketch({overlay: {kind: 'palette', index: 0}, palette, ...over});
const names = (state: State) => choicesOf(state, commands).map(({name, beside}) => `${name} ${beside}`.trim());
const press = (state: State, chord: string) => eventFor(state, chord, T0);
const chosen = (state: State) => {
  const event = press(state, 'enter');
  return event?.type === 'choice.made' ? event.events : event;
};

describe('what is offered', () => {
  test('every key of the view that does something, and every spoken command', () => {
    const all = names(open(''));
    for (const {name} of spokenCommands) expect(all.some((each) => each.startsWith(name))).toBe(true);
    for (const {label, key} of sandboxActions) expect(all).toContain(`${label} ${key}`);
    expect(names(open('', {view: 'events'}))).not.toContain('delete D');
  });

  test('a beginning is nearer than a part, a part nearer than letters in order', () => {
    expect(names(open('sta'))[0]).toBe('start S');
    expect(names(open('ilt'))[0]).toBe('filter / F4');
    expect(names(open('ovw'))[0]).toMatch(/^overview/);
    expect(names(open('zzz'))).toEqual([]);
  });

  test('in a read-only session no act', () => {
    const readonly = names(open('', {session: {...session, readonly: true}}));
    for (const name of ['pause P', 'delete D', 'new N', 'token save PATH', 'build PATH', 'timeout DURATION'])
      expect(readonly).not.toContain(name);
    expect(readonly).toContain('filter / F4');
    const typed = open('token save /tmp/x', {session: {...session, readonly: true}});
    expect(press(typed, 'enter')).toMatchObject({text: /read-only/});
  });

  test('what cannot be done now says why, and Enter says it too', () => {
    const state = open('resume');
    expect(show(state, 80, 24)).toContain('it is running, not paused');
    expect(press(state, 'enter')).toMatchObject({type: 'notice.shown', text: /^resume: it is running, not paused/});
  });

  test('nothing is called so: it is said', () => {
    expect(show(open('frobnicate'), 80, 24)).toContain('no command is called frobnicate');
    expect(press(open('frobnicate'), 'enter')).toMatchObject({text: 'no command is called frobnicate'});
  });
});

describe('Enter', () => {
  test.each([
    ['sb status=paused', ['view.chosen', 'filter.opened', 'filter.edited', 'filter.kept']],
    ['sb', ['view.chosen']],
    ['ev', ['view.chosen']],
    ['filter running', ['choice.made']],
    ['sort cpu,desc', ['choice.made']],
    ['timeout 2h', ['form.opened']],
    ['new python', ['form.opened']],
    ['token save /tmp/token', ['action.asked']],
    ['build spec.yaml', ['spec.asked']],
    ['delete', ['action.asked']],
    ['q', ['quit.asked']],
  ])('%s', (text, types) => {
    const events = chosen(open(text));
    const flat = Array.isArray(events) ? events : [events];
    const inner = flat.flatMap((event) =>
      event.type === 'choice.made' && types[0] !== 'choice.made' ? event.events : [event],
    );
    expect(inner.map(({type}) => type)).toEqual(types);
  });

  test('what follows a command goes with it', () => {
    expect(chosen(open('token save /tmp/a b'))).toMatchObject([{action: 'refresh', savePath: '/tmp/a b'}]);
    expect(chosen(open('build dir/spec.yaml'))).toMatchObject([{path: 'dir/spec.yaml'}]);
  });

  test.each([
    ['sort nope', 'sort: no column is called nope; o shows them all'],
    ['sb colour=1', /^sb: .*colour/],
    ['filter status=', /^filter: .*status/],
  ])('%s: the mistake is said, and the palette stays open', (text, said) => {
    expect(press(open(text), 'enter')).toMatchObject({type: 'notice.shown', text: said});
  });

  test('a key of another view is said to be one of that', () => {
    const elsewhere = sketch({view: 'templates', overlay: {kind: 'palette', index: 0}, palette: 'pause'});
    expect(press(elsewhere, 'enter')).toMatchObject({text: 'pause: a key of 1 sandboxes'});
  });

  test('what is missing is named when Enter comes without it', () => {
    expect(press(open('token save '), 'enter')).toMatchObject({text: 'token save: write PATH after it'});
  });

  test('where something has to follow, its name is written out first', () => {
    expect(press(open('token save'), 'enter')).toEqual({type: 'palette.edited', at: T0, text: 'token save '});
  });
});

test('how many there are below what is shown is said', () => {
  expect(show(open(''), 80, 24)).toMatch(/Command .* \d+ more below ─/);
  expect(show(open('frobnicate'), 80, 24)).not.toContain('more below');
});

test('Tab completes, Up and Down choose and stop at the ends', () => {
  expect(press(open('token s'), 'tab')).toMatchObject({type: 'palette.edited', text: 'token save '});
  expect(press(open('over'), 'tab')).toMatchObject({text: 'overview'});
  expect(press(open(''), 'up')).toBeUndefined();
  expect(press(open(''), 'down')).toMatchObject({type: 'overlay.moved', by: 1});
  expect(press(open('zzz'), 'down')).toBeUndefined();
});

describe('with keys', () => {
  test('a filter is in force, mistakes are said as in its own prompt', async () => {
    using app = startApp();
    app.type(':', 'sb paused');
    await expect.poll(app.picture).toContain(':sb paused');
    app.type('\r');
    await expect.poll(app.picture).toContain('filter paused');
    app.type(':', 'sb colour=red', '\r');
    await expect.poll(app.picture).toContain('sb: ');
    expect(app.store.getState().overlay?.kind).toBe('palette');
  });

  test('sort by a column', async () => {
    using app = startApp();
    app.type(':', 'sort age', '\r');
    await expect.poll(() => app.store.getState().sort.column).toBe('age');
  });

  test('delete is asked about, and typed', async () => {
    using app = startApp();
    app.type(':', 'del', '\r');
    await expect.poll(app.picture).toContain('Type 0000 to delete it');
    expect(app.effects.filter(({do: kind}) => kind === 'act')).toEqual([]);
  });

  test('a burst with its Enter runs nothing', async () => {
    using app = startApp();
    app.type(':', 'pause\r');
    await expect.poll(app.picture).toContain('press Enter by itself');
    await expect.poll(() => app.store.getState().acts.size).toBe(0);
  });

  test('Esc closes it, q is a letter', async () => {
    using app = startApp();
    app.type(':', 'q', bytesOf('escape'));
    expect(app.effects.filter(({do: kind}) => kind === 'quit')).toEqual([]);
    await expect.poll(app.picture).not.toContain('Command');
  });
});
