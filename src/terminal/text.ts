import stringWidth from 'string-width';
import {carriesMarks, clinging, unshowable} from './hostileCharacters.ts';

/** An id or a name longer than this is nobody's; a log line may have 4,096. */
const USUAL_MOST_CELLS = 512;

/** UTF-16 units looked at, and given back at the most, for each cell asked for: what bounds the work. */
const UNITS_PER_CELL = 4;

/** More marks than this on one letter is an attack on the rows above and below. */
const MOST_MARKS = 2;

const DOTTED_CIRCLE = '\u25cc';
const ELLIPSIS = '…';

const notPrintableAscii = /[^ -~]/;

/** Everything that our own painters draw with, one cell each: no table needs to be asked. */
const notKnownNarrow =
  /[^ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u2193\u2400-\u2421\u2500-\u259f\u25cc\u2800-\u28ff]/;

/** A piece of output that is kept or dropped whole. */
type Piece = {readonly text: string; readonly cells: number};

/**
 * Makes hostile text showable: whatever is not plain text is replaced by something visible, never deleted, since
 * deleting lets two harmless halves join and hides that somebody tried. No escape sequence is parsed or believed.
 *
 * The result has no control character, takes `cellWidth` cells in any terminal, at most `mostCells` of them (cut with
 * `…`), and at most four UTF-16 units a cell; doing it again changes nothing. The work is bounded by `mostCells`.
 */
export function sanitize(text: unknown, mostCells = USUAL_MOST_CELLS): string {
  const whole = typeof text === 'string' ? text : spell(text);
  if (whole.length <= mostCells && !notPrintableAscii.test(whole)) return whole;
  const mostUnits = mostCells * UNITS_PER_CELL;
  const looked = whole.length > mostUnits ? withoutHalf(whole.slice(0, mostUnits)) : whole;
  return joinPieces(piecesOf(looked.toWellFormed(), mostCells, mostUnits), looked.length < whole.length, mostCells);
}

/** Cells the text takes. Code point by code point, as terminals count it that know no clusters; sanitized text only. */
export function cellWidth(text: string): number {
  if (!notKnownNarrow.test(text)) return text.length;
  let cells = 0;
  for (const character of text) cells += characterCells(character);
  return cells;
}

/** Cells of one character: 0 of a mark, 2 of a wide one. */
export const characterCells = (character: string): number =>
  notKnownNarrow.test(character) ? stringWidth(character) : 1;

/** The text in exactly `cells` cells: padded with spaces, or cut with `…`. A wide character is never halved. */
export function fitCells(text: string, cells: number, align: 'left' | 'right' = 'left'): string {
  if (cells <= 0) return '';
  const missing = cells - cellWidth(text);
  if (missing === 0) return text;
  if (missing > 0) return align === 'left' ? text + ' '.repeat(missing) : ' '.repeat(missing) + text;
  const kept = notKnownNarrow.test(text) ? firstCells(text, cells - 1) : text.slice(0, cells - 1);
  return `${kept}${ELLIPSIS}${' '.repeat(cells - 1 - cellWidth(kept))}`;
}

/** The text with everything but printable ASCII spelled out, so that `раypal` cannot pass for `paypal` in a question. */
export function escapeNonAscii(text: string): string {
  return notPrintableAscii.test(text)
    ? [...text].map((character) => (notPrintableAscii.test(character) ? spellCodePoint(character) : character)).join('')
    : text;
}

/** Control characters made visible: C0 and DEL as Control Pictures, C1 as `<9B>`. */
export function replaceControls(text: string): string {
  return hasControls.test(text) ? text.replace(everyControl, spellControl) : text;
}

const hasControls = /\p{Cc}/u;
const everyControl = /\p{Cc}/gu;

function spellControl(character: string): string {
  const code = character.charCodeAt(0);
  if (code === 0x7f) return '\u2421';
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : `<${code.toString(16).toUpperCase()}>`;
}

function spellCodePoint(character: string): string {
  return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;
}

/** A value that was no text. Some objects refuse to become one. */
function spell(value: unknown): string {
  try {
    return String(value);
  } catch {
    return '[object]';
  }
}

/** A cut may fall inside a surrogate pair; the half is no character of the text. */
const withoutHalf = (text: string) => (/[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text);

/** What each character becomes, until the limits are passed by one piece. */
function piecesOf(text: string, mostCells: number, mostUnits: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let cells = 0;
  let units = 0;
  let base = '';
  let marks = '';
  for (const character of text) {
    const isMark = notPrintableAscii.test(character) && clinging.test(character) && !unshowable.test(character);
    const shown = isMark ? showMark(character, base, [...marks].length) : showCharacter(character, base + marks);
    const clings = isMark && shown.endsWith(character);
    base = clings ? base : shown;
    marks = clings ? marks + character : '';
    const piece = {text: shown, cells: cellWidth(shown)};
    pieces.push(piece);
    cells += piece.cells;
    units += shown.length;
    if (cells > mostCells || units > mostUnits) break;
  }
  return pieces;
}

/** `before` is the base before it and its marks: a letter that joins them would be no cell of its own to some. */
function showCharacter(character: string, before: string): string {
  if (!notPrintableAscii.test(character)) return character;
  if (hasControls.test(character)) return spellControl(character);
  return unshowable.test(character) || joins(before, character) ? spellCodePoint(character) : character;
}

/** A mark with a width of its own is a cell to a terminal and none to a program that counts clusters. */
function showMark(mark: string, base: string, marksBefore: number): string {
  if (marksBefore >= MOST_MARKS || stringWidth(mark) > 0) return spellCodePoint(mark);
  return marksBefore === 0 && !carriesMarks.test(base) ? DOTTED_CIRCLE + mark : mark;
}

const graphemes = new Intl.Segmenter();

/** True of the second consonant of an Indic conjunct. */
function joins(before: string, character: string): boolean {
  if (!clinging.test(before.slice(-2))) return false;
  const [first] = graphemes.segment(before + character);
  return first?.segment === before + character;
}

function joinPieces(pieces: readonly Piece[], isCut: boolean, mostCells: number): string {
  const kept = [...pieces];
  let cells = kept.reduce((sum, piece) => sum + piece.cells, 0);
  let units = kept.reduce((sum, piece) => sum + piece.text.length, 0);
  const fits = (spare: number) => cells + spare <= mostCells && units + spare <= mostCells * UNITS_PER_CELL;
  if (!isCut && fits(0)) return kept.map((piece) => piece.text).join('');
  while (kept.length > 0 && !fits(1)) {
    const dropped = kept.pop();
    cells -= dropped?.cells ?? 0;
    units -= dropped?.text.length ?? 0;
  }
  return mostCells < 1 ? '' : kept.map((piece) => piece.text).join('') + ELLIPSIS;
}

function firstCells(text: string, most: number): string {
  let kept = '';
  let cells = 0;
  for (const character of text) {
    cells += characterCells(character);
    if (cells > most) break;
    kept += character;
  }
  return kept;
}
