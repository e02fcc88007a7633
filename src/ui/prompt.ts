import type {Line, Span} from '../terminal/cells.ts';
import {cellWidth} from '../terminal/text.ts';
import {type Brush, lineWidth, span, spread} from './paint.ts';

/** Less than this for what is typed, and what stands at the right makes way. */
const LEAST_ROOM = 16;

/** A prompt that is open. The end of a long text is what is being typed, so that end is shown. */
export function paintPromptLine(draft: string, right: string, {width, theme}: Brush): Line {
  const said = span(right, theme.styleOf('dim'));
  const end: readonly Span[] = cellWidth(said.text) + LEAST_ROOM <= width ? [span('  '), said] : [];
  const room = width - lineWidth(end) - 3;
  const left = [
    span(' /', theme.styleOf('accent')),
    span(lastCells(draft, Math.max(0, room))),
    span(' ', {inverse: true}),
  ];
  return spread(left, end, width);
}

/** The end of a text, in at most so many cells. */
export function lastCells(text: string, most: number): string {
  let kept = '';
  let cells = 0;
  for (const character of [...text].toReversed()) {
    cells += cellWidth(character);
    if (cells > most) break;
    kept = character + kept;
  }
  return kept;
}
