import {describe, expect, test} from 'vitest';
import {startApp} from './running.tsx';

describe('a filter on a key', () => {
  test('x shows only what expires soon, and once more all', async () => {
    using app = startApp();
    app.clock.advance(3_540_000);
    app.store.dispatch({type: 'clock.ticked', at: app.clock.monotonic(), wall: app.clock.wall()});
    app.type('x');
    await expect.poll(app.picture).toContain('filter expires<10m');
    expect(app.picture()).toContain('sb_0000');
    expect(app.picture()).not.toContain('sb_0020');
    app.type('x');
    await expect.poll(app.picture).not.toContain('filter expires');
  });

  test('! adds to the filter that stands', async () => {
    using app = startApp();
    app.type('/');
    app.type('agent');
    app.type('\r');
    app.type('!');
    await expect.poll(app.picture).toContain('filter agent status=error');
    app.type('!');
    await expect.poll(app.picture).toContain('filter agent');
    expect(app.picture()).not.toContain('status=error');
  });
});

test('a sort by what only some have says of how many it speaks', async () => {
  using app = startApp();
  app.store.dispatch({type: 'sort.chosen', at: app.clock.monotonic(), column: 'cpu'}, 'key');
  await expect.poll(app.picture).toMatch(/sort CPU ↓, 0 of 29 sampled/);
});
