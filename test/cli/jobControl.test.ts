import {EventEmitter} from 'node:events';
import {describe, expect, test} from 'vitest';
import {createJobControl} from '../../src/cli/jobControl.ts';
import {watchTerminal} from '../../src/cli/lostTerminal.ts';
import {manualClock} from '../../src/clock/manualClock.ts';
import {errorWithCode, fakeHost} from './fakeHost.ts';

function atWork() {
  const host = fakeHost();
  const clock = manualClock();
  const deeds = host.deeds as string[];
  const jobs = createJobControl(host, clock, async (away) => {
    deeds.push('terminal given back');
    await away();
    deeds.push('terminal taken, all painted');
  });
  return {host, clock, jobs};
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('Ctrl-Z', () => {
  test('gives the terminal back, stops the whole group, and paints when somebody continues us', async () => {
    const {host, jobs} = atWork();
    const done = jobs.suspend();
    expect(host.deeds).toEqual(['terminal given back', 'stop group']);
    expect(jobs.isAway()).toBe(true);
    host.emit('SIGCONT');
    await done;
    expect(host.deeds).toEqual(['terminal given back', 'stop group', 'size asked', 'terminal taken, all painted']);
    expect(jobs.isAway()).toBe(false);
  });

  test('the stop is the default action: no listener of ours keeps it from happening, and it is back afterwards', async () => {
    const {host, jobs} = atWork();
    expect(host.listeners('SIGTSTP')).toBe(1);
    const done = jobs.suspend();
    expect(host.listeners('SIGTSTP')).toBe(0);
    host.emit('SIGCONT');
    await done;
    expect(host.listeners('SIGTSTP')).toBe(1);
  });

  test('where nothing may stop us, the screen comes back by itself', async () => {
    const {host, clock, jobs} = atWork();
    const done = jobs.suspend();
    clock.advance(200);
    await done;
    expect(host.deeds.at(-1)).toBe('terminal taken, all painted');
  });

  test('pressed twice, it stops once; and it can be done again', async () => {
    const {host, jobs} = atWork();
    const done = jobs.suspend();
    await jobs.suspend();
    host.emit('SIGCONT');
    await done;
    const again = jobs.suspend();
    host.emit('SIGCONT');
    await again;
    expect(host.deeds.filter((deed) => deed === 'stop group')).toHaveLength(2);
  });
});

describe('the terminal is lent', () => {
  test('until the borrower is done; then everything is painted', async () => {
    const {host, jobs} = atWork();
    const {promise, resolve} = Promise.withResolvers<void>();
    const lent = jobs.lend(() => promise);
    expect(jobs.isAway()).toBe(true);
    expect(await jobs.lend(async () => undefined)).toBe(false);
    resolve();
    expect(await lent).toBe(true);
    expect(host.deeds).toEqual(['terminal given back', 'size asked', 'terminal taken, all painted']);
    expect(jobs.isAway()).toBe(false);
  });

  test('Ctrl-Z stops borrower and us as it stops everybody: no listener of ours is in its way', async () => {
    const {host, jobs} = atWork();
    const {promise, resolve} = Promise.withResolvers<void>();
    const lent = jobs.lend(() => promise);
    expect(host.listeners('SIGTSTP')).toBe(0);
    host.emit('SIGCONT');
    expect(jobs.isAway()).toBe(true);
    resolve();
    await lent;
    expect(host.listeners('SIGTSTP')).toBe(1);
  });
});

test('SIGTSTP from outside stops us alone, the terminal given back first', async () => {
  const {host} = atWork();
  host.emit('SIGTSTP');
  expect(host.deeds).toEqual(['terminal given back', 'stop self']);
  host.emit('SIGCONT');
  await settled();
  expect(host.deeds.at(-1)).toBe('terminal taken, all painted');
});

test('continued without a stop of ours: everything is painted anew', async () => {
  const {host} = atWork();
  host.emit('SIGCONT');
  await settled();
  expect(host.deeds).toEqual(['terminal given back', 'size asked', 'terminal taken, all painted']);
});

test('released, it hears no signal any more', () => {
  const {host, jobs} = atWork();
  jobs.release();
  expect([host.listeners('SIGCONT'), host.listeners('SIGTSTP')]).toEqual([0, 0]);
});

describe('a lost terminal', () => {
  function watched(isThere = () => true) {
    const [input, output] = [new EventEmitter(), new EventEmitter()];
    const clock = manualClock();
    const heard: string[] = [];
    const report = {lost: () => heard.push('lost'), failed: (error: unknown) => heard.push(String(error))};
    const stop = watchTerminal({input, output}, clock, report, isThere);
    return {input, output, clock, heard, stop};
  }

  test.each(['end', 'close'])('input: %s', (event) => {
    const {input, heard} = watched();
    input.emit(event);
    expect(heard).toEqual(['lost']);
  });

  test.each(['EIO', 'EPIPE', 'EBADF', 'ENXIO'])('%s on either stream', (code) => {
    const {input, output, heard} = watched();
    input.emit('error', errorWithCode(code));
    output.emit('error', errorWithCode(code));
    expect(heard).toEqual(['lost', 'lost']);
  });

  test('another error is one to tell about', () => {
    const {output, heard} = watched();
    output.emit('error', errorWithCode('ENOSPC', 'no space'));
    expect(heard).toEqual(['Error: no space']);
  });

  test('no stream says a word: it is looked at every five seconds', () => {
    let isThere = true;
    const {clock, heard, stop} = watched(() => isThere);
    clock.advance(60_000);
    expect(heard).toEqual([]);
    isThere = false;
    clock.advance(5_000);
    expect(heard).toEqual(['lost']);
    stop();
    expect(clock.waiting()).toBe(0);
  });
});
