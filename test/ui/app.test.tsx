import {describe, expect, test} from 'vitest';
import {WALL0} from '../support/builders.ts';
import {type Running, startApp} from './running.tsx';

const selected = (app: Running) => /> (sb_\d+)/.exec(app.picture())?.[1];

test('rows appear, the first is selected, the header says LIVE', async () => {
  using app = startApp();
  await expect.poll(app.picture).toContain('> sb_0000');
  expect(app.picture()).toContain('LIVE');
  expect(app.picture()).toContain('30 sandboxes');
  expect(app.picture().split('\n')).toHaveLength(24);
});

test('a burst of keys is so many keys', async () => {
  using app = startApp();
  app.type('jjj');
  await expect.poll(() => selected(app)).toBe('sb_0003');
  app.type('\u001b[A\u001b[A');
  await expect.poll(() => selected(app)).toBe('sb_0001');
  app.type('G');
  await expect.poll(() => selected(app)).toBe('sb_0029');
  app.type('g\u001b[6~');
  await expect.poll(() => selected(app)).toBe('sb_0012');
});

test('the cursor stays on its sandbox when others leave above it', async () => {
  using app = startApp();
  app.type('jjj');
  const at = app.clock.monotonic();
  app.store.dispatch({type: 'sandbox.gone', at, asOf: at, id: 'sb_0001', via: 'event', verb: 'deleted'});
  await expect.poll(() => app.line('†deleted')).toContain('sb_0001');
  expect(selected(app)).toBe('sb_0003');
});

test('P pauses the selected sandbox and the row says so', async () => {
  using app = startApp();
  app.type('P');
  await expect.poll(() => app.line('sb_0000')).toContain('pausing…');
  expect(app.effects).toContainEqual({do: 'act', action: 'pause', id: 'sb_0000'});
});

test('a key that cannot be done says why and sends nothing', async () => {
  using app = startApp();
  app.type('jjj', 'P');
  await expect.poll(app.picture).toContain('pause: it is paused, not running; possible: R resume, X stop');
  expect(app.effects.filter((effect) => effect.do === 'act')).toEqual([]);
});

describe('pastes', () => {
  const paste = (text: string) => `\u001b[200~${text}\u001b[201~`;

  test('are never commands', async () => {
    using app = startApp();
    app.type(paste('PXD\rq'));
    await expect.poll(app.picture).toContain('paste ignored');
    expect(app.effects.filter((effect) => effect.do === 'act' || effect.do === 'quit')).toEqual([]);
  });

  test('are text in the prompt of the filter', async () => {
    using app = startApp();
    app.type('/', paste('status=paused\nD'));
    await expect.poll(app.picture).toContain('/status=paused');
    expect(app.picture()).toContain('1 of 30');
  });
});

test('the filter applies while it is typed, stays on Enter and goes on Esc', async () => {
  using app = startApp();
  app.type('/status=paused');
  await expect.poll(app.picture).toContain('1 of 30');
  app.type('\r');
  await expect.poll(app.picture).toContain('filter status=paused   (1 of 30)');
  app.type('\u001b');
  await expect.poll(app.picture).toContain('30 sandboxes');
});

test('a filter that lets nothing through says what to press', async () => {
  using app = startApp();
  app.type('/zzz\r');
  await expect.poll(app.picture).toContain('Press Esc to clear the filter, / to change it.');
});

describe('delete', () => {
  test('is typed; keys of the first 400 ms do not count, nor do pastes', async () => {
    using app = startApp();
    app.type('D');
    await expect.poll(app.picture).toContain('Delete 1 sandbox');
    app.type('0000\r', '\u001b[200~0000\u001b[201~');
    app.clock.advance(500);
    app.type('00');
    await expect.poll(app.picture).toContain('Type 0000 to delete it: 00 ');
    expect(app.store.getState().acts.size).toBe(0);
    app.type('00', '\r');
    await expect.poll(() => app.line('sb_0000')).toMatch(/ delete \ds /);
  });

  test('an Enter that comes in one read with what it would confirm confirms nothing: so does a paste', async () => {
    using app = startApp();
    app.type('D');
    app.clock.advance(500);
    app.type('0000\r');
    await expect.poll(app.picture).toContain('several keys came at once: press Enter by itself');
    expect(app.store.getState().acts.size).toBe(0);
  });

  test('can be taken back', async () => {
    using app = startApp();
    app.type('D');
    app.clock.advance(500);
    app.type('0000', '\r');
    await expect.poll(app.picture).toContain('u undo');
    app.type('u');
    await expect.poll(() => app.store.getState().acts.size).toBe(0);
    expect(app.effects.filter((effect) => effect.do === 'act')).toEqual([]);
  });

  test('Esc closes the question where the screen is one line, as that line says; no other key of it works', async () => {
    using app = startApp();
    app.type('D');
    await expect.poll(app.picture).toContain('Delete 1 sandbox');
    app.clock.advance(500);
    app.resize(39, 9);
    await expect.poll(app.picture).toContain('delete? Esc');
    app.type('0000', '\r');
    app.type('\u001b');
    await expect.poll(app.picture).not.toContain('delete?');
    expect(app.store.getState().acts.size).toBe(0);
  });

  test('Esc closes the question', async () => {
    using app = startApp();
    app.type('D');
    app.clock.advance(500);
    app.type('\u001b');
    await expect.poll(app.picture).not.toContain('Delete 1 sandbox');
  });
});

test('function keys work: F1 help, F6 sort menu, F4 filter', async () => {
  using app = startApp();
  app.type('\u001bOP');
  await expect.poll(app.picture).toContain('Help');
  app.type('q', '\u001b[17~');
  await expect.poll(app.picture).toContain('Sort by');
  app.type('q', '\u001bOS', 'x');
  await expect.poll(app.picture).toContain(' /x');
});

test('the sort menu sorts, > takes the next column, I turns it round', async () => {
  using app = startApp();
  app.type('o', 'k', '\r');
  await expect.poll(app.picture).toContain('sort AGE');
  app.type('>');
  await expect.poll(app.picture).toContain('sort EXPIRES ↑');
  app.type('I');
  await expect.poll(app.picture).toContain('sort EXPIRES ↓');
});

test('Enter opens the detail over the screen, Esc goes back', async () => {
  using app = startApp();
  app.type('\r');
  await expect.poll(app.picture).toContain('DELETES DISK');
  app.type('j');
  await expect.poll(app.picture).toContain('─ sb_0001  2 of ');
  app.type('\u001b');
  await expect.poll(() => selected(app)).toBe('sb_0001');
});

test('q quits; Ctrl-C quits and is told apart', () => {
  using app = startApp();
  app.type('q');
  expect(app.effects).toContainEqual({do: 'quit'});
  expect(app.interrupts()).toBe(0);
  app.type('\u0003');
  expect(app.interrupts()).toBe(1);
});

test('Ctrl-Z and Ctrl-L ask for what they say, from a question too', () => {
  using app = startApp();
  app.type('X', '\u001a', '\u000c');
  expect(app.effects).toContainEqual({do: 'suspend'});
  expect(app.effects).toContainEqual({do: 'redraw'});
});

test('a resize gives another screen, and the store is told', async () => {
  using app = startApp();
  app.resize(160, 48);
  await expect.poll(app.picture).toContain('╭─ Events');
  expect(app.store.getState().screen).toEqual({columns: 160, rows: 48, listRows: 31});
  app.resize(40, 10);
  await expect.poll(app.picture).toContain('next to expire');
  app.resize(10, 2);
  await expect.poll(app.picture).toMatch(/^LIVE run …\n$/);
});

test('with nothing changed nothing is drawn', async () => {
  using app = startApp();
  await expect.poll(app.picture).toContain('LIVE');
  const before = app.picture();
  app.store.dispatch({type: 'clock.ticked', at: app.clock.monotonic() + 1000, wall: WALL0 + 1000});
  expect(app.picture()).toBe(before);
});

test('a paste into a terminal that marks none moves and looks at the most: it acts on nothing', async () => {
  using app = startApp();
  app.type('Please check PR #1 of the team\rThanks, Pete\r');
  await expect.poll(app.picture).toContain('press');
  expect(app.effects.filter((effect) => effect.do === 'act')).toEqual([]);
  expect(app.store.getState().acts.size).toBe(0);
});
