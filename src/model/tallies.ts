import type {Map as ImmutableMap} from 'immutable';
import type {Sandbox} from './sandbox.ts';

/** By what living sandboxes are counted, besides their status; the overview prints one block a row. */
const tallied = {
  region: ({region}: Sandbox) => region ?? UNTOLD,
  template: ({templateName, templateId}: Sandbox) => templateName ?? templateId ?? UNTOLD,
  node: ({nodeId}: Sandbox) => nodeId ?? UNTOLD,
  /** Whether it has an end at all. */
  end: ({expiresAt}: Sandbox) => (expiresAt === null ? 'none' : expiresAt === undefined ? UNTOLD : 'timed'),
} as const;

/** Where nothing was told. */
export const UNTOLD = '?';

type TallyName = keyof typeof tallied;

/** How many live ones share a value; kept as events come, never counted anew. Values without anybody are left out. */
export type Tallies = {readonly [K in TallyName]: ImmutableMap<string, number>};

const tallyNames = Object.keys(tallied) as readonly TallyName[];

export type Count = {readonly name: string; readonly count: number};

/** The same tallies when the change moves nobody: most events change a status alone. */
export function talliedAnew(tallies: Tallies, was: Sandbox | undefined, is: Sandbox | undefined): Tallies {
  let next = tallies;
  for (const name of tallyNames) {
    const [before, after] = [was && tallied[name](was), is && tallied[name](is)];
    if (before === after) continue;
    next = {...next, [name]: added(added(next[name], before, -1), after, 1)};
  }
  return next;
}

export function added(counts: ImmutableMap<string, number>, value: string | undefined, by: number) {
  if (value === undefined) return counts;
  const count = (counts.get(value) ?? 0) + by;
  return count > 0 ? counts.set(value, count) : counts.delete(value);
}

/** Most first; ties by name. */
export const mostFirst = (counts: ImmutableMap<string, number>): readonly Count[] =>
  [...counts].map(([name, count]) => ({name, count})).sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
