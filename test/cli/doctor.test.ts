import {describe, expect, test} from 'vitest';
import {Secret} from '../../src/api/secret.ts';
import {examine, type Finding} from '../../src/cli/doctor.ts';
import {manualClock} from '../../src/clock/manualClock.ts';
import {answered, createFakeApi} from '../support/fakeApi.ts';
import {runProgram, type SimulatorFlags, startSimulator} from '../support/program.ts';

const KEY = 'hopx_live_Ab3dEf6hIj9k.doct0rSecretCanary';
const env = {HOPX_API_KEY: KEY};

const examined = async (flags: SimulatorFlags, args: readonly string[] = [], key = KEY) => {
  await using simulator = await startSimulator({sandboxes: 20, seed: 7, quiet: true, ...flags});
  const outcome = await runProgram(['doctor', `--base-url=${simulator.url}`, ...args], {env: {HOPX_API_KEY: key}});
  return {...outcome, requests: simulator.requests()};
};

describe('hopx-top doctor', () => {
  test('of a server that is well: a line each, code 0, and nothing was changed', async () => {
    const {code, stdout, stderr, requests} = await examined({rateLimit: 600});
    expect({code, stderr}).toEqual({code: 0, stderr: ''});
    for (const name of ['address', 'proxy', 'list', 'clock', 'rate limit']) expect(stdout).toMatch(`ok  ${name}`);
    for (const stream of ['sandbox', 'template', 'metrics']) {
      expect(stdout).toMatch(
        new RegExp(`^ok {2}${stream} stream +open after \\d+ ms, the first byte after \\d+ ms$`, 'm'),
      );
    }
    expect(stdout).toMatch(/^-- {2}start, stop +not tried: it would change a sandbox\n +-> the first X or S tells/m);
    expect(requests.filter(({method}) => method !== 'GET')).toEqual([]);
  });

  test('of a server without streams: what happens instead', async () => {
    const {code, stdout} = await examined({dialect: 'no-streams'});
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^-- {2}sandbox stream +this server has none: .*\n +-> the list is read every 5 s instead$/m,
    );
  });

  test('with a key that is refused: what to do, code 3, and no further question', async () => {
    const {code, stdout, requests} = await examined({key: KEY}, [], 'hopx_live_wr0ngpublic1.wr0ngSecretCanary');
    expect(code).toBe(3);
    expect(stdout).toMatch(/^!! {2}list .*\n +-> put a valid key there/m);
    expect(stdout).not.toContain('stream');
    expect(stdout).not.toContain('Canary');
    expect(requests).toHaveLength(1);
  });

  test('nobody listens: code 6', async () => {
    const {code, stdout} = await runProgram(['doctor', '--base-url=http://127.0.0.1:9'], {env});
    expect({code, stdout}).toEqual({code: 6, stdout: expect.stringContaining('refused the connection')});
  });

  test('-o json is for a program', async () => {
    const {stdout} = await examined({}, ['-o', 'json']);
    const findings: readonly Finding[] = JSON.parse(stdout);
    expect(findings.map(({name}) => name)).toContain('sandbox stream');
    expect(findings.find(({name}) => name === 'list')).toMatchObject({outcome: 'ok'});
  });

  test('words are no flags', async () => {
    const {code, stderr} = await runProgram(['doctor', 'please'], {env});
    expect({code, stderr}).toEqual({code: 2, stderr: expect.stringContaining('"doctor" takes flags only')});
  });
});

describe('what is found', () => {
  /** Every answer takes `answerMs`; its `Date` tells a server `skewMs` away. */
  async function found(
    name: string,
    {skewMs = 0, answerMs = 5}: {readonly skewMs?: number; readonly answerMs?: number},
  ) {
    const clock = manualClock(0);
    const {api} = createFakeApi(clock.monotonic, {
      async listSandboxes() {
        clock.advance(answerMs);
        return answered({patches: [], unreadable: 0, hasMore: false, nextCursor: undefined});
      },
    });
    const asking = {origin: new URL('https://api.hopx.dev'), key: new Secret('k'), keyId: undefined, source: 'here'};
    const world = {api, clock, asking, proxy: 'proxy.corp:3128', budget: () => undefined, skewMs: () => skewMs};
    const findings: Finding[] = [];
    const done = examine(world, (finding) => findings.push(finding));
    // Both streams of the fake are silent: their time runs out.
    await expect.poll(() => findings.some((finding) => finding.name === 'rate limit')).toBe(true);
    for (let streams = 0; streams < 2; streams += 1) {
      const before = findings.length;
      clock.advance(5_000);
      await expect.poll(() => findings.length).toBeGreaterThan(before);
    }
    await done;
    return findings.find((finding) => finding.name === name);
  }

  test.each([
    [0, 'ok'],
    [-900, 'ok'],
    [1_900, 'ok'],
    [5_000, 'note'],
    [-5_000, 'note'],
  ])('a clock that reads %i ms away is %s', async (skewMs, outcome) => {
    expect(await found('clock', {skewMs})).toMatchObject({outcome});
  });

  test('a slow answer is no wrong clock', async () => {
    expect(await found('clock', {skewMs: -4_000, answerMs: 4_000})).toMatchObject({outcome: 'ok'});
    expect(await found('list', {answerMs: 4_000})).toMatchObject({outcome: 'note'});
  });

  test('the proxy is named', async () => {
    expect(await found('proxy', {})).toMatchObject({says: 'through proxy.corp:3128'});
  });
});
