/**
 * Where the terminal's cursor is. The column is not known once the last cell of a row was written: a terminal then
 * waits at its end, and what a relative move or an erase does there differs from one terminal to the next.
 */
export type Cursor = {readonly row: number; readonly column: number | undefined};

const ESC = '\u001b';

/** Beyond these a count is shorter than repetition. */
const MOST_FEEDS = 4;
const MOST_BACKSPACES = 4;

/**
 * The fewest bytes that bring the cursor to a cell, in sequences that a VT220 understands (ECMA-48 8.3). From the end of
 * a row only absolute moves and a carriage return are used.
 */
export function cursorMove(from: Cursor, row: number, column: number): string {
  if (from.row === row && from.column === column) return '';
  const vertical = verticalMove(from.row, row);
  const moves = [absoluteMove(row, column), `\r${horizontalMove(0, column)}${vertical}`];
  return shortest(from.column === undefined ? moves : [...moves, horizontalMove(from.column, column) + vertical]);
}

function absoluteMove(row: number, column: number): string {
  if (column > 0) return `${ESC}[${row + 1};${column + 1}H`;
  return row > 0 ? `${ESC}[${row + 1}H` : `${ESC}[H`;
}

/**
 * A vertical tab goes down like a line feed (VT100 User Guide, chapter 3), but no terminal driver makes a return and a
 * feed of it. `ESC M` goes up one.
 */
function verticalMove(from: number, to: number): string {
  if (to === from) return '';
  const absolute = `${ESC}[${to + 1}d`;
  if (to > from) return shortest([absolute, counted(to - from, 'B'), repeated('\v', to - from, MOST_FEEDS)]);
  return shortest([absolute, counted(from - to, 'A'), repeated(`${ESC}M`, from - to, 1)]);
}

function horizontalMove(from: number, to: number): string {
  if (to === from) return '';
  const absolute = `${ESC}[${to + 1}G`;
  if (to > from) return shortest([absolute, counted(to - from, 'C')]);
  return shortest([absolute, counted(from - to, 'D'), repeated('\b', from - to, MOST_BACKSPACES)]);
}

/** CSI with a count, which is left out where it is 1. */
const counted = (count: number, final: string): string => `${ESC}[${count === 1 ? '' : count}${final}`;

const repeated = (move: string, count: number, most: number): string => (count <= most ? move.repeat(count) : '');

/** All of it is ASCII: its length is its bytes. An empty one is no candidate. */
function shortest(moves: readonly string[]): string {
  let best = '';
  for (const move of moves) if (move !== '' && (best === '' || move.length < best.length)) best = move;
  return best;
}
