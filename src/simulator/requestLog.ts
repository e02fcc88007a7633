import {closeSync, constants, fstatSync, openSync, writeSync} from 'node:fs';

/** One request: what `--log` keeps. The path carries no query, and no header is kept: a key is in neither. */
export type LoggedRequest = {
  /** RFC 3339 with milliseconds. */
  readonly time: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly request_id: string;
};

export type RequestLog = {readonly add: (request: LoggedRequest) => void; readonly close: () => void};

export const noRequestLog: RequestLog = {add: () => undefined, close: () => undefined};

const OWNER_ONLY = 0o600;
/** Not through a link, and without waiting for whoever reads a pipe. */
const APPEND =
  constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Appends to `path` (created with mode 0600), one line of JSON a request, in the order of the answers, written
 * before the answer leaves. Throws when it cannot be opened or is not a regular
 * file of this user.
 */
export function openRequestLog(path: string): RequestLog {
  const file = openSync(path, APPEND, OWNER_ONLY);
  const found = fstatSync(file);
  if (!found.isFile() || (process.getuid && found.uid !== process.getuid())) {
    closeSync(file);
    throw new Error(`Cannot log to ${path}: not a regular file of yours`);
  }
  let isOpen = true;
  return {
    add(request) {
      if (isOpen) writeSync(file, `${JSON.stringify(request)}\n`);
    },
    close() {
      if (isOpen) closeSync(file);
      isOpen = false;
    },
  };
}
