import type {Millis} from '../model/sandbox.ts';
import {sanitize} from '../terminal/text.ts';

/** The year 10000, where RFC 3339 ends. */
const END_OF_TIME_MS = 253_402_300_800_000;

/** Unix seconds are below this for the next 3,000 years; Unix milliseconds have been above it since 1973. */
const FIRST_UNIX_MILLIS = 1e11;

/** Reads a field that was told, and lets null and "not told" through. */
export function told<T, R>(value: T | null | undefined, read: (value: T) => R | undefined): R | null | undefined {
  if (value === null) return null;
  return value === undefined ? undefined : read(value);
}

/** Text made harmless; an empty one is as good as none. */
export const readText = (value: string): string | undefined => (value === '' ? undefined : sanitize(value));

/** A finite number that is not negative: no field we read can be. JSON knows 1e999. */
export const readAmount = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;

export const readFlag = (value: boolean): boolean => value;

/** RFC 3339, its zone left out or its T a space. Date.parse alone would make May 2001 of `in 5`. */
const rfc3339 = /^(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?([Zz]|[+-]\d\d:?\d\d)?)?$/;

/**
 * RFC 3339, or Unix seconds or milliseconds, told apart by size. A time without a zone is taken as UTC. The year 1
 * (what a Go server sends for "no time") and 1970-01-01 are not told.
 */
export function readTime(value: string): Millis | undefined {
  const text = value.trim();
  const at = /^\d+(?:\.\d+)?$/.test(text) ? unixMillis(Number(text)) : dateMillis(text);
  return at > 0 && at < END_OF_TIME_MS ? at : undefined;
}

const unixMillis = (value: number): Millis => (value < FIRST_UNIX_MILLIS ? value * 1000 : value);

function dateMillis(text: string): Millis {
  const [, date, time = '00:00', zone = 'Z'] = rfc3339.exec(text) ?? [];
  return date === undefined ? Number.NaN : Date.parse(`${date}T${time}${zone.toUpperCase()}`);
}

const MEBI = 2 ** 20;
const GIBI = 2 ** 30;

export const fromMebibytes = (value: unknown): number | undefined => scaled(value, MEBI);
export const fromGibibytes = (value: unknown): number | undefined => scaled(value, GIBI);

function scaled(value: unknown, by: number): number | undefined {
  const amount = readAmount(value);
  return amount === undefined ? undefined : readAmount(amount * by);
}
