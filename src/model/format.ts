import type {CellText, Tone} from './columns.ts';
import {lastMoment} from './fields.ts';
import type {Millis} from './sandbox.ts';
import type {RowView} from './view.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Below this a countdown shows its seconds. */
const SOON_MS = 10 * MINUTE;
const DANGER_MS = 2 * MINUTE;

const twoDigits = (count: number): string => String(count).padStart(2, '0');

/** `4s`, `58m`, `3h12m`, `14h`, `6d02h`, `12d`: cut, not rounded, and five cells at the most below 10,000 days. */
export function formatAge(ms: number): string {
  const age = Math.max(0, ms);
  if (age < MINUTE) return `${Math.floor(age / SECOND)}s`;
  if (age < HOUR) return `${Math.floor(age / MINUTE)}m`;
  if (age < DAY) return twoUnits(age, [HOUR, 'h'], [MINUTE, 'm']);
  return twoUnits(age, [DAY, 'd'], [HOUR, 'h']);
}

/** `01:48` under ten minutes, else as an age. */
export const formatCountdown = (ms: number): string => (ms < SOON_MS ? formatStopwatch(ms) : formatAge(ms));

/** 1204 as `1,204`: the same in every locale. */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** Minutes and seconds, `02:13`; from an hour on `1:02:13`. */
export function formatStopwatch(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / SECOND);
  const minutes = Math.floor(seconds / 60);
  const clock = `${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`;
  return minutes < 60 ? clock : `${Math.floor(minutes / 60)}:${clock}`;
}

/** `512B`, `4.0G`, `10G`: in powers of 1024, one decimal below ten. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'K', 'M', 'G', 'T', 'P'];
  const whole = Math.max(0, bytes);
  // From 1023.5 on it would read as 1024 of the smaller unit.
  const power = Math.min(
    units.length - 1,
    units.filter((_, index) => index > 0 && whole >= 1023.5 * 1024 ** (index - 1)).length,
  );
  const amount = whole / 1024 ** power;
  return `${power > 0 && amount < 9.95 ? amount.toFixed(1) : Math.round(amount)}${units[power]}`;
}

export const formatPercent = (percent: number): string => `${Math.round(percent)}%`;

/** `14:02:11` in the local time zone. */
export function formatClock(wall: Millis): string {
  const time = new Date(wall);
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map(twoDigits).join(':');
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `14:04:00` today, `15 Nov 12:00` on another day of the year, `15 Nov 2024` in another; local time. */
export function formatMoment(wall: Millis, today: Millis): string {
  const date = new Date(wall);
  const now = new Date(today);
  const day = `${date.getDate()} ${months[date.getMonth()] ?? ''}`;
  if (date.getFullYear() !== now.getFullYear()) return `${day} ${date.getFullYear()}`;
  const isToday = date.getMonth() === now.getMonth() && date.getDate() === now.getDate();
  return isToday ? formatClock(wall) : `${day} ${formatMinute(wall)}`;
}

/** `14:04`, local time. */
export const formatMinute = (wall: Millis): string => formatClock(wall).slice(0, 5);

/** When a life ends: a moment, `never`, or that it is not told. */
export const formatEnd = (expiresAt: Millis | null | undefined, today: Millis): string =>
  typeof expiresAt === 'number' ? formatMoment(expiresAt, today) : expiresAt === null ? 'never' : 'not told';

/**
 * Age of a sandbox on the server's clock. Past a minute it is cut at the server's full minute, so that all ages on the
 * screen step together and nothing is drawn in between.
 */
export function formatSandboxAge(view: RowView): CellText {
  const {createdAt} = view.row.sandbox;
  if (createdAt === undefined) return {text: '?', tone: 'dim'};
  const at = lastMoment(view);
  const age = at - createdAt;
  return {text: formatAge(age < MINUTE ? age : Math.max(MINUTE, fullMinute(at) - createdAt)), tone: 'plain'};
}

/**
 * What is left of a life, on the server's clock; of a gone sandbox since when it is gone. From ten minutes on it steps
 * with the ages, and never shows more than there is.
 */
export function formatExpiry(view: RowView): CellText {
  const {tombstone, sandbox} = view.row;
  if (tombstone) return {text: `gone ${formatAge(view.now - tombstone.diedAt)}`, tone: 'dim'};
  const {expiresAt} = sandbox;
  if (expiresAt === undefined) return {text: '?', tone: 'dim'};
  if (expiresAt === null) return {text: 'none', tone: 'dim'};
  const left = expiresAt - view.serverNow;
  if (left < DANGER_MS) return {text: `! ${formatCountdown(left)}`, tone: 'danger'};
  if (left < SOON_MS) return {text: formatCountdown(left), tone: 'warn'};
  return {text: formatCountdown(Math.max(SOON_MS, expiresAt - fullMinute(view.serverNow) - MINUTE)), tone: 'plain'};
}

/** A word nobody documents is shown as odd. */
export const statusTone = (status: string): Tone => statusTones.get(status) ?? 'odd';

/** docs.hopx.ai data-model and kill-sandbox name these. */
const statusTones: ReadonlyMap<string, Tone> = new Map([
  ['running', 'good'],
  ['creating', 'busy'],
  ['paused', 'held'],
  ['stopped', 'dim'],
  ['error', 'danger'],
  ['deleted', 'dim'],
  ['killed', 'dim'],
]);

const levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇'] as const;

/** A load in percent as one cell, at most seven eighths high so that it never touches the row above. */
export function levelGlyph(percent: number): string {
  const eighths = Math.ceil(percent / 12.5);
  return levels[Math.min(levels.length, Math.max(1, eighths)) - 1] ?? levels[0];
}

const fullMinute = (at: Millis): Millis => Math.floor(at / MINUTE) * MINUTE;

type Unit = readonly [ms: number, sign: string];

/** From ten of the big unit on the small one says nothing that matters. */
function twoUnits(ms: number, [big, bigSign]: Unit, [small, smallSign]: Unit): string {
  const count = Math.floor(ms / big);
  if (count >= 10) return `${count}${bigSign}`;
  return `${count}${bigSign}${twoDigits(Math.floor((ms % big) / small))}${smallSign}`;
}
