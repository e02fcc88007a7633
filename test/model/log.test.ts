import {expect, test} from 'vitest';
import {emptyLog, type LogEntry, latestEntries, withLogEntry} from '../../src/model/log.ts';
import {lastItems} from '../../src/model/ring.ts';
import {T0, WALL0} from '../support/builders.ts';

const said = (over: Partial<LogEntry> = {}): Omit<LogEntry, 'seq'> => ({
  at: T0,
  wall: WALL0,
  kind: 'created',
  id: 'sb_1',
  text: 'agent-py311 us-east',
  source: 'stream',
  requestId: undefined,
  status: undefined,
  tone: 'plain',
  ...over,
});

const pausedByMe = said({kind: 'you', text: 'pause', source: 'you', status: 200, requestId: 'r_8bf'});

test('the last lines come newest first, numbered from the first one of the session', () => {
  const log = [said({text: 'first'}), said({text: 'second'}), said({text: 'third'})].reduce(withLogEntry, emptyLog);
  expect(latestEntries(log, 2).map(({seq, text}) => `${seq} ${text}`)).toEqual(['3 third', '2 second']);
});

test('own acts and errors outlive any amount of churn', () => {
  let log = withLogEntry(emptyLog, pausedByMe);
  log = withLogEntry(log, said({kind: 'error', text: 'running -> error', tone: 'danger'}));
  for (let count = 0; count < 20_000; count += 1) log = withLogEntry(log, said());
  expect(latestEntries(log, 10_000)).toHaveLength(5000);
  expect(lastItems(log.own, 10).map(({text}) => text)).toEqual(['pause', 'running -> error']);
});

test('own acts and errors are kept up to a thousand', () => {
  let log = emptyLog;
  for (let count = 1; count <= 1200; count += 1) log = withLogEntry(log, {...pausedByMe, text: `pause ${count}`});
  expect(lastItems(log.own, 5000)).toHaveLength(1000);
  expect(lastItems(log.own, 5000)[0]?.text).toBe('pause 201');
});

test('the counts are of the whole session: all, mine, errors', () => {
  let log = withLogEntry(emptyLog, pausedByMe);
  log = withLogEntry(log, {...pausedByMe, text: 'refused', tone: 'danger'});
  for (let count = 0; count < 6000; count += 1) log = withLogEntry(log, said());
  expect(log).toMatchObject({total: 6002, mine: 2, errors: 1});
});
