import {expect, test} from 'vitest';
import {emptyLog, withLogEntry} from '../../src/model/log.ts';
import {T0, WALL0} from '../support/builders.ts';
import {sketch} from './fleet.ts';
import {show} from './show.tsx';

test.each([
  ['paused', 'sb_a1c4d2f009', 'not sampled: only running sandboxes are'],
  ['gone', 'sb_77a0c5e8f2', 'not sampled: it is gone'],
])('160x48: of one that is %s the record and its events have the whole width', (_, id, why) => {
  const entry = {at: T0, wall: WALL0, kind: 'seen', id, text: 'x'.repeat(100), source: 'stream' as const};
  const log = withLogEntry(emptyLog, {...entry, requestId: undefined, status: undefined, tone: 'plain'});
  const picture = show(sketch({detailOpen: true, log, cursor: {id, index: 3}}), 160, 48);
  expect(picture).not.toContain('─ Record ─');
  expect(picture).toContain(why);
  expect(picture).toContain(`seen      ${'x'.repeat(100)}`);
});
