import {columnOf, type Tone} from '../model/columns.ts';
import {formatSandboxAge, statusTone} from '../model/format.ts';
import {selectLives, selectLoad, selectOldest, selectTally} from '../model/overview.ts';
import {selectSampled} from '../model/select.ts';
import type {State} from '../model/state.ts';
import type {Line} from '../terminal/cells.ts';
import {cellWidth, fitCells} from '../terminal/text.ts';
import {paintBody} from './body.ts';
import {bar} from './braille.ts';
import {type Brush, fitBlock, fitLine, formatCount, joined, rule, span, toned} from './paint.ts';
import type {Regions} from './regions.ts';
import type {Theme} from './theme.ts';

/** A name, how many, and of how many a share is taken. */
type Entry = {readonly name: string; readonly count: number; readonly tone: Tone};

type Block = {
  readonly title: string;
  /** At most so many lines. */
  readonly lines: (state: State, rows: number, brush: Brush) => readonly Line[];
};

/** What stands in the overview, from the top left on. */
const blocks: readonly Block[] = [
  {
    title: 'status',
    lines: tally((state) => selectTally(state, 'status').map((each) => ({...each, tone: statusTone(each.name)}))),
  },
  {title: 'expires', lines: tally(selectLives)},
  {title: 'region', lines: tally((state) => plainly(selectTally(state, 'region')))},
  {title: 'template', lines: tally((state) => plainly(selectTally(state, 'template')))},
  {title: 'node', lines: tally((state) => plainly(selectTally(state, 'node')))},
  {title: 'oldest', lines: paintOldest},
];

const WIDE = 150;
const TWO_COLUMNS = 76;
const GAP_CELLS = 2;
const COUNT_CELLS = 8;
const SHARE_CELLS = 6;
const BAR_CELLS = 12;
/** With less than this beside the numbers a bar would leave the name no room. */
const LEAST_NAME_CELLS = 14;

/** The fleet in numbers, over the whole body of the screen. All that is counted is kept as events come. */
export const paintOverview = (state: State, regions: Regions, theme: Theme): readonly Line[] =>
  paintBody('Overview', regions, theme, (height, brush) => {
    const load = paintLoads(state, brush);
    return [...load, ...paintGrid(state, height - load.length, brush)];
  });

/** Blocks side by side, as many as have room, all of one height. */
function paintGrid(state: State, height: number, {width, theme}: Brush): readonly Line[] {
  const across = width >= WIDE ? 3 : width >= TWO_COLUMNS ? 2 : 1;
  const brush = {width: Math.floor((width - (across - 1) * GAP_CELLS) / across), theme};
  const most = Math.max(1, Math.floor(height / LEAST_ROWS));
  // Where there is no room for all, the first are there.
  const groups = Array.from({length: Math.min(most, Math.ceil(blocks.length / across))}, (_, group) =>
    blocks.slice(group * across, (group + 1) * across),
  );
  const needs = groups.map((group) => Math.max(...group.map(({lines}) => 1 + lines(state, height, brush).length)));
  const heights = rowsOf(needs, height);
  return groups.flatMap((group, index) => {
    const rows = heights[index] ?? LEAST_ROWS;
    const painted = group.map((block) => paintBlock(block, state, rows, brush));
    return Array.from({length: rows}, (_, row) => beside(painted.map((lines) => lines[row] ?? [])));
  });
}

const beside = (parts: readonly Line[]): Line =>
  parts.flatMap((part, index) => (index === 0 ? part : [span(' '.repeat(GAP_CELLS)), ...part]));

/** A title and two lines: with less a block says nothing. */
const LEAST_ROWS = 3;

/** Lines for each row of blocks: the first has what it needs, the others share the rest, the least of them first. */
function rowsOf(needs: readonly number[], height: number): readonly number[] {
  const [first = 0, ...others] = needs;
  const top = Math.max(LEAST_ROWS, Math.min(first, height - LEAST_ROWS * others.length));
  let left = height - top;
  let open = others.length;
  const shares = new Map<number, number>();
  const byNeed = others.map((need, index) => ({need, index})).toSorted((a, b) => a.need - b.need);
  for (const {need, index} of byNeed) {
    const rows = Math.max(LEAST_ROWS, Math.min(need, Math.floor(left / open)));
    shares.set(index, rows);
    left -= rows;
    open -= 1;
  }
  return [top, ...others.map((_, index) => shares.get(index) ?? LEAST_ROWS)];
}

function paintBlock({title, lines}: Block, state: State, rows: number, brush: Brush): readonly Line[] {
  const head = rule([span(title, brush.theme.styleOf('bold'))], brush);
  return fitBlock([head, ...lines(state, rows - 1, brush)], brush.width, rows);
}

const plainly = (counts: readonly {readonly name: string; readonly count: number}[]): readonly Entry[] =>
  counts.map((each) => ({...each, tone: 'plain' as const}));

/** A line each; those that have no line of their own are one line together. */
function tally(entriesOf: (state: State) => readonly Entry[]): Block['lines'] {
  return (state, rows, brush) => {
    const entries = entriesOf(state);
    const shown = entries.length > rows ? entries.slice(0, Math.max(0, rows - 1)) : entries;
    const rest = entries.slice(shown.length);
    const others: readonly Entry[] =
      rest.length === 0
        ? []
        : [
            {
              name: `${formatCount(rest.length)} more`,
              count: rest.reduce((sum, {count}) => sum + count, 0),
              tone: 'dim',
            },
          ];
    return [...shown, ...others].slice(0, rows).map((entry) => paintEntry(entry, state.live, brush));
  };
}

function paintEntry({name, count, tone}: Entry, live: number, {width, theme}: Brush): Line {
  const numbers = COUNT_CELLS + SHARE_CELLS;
  const bar = width - numbers - BAR_CELLS - 3 >= LEAST_NAME_CELLS ? BAR_CELLS : 0;
  const style = theme.styleOf(count === 0 ? 'dim' : tone);
  const share = live === 0 ? 0 : count / live;
  const cells = Math.max(0, width - numbers - (bar === 0 ? 1 : bar + 3));
  return fitLine(
    [
      span(` ${fitCells(name, cells)}`, style),
      span(fitCells(formatCount(count), COUNT_CELLS, 'right'), style),
      span(fitCells(shareText(share, count), SHARE_CELLS, 'right'), theme.styleOf('dim')),
      ...(bar === 0 ? [] : [span('  '), ...barOf(share, bar, theme)]),
    ],
    width,
  );
}

/** Somebody is never nobody. */
const shareText = (share: number, count: number): string =>
  count > 0 && share < 0.005 ? '<1%' : `${Math.round(share * 100)}%`;

function barOf(share: number, cells: number, theme: Theme): Line {
  const {full, rest} = bar(share === 0 ? 0 : Math.max(share * 100, 100 / cells), cells);
  return [span(full, theme.styleOf('accent')), span(rest, theme.styleOf('dim'))];
}

function paintOldest(state: State, rows: number, {width, theme}: Brush): readonly Line[] {
  return selectOldest(state, rows).map((view) => {
    const age = formatSandboxAge(view);
    const status = columnOf('status').cell(view);
    // An id is whole before the status is.
    const cells = Math.max(0, Math.min(width - 10, Math.max(cellWidth(view.row.sandbox.id), width - 22)));
    return fitLine(
      [
        span(` ${fitCells(view.row.sandbox.id, cells)} `),
        toned({...age, text: fitCells(age.text, 7, 'right')}, theme),
        span('  '),
        toned(status, theme),
      ],
      width,
    );
  });
}

/** Of how many it speaks stands before what it says. */
function paintLoads(state: State, {width, theme}: Brush): readonly Line[] {
  const {sampled, running} = selectSampled(state);
  const dim = theme.styleOf('dim');
  const of = span(` ${formatCount(sampled)} of ${formatCount(running)} sampled`, dim);
  const loads = loadNames.flatMap(([what, name]) => {
    const load = selectLoad(state, what);
    if (!load) return [];
    const busiest = width >= WIDE_LOADS ? ` in ${load.busiest}` : '';
    return [span(`${name} ${Math.round(load.average)}% on average, ${Math.round(load.most)}% at most${busiest}`)];
  });
  const said = loads.length === 0 ? [span('their load is not told', dim)] : joined(loads, '   ');
  return [fitLine([of, span(': ', dim), ...said], width)];
}

const loadNames = [
  ['cpu', 'CPU'],
  ['memory', 'MEM'],
] as const;
/** From here on there is room for two ids. */
const WIDE_LOADS = 140;
