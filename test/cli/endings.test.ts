import {describe, expect, test} from 'vitest';
import {ApiError, failureOf} from '../../src/api/errors.ts';
import {Secret} from '../../src/api/secret.ts';
import {watchEndings} from '../../src/cli/endings.ts';
import {CliError} from '../../src/cli/exit.ts';
import {errorWithCode, fakeHost} from './fakeHost.ts';

const as = (text: string) => text;

function started() {
  const host = fakeHost();
  const endings = watchEndings(host, as);
  endings.undoAtEnd(() => {
    host.say('first undo');
    return ['kept in grace'];
  });
  endings.undoAtEnd(() => {
    host.say('second undo');
    return [];
  });
  return {host, endings};
}

const undone = ['say second undo', 'say first undo', 'say hopx-top: kept in grace'];

describe('every way out undoes everything, newest first, says what there is to say, and goes', () => {
  test.each(['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'])(
    '%s: the same signal again, with its default action',
    (signal) => {
      const {host} = started();
      host.emit(signal);
      expect(host.deeds).toEqual([...undone, `die of ${signal}`]);
    },
  );

  test.each([
    ['ok', 0],
    ['interrupted', 130],
  ] as const)('done (%s): exit code %i', (exit, code) => {
    const {host, endings} = started();
    endings.end({why: 'done', exit});
    expect(host.deeds).toEqual([...undone, `exit ${code}`]);
  });

  test('a lost terminal: as the hang-up it is, never exit', () => {
    const {host, endings} = started();
    endings.end({why: 'lost'});
    expect(host.deeds).toEqual([...undone, 'die of SIGHUP']);
  });

  test.each(['EIO', 'EPIPE', 'EBADF'])('an uncaught %s is a lost terminal', (code) => {
    const {host} = started();
    host.emit('uncaughtException', errorWithCode(code));
    expect(host.deeds.at(-1)).toBe('die of SIGHUP');
  });

  test.each(['uncaughtException', 'unhandledRejection'])('%s: one sentence, no stack, exit code 1', (event) => {
    const {host} = started();
    host.emit(event, new TypeError('x is not a\nfunction'));
    expect(host.deeds).toEqual([
      'say second undo',
      'say first undo',
      'say hopx-top: kept in grace\nhopx-top: a mistake of hopx-top itself, please report it: TypeError: x is not a␊function',
      'exit 1',
    ]);
  });

  test('something thrown that is no error is said too', () => {
    const {host} = started();
    host.emit('unhandledRejection', 'odd');
    expect(host.deeds.slice(-2)).toEqual([
      'say hopx-top: kept in grace\nhopx-top: a mistake of hopx-top itself, please report it: odd',
      'exit 1',
    ]);
  });

  test('an error with a sentence and a code of its own', () => {
    const {host, endings} = started();
    endings.end({why: 'failed', error: new CliError('auth', 'no key.\nlooked at: everything')});
    expect(host.deeds.slice(-2)).toEqual([
      'say hopx-top: kept in grace\nhopx-top: no key.\nlooked at: everything',
      'exit 3',
    ]);
  });

  test('a failure of the server that nobody caught ends with its code', () => {
    const {host, endings} = started();
    endings.end({why: 'failed', error: new ApiError(failureOf('rate-limited', 'too many requests'))});
    expect(host.deeds.slice(-2)).toEqual([
      'say hopx-top: kept in grace\nhopx-top: ApiError: too many requests',
      'exit 7',
    ]);
  });
});

test('it ends once: what comes while it ends changes nothing', () => {
  const {host, endings} = started();
  host.emit('SIGTERM');
  host.emit('SIGHUP');
  endings.end({why: 'done', exit: 'ok'});
  host.emit('uncaughtException', new Error('late'));
  expect(host.deeds).toEqual([...undone, 'die of SIGTERM']);
});

test('an undo that fails keeps nothing else from being undone', () => {
  const {host, endings} = started();
  endings.undoAtEnd(() => {
    throw errorWithCode('EIO');
  });
  endings.end({why: 'done', exit: 'ok'});
  expect(host.deeds).toEqual([...undone, 'exit 0']);
});

test('a key in an error never reaches the terminal', () => {
  const host = fakeHost();
  const key = new Secret('hopx_live_abcdefghijkl.zAq1xSw2cDe3vFr4bGt5nHy6mJu7kI8lO9pP0qwer');
  watchEndings(host, (text) => key.redact(text));
  host.emit('uncaughtException', new Error(`bad header "Bearer ${key.unwrap()}"`));
  expect(host.deeds[0]).toContain('bad header "Bearer [redacted]"');
});
