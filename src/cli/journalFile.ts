import {closeSync, constants, fstatSync, openSync} from 'node:fs';
import {shown} from '../api/keyLike.ts';
import type {Redact} from '../api/secret.ts';
import type {JournalEntry} from '../model/fileEvents.ts';
import type {JournalPort} from '../runtime/journal.ts';
import {usageError} from './exit.ts';
import {codeOf, whyNot, writeAll} from './fileWords.ts';

/** A line of the journal, with the very words of the events view; what is not known is null. */
type JournalLine = {
  /** RFC 3339 with milliseconds, by the clock of this machine. */
  readonly time: string;
  /** Counts from 1 within one run of the program. */
  readonly seq: number;
  readonly action: string;
  readonly id: string | null;
  readonly text: string;
  /** HTTP status. */
  readonly status: number | null;
  readonly request_id: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly latency_ms: number | null;
};

export type JournalFile = JournalPort & {readonly close: () => void};

const OWNER_ONLY = 0o600;
/** Not through a link, and without waiting for whoever reads a pipe. */
const APPEND =
  constants.O_APPEND |
  constants.O_CREAT |
  constants.O_WRONLY |
  (constants.O_NOFOLLOW ?? 0) |
  (constants.O_NONBLOCK ?? 0);

/**
 * Appends to `path`, created with mode 0600 where it is not there: one line of JSON for each of the user's own acts, written
 * before the next thing happens. `redact` is the last look at what is kept. Throws a CliError when it cannot be
 * opened or is no regular file of this user.
 */
export function openJournal(path: string, uid: number | undefined, redact: Redact): JournalFile {
  const file = open(path);
  try {
    requireOwn(file, path, uid);
  } catch (error) {
    closeSync(file);
    throw error;
  }
  let isOpen = true;
  let written = 0;
  return {
    append(entry) {
      if (!isOpen) return;
      written += 1;
      try {
        writeAll(file, `${redact(JSON.stringify(lineOf(entry, written)))}\n`);
      } catch (error) {
        throw new Error(whyNot(error));
      }
    },
    close() {
      if (isOpen) closeSync(file);
      isOpen = false;
    },
  };
}

function open(path: string): number {
  try {
    return openSync(path, APPEND, OWNER_ONLY);
  } catch (error) {
    if (codeOf(error) === 'ENOENT')
      throw refused(path, 'is in no folder that there is: make the folder, or name another');
    throw refused(path, `cannot be written (${whyNot(error)}): name a file in a folder of yours`);
  }
}

/** What is judged is the opened file itself. */
function requireOwn(file: number, path: string, uid: number | undefined): void {
  const found = fstatSync(file);
  const isOwn = uid === undefined || found.uid === uid;
  if (!found.isFile() || !isOwn) throw refused(path, 'is not a regular file of yours: name another');
}

const refused = (path: string, why: string) => usageError(`--journal: ${shown(path, 200)} ${why}`);

const lineOf = ({wall, kind, id, text, status, requestId, change}: JournalEntry, seq: number): JournalLine => ({
  time: new Date(wall).toISOString(),
  seq,
  action: kind,
  id: id ?? null,
  text,
  status: status ?? null,
  request_id: requestId ?? null,
  before: change?.before ?? null,
  after: change?.after ?? null,
  latency_ms: change?.latencyMs === undefined ? null : Math.round(change.latencyMs),
});
