import type {Millis} from './sandbox.ts';

/** Units of a written duration. */
const millisecondsIn: ReadonlyMap<string, Millis> = new Map([
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
]);

/** `90s`, `10m`, `1h30m`, `1.5d`: in milliseconds. Undefined: it is no duration. */
export function parseDuration(text: string): Millis | undefined {
  const value = text.trim().toLowerCase();
  if (!/^(?:\d{1,9}(?:\.\d{1,9})?[smhdw])+$/.test(value)) return undefined;
  return [...value.matchAll(/([\d.]+)([smhdw])/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (millisecondsIn.get(unit ?? '') ?? 0),
    0,
  );
}
