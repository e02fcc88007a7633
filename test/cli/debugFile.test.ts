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
  '{"auth_token":"abc.def"}',
  '{"token": "s3cr3t\\"quoted"}',
  '{"api_key":"s3cr3t"}',
  '{"client-secret":"s3cr3t"}',
  '{"env_vars":{"OPENAI_API_KEY":"s3cr3t","A":"b"}}',
  '{"env":["A=s3cr3t"]}',
  '{"upload":"https://store.example/x?X-Sig=s3cr3t&b=1"}',
])('%s: the secret is not kept', (text) => {
  expect(kept(lines(`data: ${text}\n`))).not.toMatch(/s3cr3t|abc\.def|quoted/);
  expect(kept(lines(`data: ${text}\n`))).toContain('[redacted]');
});

test('what is no secret is kept', () => {
  const text = '{"token_expires_at":"2026-01-01","total_tokens":5,"timeout_seconds":3600,"status":"running"}';
  expect(JSON.parse(kept(lines(text))).text).toBe(text);
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
  witness(lines('a\n'));
  onTrouble((sentence) => said.push(sentence));
  witness(lines('b\n'));
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
  for (let count = 0; count < 3000; count += 1) witness(lines('x'.repeat(1000)));
  expect(size).toBeLessThanOrEqual(2 ** 20);
  expect(said).toEqual(['--debug-stream: the file has its 1 MiB: nothing more is kept']);
});
