import {columnOf} from '../model/columns.ts';
import {formatClock} from '../model/format.ts';
import {selectUntoldLives} from '../model/overview.ts';
import {restsOnSamples} from '../model/rotation.ts';
import {listAsOf, selectSampled} from '../model/select.ts';
import {lineOf} from '../model/standing.ts';
import type {State} from '../model/state.ts';
import {wallAt} from '../model/times.ts';
import type {Line, Span} from '../terminal/cells.ts';
import {cellWidth} from '../terminal/text.ts';
import {formatGone} from './header.ts';
import {type Brush, fitLine, formatCount, lineWidth, span, spread} from './paint.ts';
import {paintPromptLine} from './prompt.ts';

/** Filter, how many it lets through, and the sort; or the prompt while it is open. */
export function paintListTitle(state: State, brush: Brush): Line {
  return state.filter.draft === undefined ? paintFilter(state, brush) : paintPrompt(state, state.filter.draft, brush);
}

/** Between the filter and its count, where there is room. */
const WIDE_GAP = '   ';

function paintFilter(state: State, {width, theme}: Brush): Line {
  const dim = theme.styleOf('dim');
  const {text} = state.filter.active;
  const sort = sortLine(state, {width, theme});
  const filter = text === '' ? [] : [span('filter ', dim), span(text, theme.styleOf('accent'))];
  const marked =
    state.marks.size === 0 ? [] : [span(`  ${formatCount(state.marks.size)} marked`, theme.styleOf('accent'))];
  const left = [span(' '), ...filter];
  if (filter.length === 0) return spread([...left, span(countText(state) + lastTouch(state)), ...marked], sort, width);
  const others = lineWidth(sort) + lineWidth(marked) + 1;
  const count = countBeside(state, width - others - lineWidth(left) - 1);
  const room = width - others - cellWidth(count.text);
  const gap = lineWidth([...left, span(WIDE_GAP)]) <= room ? WIDE_GAP : ' ';
  const shown = lineWidth(left) >= room && room > 0 ? fitLine(left, room - 1) : left;
  return spread([...shown, span(gap), count, ...marked], sort, width);
}

/** The filter is worth more than what stands behind the first of the counts: as much of that as leaves the filter whole. */
function countBeside(state: State, room: number): Span {
  const {first, gone, doubt} = countsOf(state);
  const touch = lastTouch(state);
  const texts = [`(${first}${gone}${doubt})${touch}`, `(${first}${gone})${touch}`, `(${first})${touch}`];
  return span(texts.find((text) => cellWidth(text) <= room) ?? `(${first})${touch}`);
}

/** Out of touch, the list is as it was then. */
function lastTouch(state: State): string {
  const asOf = listAsOf(state);
  return asOf === undefined ? '' : ` as of ${formatClock(wallAt(state, asOf))}`;
}

/** A sort or a filter by what only some have says of how many it speaks: the others are last, or not there. */
function sortLine(state: State, {theme}: Brush): Line {
  const {sort} = state;
  return [
    span('  sort ', theme.styleOf('dim')),
    span(`${columnOf(sort.column).header} ${sort.descending ? '↓' : '↑'}`),
    span(basisText(state), theme.styleOf('dim')),
    span(' '),
  ];
}

/** Of how many the order, or the choice, can speak; empty: of all. */
function basisText(state: State): string {
  if (restsOnSamples(state)) {
    const {sampled, running} = selectSampled(state);
    return `, ${formatCount(sampled)} of ${formatCount(running)} sampled`;
  }
  const untold = state.sort.column === 'expires' ? selectUntoldLives(state) : 0;
  return untold === 0 ? '' : `, ${formatCount(state.live - untold)} of ${formatCount(state.live)} told`;
}

/** How many are shown of how many live; `?` until the whole list has been read. The dead are counted apart. */
function countText(state: State): string {
  const {first, gone, doubt} = countsOf(state);
  return `${first}${gone}${doubt}`;
}

type Counts = {readonly first: string; readonly gone: string; readonly doubt: string};

function countsOf(state: State): Counts {
  const {live, listing, filter} = state;
  const {living, gone} = shownOf(state);
  if (listing.phase === 'partial')
    return {first: `${formatCount(living)} of ?, the list is partial`, gone: '', doubt: ''};
  if (filter.active.text !== '' || listing.endedAt === undefined) return sharesOf(state);
  const first = `${formatCount(live)} ${live === 1 ? 'sandbox' : 'sandboxes'}`;
  return {first, gone: goneText(state, gone), doubt: doubtText(state)};
}

function sharesOf(state: State): Counts {
  const {living, gone} = shownOf(state);
  const total = state.listing.endedAt === undefined ? '?' : formatCount(state.live);
  return {first: `${formatCount(living)} of ${total}`, gone: goneText(state, gone), doubt: doubtText(state)};
}

function shareText(state: State): string {
  const {first, gone, doubt} = sharesOf(state);
  return `${first}${gone}${doubt}`;
}

const goneText = (state: State, gone: number) => (gone === 0 ? '' : `, ${formatGone(state, gone)} gone`);

/** Rows that a GET has to decide on, and the requests for them have to wait. */
const doubtText = ({suspects, checking}: State) =>
  suspects.size > checking ? `, ${formatCount(suspects.size)} being checked` : '';

/** Without a filter the dead are all in the list; with one, each is looked for: they are few, whatever the size of the fleet. */
function shownOf(state: State): {readonly living: number; readonly gone: number} {
  const {tombstones, filter} = state;
  const isAll = filter.active.text === '';
  const gone = isAll ? tombstones.length : tombstones.filter((id) => lineOf(state, id) !== undefined).length;
  return {living: state.order.size - gone, gone};
}

function paintPrompt(state: State, draft: string, brush: Brush): Line {
  const {filter} = state;
  const kept = filter.mistake ? `still "${filter.active.text}": ` : '';
  return paintPromptLine(draft, `${kept}${shareText(state)} `, brush);
}
