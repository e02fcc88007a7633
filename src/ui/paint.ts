import type {CellText} from '../model/columns.ts';
import type {Line, Span, Style} from '../terminal/cells.ts';
import {cellWidth, fitCells} from '../terminal/text.ts';
import {PLAIN, type Theme} from './theme.ts';

export {formatCount} from '../model/format.ts';

/** What every painter needs besides the state: its width in cells and the look. */
export type Brush = {readonly width: number; readonly theme: Theme};

export const span = (text: string, style: Style = PLAIN): Span => ({text, style});

export const toned = ({text, tone}: CellText, theme: Theme): Span => span(text, theme.styleOf(tone));

/** Cells that a line takes. */
export const lineWidth = (line: Line): number => line.reduce((sum, {text}) => sum + cellWidth(text), 0);

export const blankLine = (width: number): Line => [span(' '.repeat(Math.max(0, width)))];

/** The line in exactly `width` cells: padded in the plain style, or cut with `…`. */
export function fitLine(line: Line, width: number): Line {
  const missing = width - lineWidth(line);
  if (missing === 0) return line;
  if (missing > 0) return [...line, span(' '.repeat(missing))];
  return cutLine(line, Math.max(0, width));
}

function cutLine(line: Line, width: number): Line {
  const kept: Span[] = [];
  let left = width;
  for (const {text, style} of line) {
    const cells = cellWidth(text);
    if (cells >= left) return left > 0 ? [...kept, span(fitCells(`${text}…`, left), style)] : kept;
    kept.push(span(text, style));
    left -= cells;
  }
  return kept;
}

/** One part at each end; when they do not both fit, the left one is cut, and the right one only if it is wider still. */
export function spread(left: Line, right: Line, width: number): Line {
  const rightCells = lineWidth(right);
  if (rightCells >= width) return fitLine(right, width);
  return [...fitLine(left, width - rightCells), ...right];
}

/** The whole line in one style: what makes the cursor's row one bar. */
export const restyle = (line: Line, style: Style): Line => [span(line.map(({text}) => text).join(''), style)];

/** Spans side by side, two cells between each two. */
export const joined = (spans: readonly Span[], gap = '  '): Line =>
  spans.flatMap((each, index) => (index === 0 ? [each] : [span(gap), each]));

/** Exactly `height` lines of exactly `width` cells. */
export function fitBlock(lines: readonly Line[], width: number, height: number): readonly Line[] {
  return Array.from({length: Math.max(0, height)}, (_, row) => fitLine(lines[row] ?? [], width));
}

/** A rule with a title in it: `─ title ──────`. */
export function rule(title: Line, {width, theme}: Brush): Line {
  const dim = theme.styleOf('dim');
  const head = title.length === 0 ? [] : [span('─ ', dim), ...title, span(' ', dim)];
  return fitLine([...head, span('─'.repeat(Math.max(0, width - lineWidth(head))), dim)], width);
}

export type Frame = {
  readonly title: Line;
  readonly right?: Line;
  /** The focused pane's border is in the accent. */
  readonly focused: boolean;
  readonly width: number;
  readonly height: number;
};

/** Lines inside a border, exactly `width` by `height`; a frame too small for a border is given without one. */
export function framed(lines: readonly Line[], frame: Frame, theme: Theme): readonly Line[] {
  const {width, height} = frame;
  if (width < 4 || height < 3) return fitBlock(lines, width, height);
  const border = theme.styleOf(frame.focused ? 'accent' : 'dim');
  const inner = fitBlock(lines, width - 2, height - 2);
  return [
    topBorder(frame, border),
    ...inner.map((line) => [span('│', border), ...line, span('│', border)]),
    [span(`╰${'─'.repeat(width - 2)}╯`, border)],
  ];
}

function topBorder({title, right, width}: Frame, border: Style): Line {
  const tail = right && lineWidth(right) + 8 < width ? [span(' '), ...right, span(' '), span('─╮', border)] : [];
  const end = tail.length > 0 ? tail : [span('─╮', border)];
  const head = fitHead(title, width - lineWidth(end) - 3);
  const line = width - lineWidth(head) - lineWidth(end) - 2;
  return [span('╭─', border), ...head, span('─'.repeat(Math.max(0, line)), border), ...end];
}

function fitHead(title: Line, most: number): Line {
  if (most < 3) return [];
  const padded = [span(' '), ...title, span(' ')];
  return lineWidth(padded) > most ? fitLine(padded, most) : padded;
}

/** Words wrapped into lines of at most `width` cells; a longer word is cut. */
export function wrapWords(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (cellWidth(joined) <= width || line === '') line = joined;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line].map((each) => (cellWidth(each) > width ? fitCells(each, width) : each));
}
