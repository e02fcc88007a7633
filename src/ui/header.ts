import {isUnderWay} from '../model/bulk.ts';
import {MOST_TOMBSTONES} from '../model/dying.ts';
import {formatAge, statusTone} from '../model/format.ts';
import {selectUntoldLives} from '../model/overview.ts';
import {selectCounts, selectExpiringSoon, selectFreshness, selectSampled} from '../model/select.ts';
import type {State} from '../model/state.ts';
import type {Line, Span} from '../terminal/cells.ts';
import {type Brush, fitLine, formatCount, joined, lineWidth, span, spread, toned} from './paint.ts';

const EXPIRING_SOON_MS = 600_000;
/** Below this share of the limit the header counts down to the next window. */
const SCARCE_BUDGET = 0.2;

/** Who is watched, whether the screen is current and what may still be asked; then the fleet in numbers. */
export const paintHeader = (state: State, brush: Brush): readonly Line[] => [
  paintConnection(state, brush),
  paintCounts(state, brush),
];

function paintConnection(state: State, brush: Brush): Line {
  const {width} = brush;
  const budget = budgetSpan(state, brush);
  const freshness = toned(selectFreshness(state), brush.theme);
  const bulk = bulkSpan(state, brush);
  const act = bulk ? [bulk, span('   ')] : [];
  const right = [...act, freshness, ...(budget ? [span('   '), budget] : []), span(' ')];
  const rights: readonly Line[] = [right, [...act, freshness, span(' ')], [freshness, span(' ')]];
  const lefts = [identity(state, brush, 'key'), identity(state, brush, 'host'), identity(state, brush, 'profile')];
  for (const end of rights) {
    const left = lefts.find((each) => lineWidth(each) + 2 + lineWidth(end) <= width);
    if (left) return spread(left, end, width);
  }
  return spread(lefts.at(-1) ?? [], [freshness, span(' ')], width);
}

/** While the ledger of an act on many is closed, how far that is, or that it stands still. */
function bulkSpan({bulk}: State, {theme}: Brush): Span | undefined {
  if (!isUnderWay(bulk) || bulk.isShown) return undefined;
  const {waiting, running, accepted} = bulk.counts;
  const decided = bulk.ids.length - waiting - running - accepted;
  const text = `${bulk.action} ${formatCount(decided)}/${formatCount(bulk.ids.length)}`;
  return bulk.pausedBy === undefined
    ? span(text, theme.styleOf('accent'))
    : span(`${text} stands still`, theme.styleOf('warn'));
}

/** Key and host make way first: the profile says the same in a word. */
function identity({session}: State, {theme}: Brush, upTo: 'key' | 'host' | 'profile'): Line {
  const gap = span('  ');
  const {profile, host, keyId, readonly, demo} = session;
  return [
    span(' '),
    span('hopx-top', theme.styleOf('bold')),
    ...(demo ? [gap, span('DEMO', theme.styleOf('accent'))] : []),
    ...(demo && profile === 'demo' ? [] : [gap, span(profile, theme.styleOf('accent'))]),
    ...(readonly ? [gap, span('READ-ONLY', theme.styleOf('warn'))] : []),
    ...(upTo === 'profile' || host === '' ? [] : [gap, span(host, theme.styleOf('dim'))]),
    ...(upTo === 'key' && keyId !== undefined ? [gap, span(keyId, theme.styleOf('dim'))] : []),
  ];
}

function budgetSpan({budget, now}: State, {theme}: Brush): Span | undefined {
  if (!budget) return undefined;
  const {limit, remaining, resetAt} = budget;
  const text = `budget ${formatCount(remaining)}/${formatCount(limit)}`;
  if (remaining >= limit * SCARCE_BUDGET) return span(text, theme.styleOf('dim'));
  return span(`${text}, resets in ${formatAge(Math.max(0, resetAt - now))}`, theme.styleOf('warn'));
}

const shortStatuses: ReadonlyMap<string, string> = new Map([
  ['running', 'run'],
  ['creating', 'crt'],
  ['paused', 'pau'],
  ['stopped', 'stp'],
  ['error', 'err'],
]);

/** So many of the dead are kept; older ones have made way. */
export const formatGone = ({tombstones}: State, shown = tombstones.length): string =>
  `${formatCount(shown)}${tombstones.length >= MOST_TOMBSTONES ? '+' : ''}`;

type Count = {
  readonly long: string;
  readonly short: string;
  readonly style: Span['style'];
  readonly isZero: boolean;
  /** Where room is short the largest goes first, and whole: half a number would be another number. */
  readonly goes?: number;
};

function paintCounts(state: State, brush: Brush): Line {
  const counts = countsOf(state, brush);
  const told = counts.filter(({isZero}) => !isZero);
  const lines = [
    joined(
      counts.map(({long, style}) => span(long, style)),
      '   ',
    ),
    joined(counts.map(({short, style}) => span(short, style))),
    ...[2, 1, 0].map((goes) =>
      joined(told.filter((count) => (count.goes ?? 0) <= goes).map(({short, style}) => span(short, style))),
    ),
  ].map((line) => [span(' '), ...line]);
  return fitLine(lines.find((line) => lineWidth(line) <= brush.width) ?? lines.at(-1) ?? [], brush.width);
}

/** One unusual status is named; of several only the sum, or they would push out everything else. */
function statusCounts(state: State): ReturnType<typeof selectCounts> {
  const counts = selectCounts(state);
  const unusual = counts.filter(({status}) => !shortStatuses.has(status));
  if (unusual.length <= 1) return counts;
  const other = {status: 'other', count: unusual.reduce((sum, {count}) => sum + count, 0)};
  return [...counts.filter(({status}) => shortStatuses.has(status)), other];
}

function countsOf(state: State, {theme}: Brush): readonly Count[] {
  const dim = theme.styleOf('dim');
  const expiring = selectExpiringSoon(state, EXPIRING_SOON_MS);
  const {sampled, running} = selectSampled(state);
  const untold = selectUntoldLives(state);
  const gone = `gone ${formatGone(state)}`;
  const sampling = `${formatCount(sampled)} of ${formatCount(running)} sampled`;
  return [
    ...statusCounts(state).map(({status, count}) => ({
      long: `${status} ${formatCount(count)}`,
      short: `${shortStatuses.get(status) ?? status.slice(0, 8)} ${formatCount(count)}`,
      style: count === 0 ? dim : theme.styleOf(statusTone(status)),
      isZero: count === 0,
    })),
    {
      long: gone,
      short: gone,
      style: dim,
      isZero: state.tombstones.length === 0,
      goes: 1,
    },
    {
      long: `expiring <10m ${formatCount(expiring)}${untold === 0 ? '' : `, ${formatCount(untold)} not told`}`,
      short: `<10m ${formatCount(expiring)}${untold === 0 ? '' : '+'}`,
      style: expiring === 0 ? dim : theme.styleOf('warn'),
      isZero: expiring === 0 && untold === 0,
    },
    {long: sampling, short: sampling, style: dim, isZero: false, goes: 2},
  ];
}
