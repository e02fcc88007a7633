import {readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import type {Heard} from '../../src/api/witness.ts';
import {createDebugFile, openDebugFile} from '../../src/cli/debugFile.ts';
import {manualClock} from '../../src/clock/manualClock.ts';
import {temporaryFolder} from '../support/program.ts';

const lines = (text: string): Heard => ({what: 'lines', path: '/v1/sandboxes/stream', text});

/** What is kept of it. */
function kept(heard: Heard): string {
  let text = '';
  const append = (line: string) => {
    text += line;
  };
  const {witness} = createDebugFile(append, manualClock(0), 1_000_000);
  witness(heard);
  return text;
}

test('one line of JSON each, with the time, in a file for its owner alone', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'debug.ndjson');
  const clock = manualClock(Date.UTC(2026, 0, 15));
  const debug = openDebugFile(path, clock);
  onTestFinished(debug.close);
  clock.advance(1500);
  debug.witness(lines('data: {"id":"a"}\n\n'));
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
    at: 1500,
    wall: '2026-01-15T00:00:01.500Z',
    what: 'lines',
    path: '/v1/sandboxes/stream',
    text: 'data: {"id":"a"}\n\n',
  });
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a file that is there already is not touched', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'mine');
  writeFileSync(path, 'mine');
  expect(() => openDebugFile(path, manualClock(0))).toThrow(/is there already: name a file that is not$/);
  expect(readFileSync(path, 'utf8')).toBe('mine');
});

test('a folder that is not there is one sentence', () => {
  expect(() => openDebugFile('/nowhere/at/all', manualClock(0))).toThrow(/cannot be written \(ENOENT\)/);
});

test.each([
  {auth_token: 's3cr3t'},
  {token: 's3cr3t"quoted'},
  {api_key: 's3cr3t', private_key: 's3cr3t', authorization: 's3cr3t'},
  {'client-secret': ['s3cr3t', {a: 's3cr3t'}]},
  {env_vars: {OPENAI_API_KEY: 's3cr3t', A: 'b}', C: {d: 's3cr3t'}}},
  {env: ['A=s3cr3t]', 's3cr3t']},
  {environment: [{name: 'A', value: 's3cr3t'}]},
  {note: '{"auth_token":"s3cr3t"}'},
  {upload: 'https://store.example/x?X-Sig=s3cr3t&b=1'},
])('%j: the secret is kept neither in an answer nor in an event', (value) => {
  const json = JSON.stringify(value);
  for (const text of [
    kept(lines(`event: x\ndata: ${json}\n\n`)),
    kept({what: 'answer', method: 'GET', path: '/x', status: 200, headers: {}, body: `{"data":[${json}]}`}),
  ]) {
    expect(text).not.toContain('s3cr3t');
    expect(text).toContain('[redacted]');
  }
});

test.each(['data: {"auth_token":"s3c', 'r3t"}', 'data: token=s3cr3t'])(
  '%s: what cannot be read is told by its length',
  (line) => {
    expect(kept(lines(`${line}\n`))).not.toMatch(/s3c|r3t/);
  },
);

test('what is no secret is kept', () => {
  const text =
    'event: x\ndata: {"token_expires_at":"2026-01-01","total_tokens":5,"timeout_seconds":3600,"status":"running"}\n\n';
  expect(JSON.parse(kept(lines(text))).text).toBe(text);
  expect(JSON.parse(kept(lines(': ping\r\nid: 7\r\nretry: 900\r\n\r\n'))).text).toBe(
    ': ping\r\nid: 7\r\nretry: 900\r\n\r\n',
  );
});

test('cookies and the like are not kept', () => {
  const headers = {'set-cookie': 'a=s3cr3t', 'content-type': 'text/event-stream'};
  const text = kept({what: 'opened', path: '/s', status: 200, headers});
  expect(text).toContain('text/event-stream');
  expect(text).not.toContain('s3cr3t');
});

test('a full disk is said once, and nothing else is the matter', () => {
  const said: string[] = [];
  const {witness, onTrouble} = createDebugFile(
    () => {
      throw Object.assign(new Error('disk full'), {code: 'ENOSPC'});
    },
    manualClock(0),
    1_000_000,
  );
  witness(lines(': a\n'));
  onTrouble((sentence) => said.push(sentence));
  witness(lines(': b\n'));
  expect(said).toEqual(['--debug-stream: the file cannot be written (ENOSPC): nothing more is kept']);
});

test('it grows to its size and no further', () => {
  let size = 0;
  const said: string[] = [];
  const append = (text: string) => {
    size += text.length;
  };
  const {witness, onTrouble} = createDebugFile(append, manualClock(0), 2 ** 20);
  onTrouble((sentence) => said.push(sentence));
  for (let count = 0; count < 3000; count += 1) witness(lines(`: ${'x'.repeat(1000)}\n`));
  expect(size).toBeLessThanOrEqual(2 ** 20);
  expect(said).toEqual(['--debug-stream: the file has its 1 MiB: nothing more is kept']);
});
