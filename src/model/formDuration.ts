import {parseDuration} from './duration.ts';

const secondsIn = {d: 86_400, h: 3600, m: 60, s: 1} as const;

/** The control plane names no longest timeout (docs.hopx.ai set-timeout); past a year it is a slip of the finger. */
const LONGEST_SECONDS = 365 * secondsIn.d;

/** `30m`, `2h`, `1d12h`, `90s` or plain seconds. Undefined: it is none of these. */
export function secondsOf(text: string): number | undefined {
  const written = text.trim();
  if (/^\d{1,9}$/.test(written)) return Number(written);
  const ms = parseDuration(written);
  return ms === undefined ? undefined : Math.floor(ms / 1000);
}

/** Why it cannot be a timeout; undefined: it can. */
export function durationMistake(text: string): string | undefined {
  const seconds = secondsOf(text);
  if (seconds === undefined) return 'Write a duration, such as 30m, 2h, 1d12h or 90s.';
  return seconds >= 1 && seconds <= LONGEST_SECONDS ? undefined : 'A timeout is from 1s to 365d.';
}

/** Exact, and as short as it goes: 5400 is `1h30m`. */
export function formatDuration(seconds: number): string {
  let left = Math.max(0, Math.floor(seconds));
  const parts = Object.entries(secondsIn).map(([unit, size]) => {
    const amount = Math.floor(left / size);
    left -= amount * size;
    return amount > 0 ? `${amount}${unit}` : '';
  });
  return parts.join('') || '0s';
}

/** What Left and Right offer. */
export const usualDurations: readonly string[] = ['15m', '30m', '1h', '2h', '4h', '8h', '12h', '1d', '2d', '7d'];
