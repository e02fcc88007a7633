import {mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {createRedact, Secret} from '../../src/api/secret.ts';
import {openJournal} from '../../src/cli/journalFile.ts';
import type {JournalEntry} from '../../src/model/fileEvents.ts';
import {temporaryFolder} from '../support/program.ts';
import {ownUid} from './home.ts';

const KEY = 'hopx_live_t3stpublic0.c4naryS3cretNeverShown1234';
const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl';

const entry: JournalEntry = {
  ...{at: 5, wall: Date.UTC(2026, 0, 15, 14, 14, 0, 250), kind: 'pause', id: 'sb_a', text: 'paused'},
  ...{source: 'you', requestId: 'req_1', status: 200, tone: 'good'},
};

const open = (path: string) => {
  const journal = openJournal(path, ownUid, createRedact(new Secret(KEY)));
  onTestFinished(journal.close);
  return journal;
};

const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('one line of JSON an act, in a file for its owner alone; what is not known is null', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'journal.ndjson');
  const journal = open(path);
  journal.append({...entry, change: {before: 'running', after: 'paused', latencyMs: 87.4}});
  journal.append({...entry, id: undefined, status: undefined, requestId: undefined});
  expect(linesOf(path)).toEqual([
    {
      time: '2026-01-15T14:14:00.250Z',
      ...{seq: 1, action: 'pause', id: 'sb_a', text: 'paused', status: 200, request_id: 'req_1'},
      ...{before: 'running', after: 'paused', latency_ms: 87},
    },
    {
      time: '2026-01-15T14:14:00.250Z',
      ...{seq: 2, action: 'pause', id: null, text: 'paused', status: null, request_id: null},
      ...{before: null, after: null, latency_ms: null},
    },
  ]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a journal that is there is written on', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'journal.ndjson');
  const first = open(path);
  first.append(entry);
  first.append(entry);
  first.close();
  first.append(entry);
  open(path).append(entry);
  expect(linesOf(path).map(({seq}) => seq)).toEqual([1, 2, 1]);
});

test('neither key nor token is ever in it, whatever text they stand in', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'journal.ndjson');
  const change = {before: KEY, after: TOKEN, latencyMs: undefined};
  open(path).append({...entry, text: `refused: "${KEY}" ${TOKEN}`, requestId: KEY, change});
  const text = readFileSync(path, 'utf8');
  for (const secret of [KEY, 'c4naryS3cret', TOKEN, 'eyJ']) expect(text).not.toContain(secret);
  expect(linesOf(path)[0].text).toBe('refused: "[redacted]" [redacted]');
});

test('a link, a folder, a pipe or a device is one sentence', () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, 'real'), '');
  symlinkSync(join(folder.path, 'real'), join(folder.path, 'link'));
  mkdirSync(join(folder.path, 'folder'));
  expect(() => open(join(folder.path, 'link'))).toThrow(
    /^--journal: \S+ cannot be written \(it is a link\): name a file/,
  );
  expect(() => open(join(folder.path, 'folder'))).toThrow(/^--journal: \S+ cannot be written \(EISDIR\)/);
  expect(() => open('/dev/null')).toThrow('--journal: /dev/null is not a regular file of yours: name another');
  expect(() => open('/nowhere/at/all')).toThrow(/is in no folder that there is: make the folder, or name another$/);
});

test('a file of somebody else is one sentence', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'theirs');
  expect(() => openJournal(path, (ownUid ?? 0) + 1, String)).toThrow(/is not a regular file of yours/);
});
