import {describe, expect, test} from 'vitest';
import {emptyLog, type LogEntry, withLogEntry} from '../../src/model/log.ts';
import {T0, WALL0} from '../support/builders.ts';
import {sketch} from './fleet.ts';
import {type Running, startApp} from './running.tsx';
import {show} from './show.tsx';

const said = (over: Partial<LogEntry>): Omit<LogEntry, 'seq'> => ({
  ...{at: T0, wall: WALL0, kind: 'created', id: 'sb_9f3a71c204', text: 'agent-py311 us-east', source: 'stream'},
  ...{requestId: undefined, status: undefined, tone: 'plain'},
  ...over,
});

const found = said({kind: 'paused', text: 'running -> paused (found by re-read)', source: 'list'});

describe('the view of the events', () => {
  const screen = (...entries: readonly Omit<LogEntry, 'seq'>[]) =>
    show(sketch({view: 'events', log: entries.reduce(withLogEntry, emptyLog)}), 80, 24).split('\n');

  test('has its counts above, the newest first under the cursor, and that one in full below', () => {
    const lines = screen(
      found,
      said({kind: 'pause', text: 'paused', source: 'you', status: 200, requestId: 'req_8bf'}),
    );
    expect(lines[2]).toMatch(/^\[all 2\] {2}mine 1 {3}errors 0 +1 of 2$/);
    expect(lines[3]).toMatch(/^>\d\d:\d\d:\d\d you paused +sb_9f3a71c204 +200 req_8bf$/);
    expect(lines[4]).toMatch(/^ \d\d:\d\d:\d\d {5}paused +sb_9f3a71c204 +running -> paused \(found by re-read\)$/);
    expect(lines.slice(-3, -1).join('').replaceAll(/ +/g, ' ')).toMatch(
      /pause sb_9f3a71c204 paused \(done here, status 200, request req_8bf\)/,
    );
  });

  test.each([
    [{before: 'running', after: 'paused', latencyMs: 87.4}, 'running -> paused, answered in 87 ms, status 200'],
    [{before: undefined, after: '14:44:00', latencyMs: undefined}, '? -> 14:44:00, status 200'],
    [{before: 'running', after: undefined, latencyMs: 1200}, '(done here, answered in 1200 ms, status 200'],
  ])('says what an act changed, and how long its answer took: %j', (change, words) => {
    const lines = screen(said({kind: 'pause', text: 'paused', source: 'you', status: 200, change}));
    expect(lines.slice(-3, -1).join('').replaceAll(/\s+/g, ' ')).toContain(words);
  });

  test('says of what no event told how it was found', () => {
    expect(screen(found).slice(-3, -1).join('').replaceAll(/\s+/g, ' ')).toContain(
      'found by reading the list: no event told it',
    );
  });

  test('says when there is nothing', () => {
    expect(screen()[4]).toBe(' no event yet');
  });
});

describe('from key to screen', () => {
  const happen = (app: Running, id: string, status: string) => {
    const at = app.clock.monotonic();
    const patch = {id, status};
    app.store.dispatch({type: 'sandbox.observed', at, asOf: at, via: 'event', verb: 'sandbox.updated', patch});
  };

  test('4 shows the events, 1 the sandboxes', async () => {
    using app = startApp();
    app.type('4');
    await expect.poll(app.picture).toContain('no event yet');
    expect(app.picture()).not.toContain('> sb_0000');
    happen(app, 'sb_0007', 'paused');
    await expect.poll(app.picture).toContain('running -> paused');
    app.type('1');
    await expect.poll(app.picture).toContain('> sb_0000');
  });

  test('Enter goes to the sandbox of the event', async () => {
    using app = startApp();
    happen(app, 'sb_0007', 'paused');
    app.type('4');
    app.type('\r');
    await expect.poll(app.picture).toContain('> sb_0007');
  });

  test('a sandbox that the filter leaves out is not gone to, and it is said why', async () => {
    using app = startApp();
    happen(app, 'sb_0007', 'paused');
    app.type('/');
    app.type('0001');
    app.type('\r');
    app.type('4');
    app.type('\r');
    await expect.poll(app.picture).toContain('sb_0007 is not in the list: the filter leaves it out');
    expect(app.picture()).toContain('running -> paused');
  });

  test('/ searches while it is typed, and no key is a command meanwhile', async () => {
    using app = startApp();
    happen(app, 'sb_0007', 'paused');
    happen(app, 'sb_0009', 'stopped');
    app.type('4');
    app.type('/');
    app.type('stopped');
    await expect.poll(app.picture).toContain('/stopped');
    expect(app.picture()).not.toContain('sb_0007');
    app.type('\r');
    await expect.poll(app.picture).toContain('search stopped');
    app.type('\u001b');
    await expect.poll(app.picture).toContain('sb_0007');
  });

  test('no key there changes a sandbox', async () => {
    using app = startApp();
    happen(app, 'sb_0007', 'paused');
    app.type('4');
    for (const key of ['P', 'R', 'S', 'X', 'D', 'e', 'u']) app.type(key);
    app.type('1');
    await expect.poll(app.picture).toContain('> sb_0000');
    expect(app.effects.filter((effect) => effect.do === 'act')).toEqual([]);
  });
});
