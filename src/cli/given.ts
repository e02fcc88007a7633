import {shown} from '../api/keyLike.ts';
import {type CliError, usageError} from './exit.ts';

/** Flags as given: a value, or true for a switch; what is not given is missing. */
export type Given = ReadonlyMap<string, string | true>;

export const wrongValue = (flag: string, value: string, mistake: string): CliError =>
  usageError(`--${flag}: "${shown(value)}" ${mistake}`);

export function textOf(given: Given, name: string): string | undefined {
  const value = given.get(name);
  return value === true ? undefined : value;
}

export function numberOf(given: Given, name: string): number | undefined {
  const value = textOf(given, name);
  return value === undefined ? undefined : Number(value);
}
