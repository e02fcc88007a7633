import {expect, test} from 'vitest';
import {
  formatAge,
  formatBytes,
  formatClock,
  formatCountdown,
  formatEnd,
  formatExpiry,
  formatMoment,
  formatPercent,
  formatSandboxAge,
  formatStopwatch,
  levelGlyph,
  statusTone,
} from '../../src/model/format.ts';
import {DAY, HOUR, MINUTE, row, SECOND, T0, view, viewOfSandbox, WALL0} from '../support/builders.ts';

test.each([
  [-5 * SECOND, '0s'],
  [0, '0s'],
  [4900, '4s'],
  [59_999, '59s'],
  [MINUTE, '1m'],
  [58 * MINUTE, '58m'],
  [HOUR, '1h00m'],
  [3 * HOUR + 12 * MINUTE, '3h12m'],
  [9 * HOUR + 59 * MINUTE, '9h59m'],
  [14 * HOUR + 5 * MINUTE, '14h'],
  [DAY - 1, '23h'],
  [DAY, '1d00h'],
  [6 * DAY + 2 * HOUR, '6d02h'],
  [12 * DAY + 20 * HOUR, '12d'],
  [400 * DAY, '400d'],
])('an age of %i ms reads %s', (ms, text) => {
  expect(formatAge(ms)).toBe(text);
});

test.each([
  [-1, '00:00'],
  [108_400, '01:48'],
  [10 * MINUTE - 1, '09:59'],
  [10 * MINUTE, '10m'],
  [2 * HOUR, '2h00m'],
])('a countdown of %i ms reads %s', (ms, text) => {
  expect(formatCountdown(ms)).toBe(text);
});

test.each([
  [133_000, '02:13'],
  [HOUR + 2 * MINUTE + 3 * SECOND, '1:02:03'],
])('a stopwatch at %i ms reads %s', (ms, text) => {
  expect(formatStopwatch(ms)).toBe(text);
});

test.each([
  [0, '0B'],
  [512, '512B'],
  [1023, '1023B'],
  [1024, '1.0K'],
  [2.5 * 1024 ** 3, '2.5G'],
  [4 * 1024 ** 3, '4.0G'],
  [9.99 * 1024 ** 2, '10M'],
  [10 * 1024 ** 3, '10G'],
  [1023.9 * 1024 ** 2, '1.0G'],
])('%d bytes read %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test('percents are whole and times of day local', () => {
  expect([formatPercent(0.4), formatPercent(71.3), formatPercent(99.6)]).toEqual(['0%', '71%', '100%']);
  expect(formatClock(WALL0)).toBe('14:02:11');
});

test.each([
  ['running', 'good'],
  ['creating', 'busy'],
  ['paused', 'held'],
  ['stopped', 'dim'],
  ['error', 'danger'],
  ['hibernating', 'odd'],
  ['constructor', 'odd'],
])('%s is shown as %s', (status, tone) => {
  expect(statusTone(status)).toBe(tone);
});

test('a level rises with the load and never fills its cell', () => {
  expect([-3, 0, 3, 21, 34, 62, 71, 100, 250].map(levelGlyph).join('')).toBe('▁▁▁▂▃▅▆▇▇');
});

test.each([
  [null, 'none', 'dim'],
  [undefined, '?', 'dim'],
  [WALL0 + 2 * HOUR, '1h59m', 'plain'],
  [WALL0 + 22 * MINUTE + 30 * SECOND, '21m', 'plain'],
  [WALL0 + 10 * MINUTE + SECOND, '10m', 'plain'],
  [WALL0 + 9 * MINUTE + 55 * SECOND, '09:55', 'warn'],
  [WALL0 + 2 * MINUTE, '02:00', 'warn'],
  [WALL0 + 108 * SECOND, '! 01:48', 'danger'],
  [WALL0, '! 00:00', 'danger'],
  [WALL0 - MINUTE, '! 00:00', 'danger'],
])('an expiry at %o reads %s, %s', (expiresAt, text, tone) => {
  expect(formatExpiry(viewOfSandbox({expiresAt}))).toEqual({text, tone});
});

test('a countdown runs on the clock of the server', () => {
  const ahead = viewOfSandbox({expiresAt: WALL0 + 5 * MINUTE}, {serverNow: WALL0 + 4 * MINUTE});
  expect(formatExpiry(ahead).text).toBe('! 01:00');
});

test('a gone sandbox says since when, and grows no older', () => {
  const gone = view({
    row: row({tombstone: {diedAt: T0 - 12 * SECOND, foundAt: T0 - 12 * SECOND, cause: 'expired', inferred: true}}),
    serverNow: WALL0,
  });
  expect(formatExpiry(gone)).toEqual({text: 'gone 12s', tone: 'dim'});
  const later = {...gone, now: T0 + 5 * MINUTE, serverNow: WALL0 + 5 * MINUTE};
  expect(formatExpiry(later).text).toBe('gone 5m');
  expect(formatSandboxAge(later)).toEqual(formatSandboxAge(gone));
});

test('ages over a minute, and lives over ten, all step at the same moment', () => {
  const shown = (second: number) =>
    [7, 23, 41].map((started) => {
      const line = viewOfSandbox(
        {createdAt: WALL0 - 30 * MINUTE - started * SECOND, expiresAt: WALL0 + HOUR + started * SECOND},
        {serverNow: WALL0 + second * SECOND},
      );
      return [formatSandboxAge(line).text, formatExpiry(line).text].join(' ');
    });
  const steps = Array.from({length: 60}, (_, second) => second).filter(
    (second) => shown(second).join() !== shown(second + 1).join(),
  );
  // WALL0 is 11 seconds past a full minute.
  expect(steps).toEqual([48]);
});

test('a young sandbox counts its seconds; one without a birthday has no age', () => {
  expect(formatSandboxAge(viewOfSandbox({createdAt: WALL0 - 4 * SECOND})).text).toBe('4s');
  expect(formatSandboxAge(viewOfSandbox({createdAt: WALL0 - 61 * SECOND})).text).toBe('1m');
  expect(formatSandboxAge(viewOfSandbox({createdAt: undefined}))).toEqual({text: '?', tone: 'dim'});
});

test.each([
  [WALL0 + 3 * MINUTE, '14:05:11'],
  [WALL0 + 3 * DAY, '17 Nov 14:02'],
  [WALL0 + 9 * HOUR + 58 * MINUTE, '15 Nov 00:00'],
  [WALL0 + 60 * DAY, '13 Jan 2026'],
])('%i seen from WALL0 is %s: a time that is not today has its date', (wall, text) => {
  expect(formatMoment(wall, WALL0)).toBe(text);
  expect(formatEnd(wall, WALL0)).toBe(text);
});

test('an end that never comes, and one that is not told', () => {
  expect([formatEnd(null, WALL0), formatEnd(undefined, WALL0)]).toEqual(['never', 'not told']);
});
