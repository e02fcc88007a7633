import type {Cell} from '../test/support/screen.ts';
import {shapeOf} from './glyphs.ts';

const SIZE = {width: 9, height: 18};
const FONT_PIXELS = 15;
const BASELINE = 14;
const MARGIN = 10;
const BACKGROUND = '#101418';
const FOREGROUND = '#d3d7de';

/** A terminal's sixteen colours, for a dark background. */
const palette = [
  '#3b4048',
  '#e0626c',
  '#83bd6c',
  '#d9a94e',
  '#5f9fe0',
  '#bb7fd6',
  '#4fb3bf',
  '#c5cad3',
  '#7d8590',
  '#ff7f88',
  '#9ddb85',
  '#f2c55c',
  '#82b9f5',
  '#d69aef',
  '#6fd3df',
  '#ffffff',
] as const;

/** Cells side by side that look alike. */
type Run = {readonly x: number; readonly cells: readonly Cell[]; readonly shapes: boolean};

const escapes: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};
const escapeXml = (text: string) => text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);

const at = (value: number) => String(Number(value.toFixed(2)));

/** A screen as a picture: text as text, so that it can be read and compared; lines and blocks as shapes. */
export function drawSvg(rows: readonly (readonly Cell[])[], title: string): string {
  const columns = rows[0]?.length ?? 0;
  const width = at(columns * SIZE.width + 2 * MARGIN);
  const height = at(rows.length * SIZE.height + 2 * MARGIN);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<style>text{font:${FONT_PIXELS}px "DejaVu Sans Mono",Menlo,Consolas,monospace;white-space:pre}rect,path{shape-rendering:crispEdges}</style>`,
    `<rect width="100%" height="100%" rx="6" fill="${BACKGROUND}"/>`,
    ...rows.flatMap((cells, y) => runsOf(cells).flatMap((run) => drawRun(run, y))),
    '</svg>',
    '',
  ].join('\n');
}

function lookOf({colour, background, bold, dim, inverse, underline}: Cell): string {
  return JSON.stringify([colour, background, bold, dim, inverse, underline]);
}

const isShape = ({text}: Cell) => text !== '' && shapeOf(text, 0, 0, SIZE) !== undefined;

function runsOf(cells: readonly Cell[]): readonly Run[] {
  const runs: {x: number; cells: Cell[]; shapes: boolean}[] = [];
  cells.forEach((cell, x) => {
    const last = runs.at(-1);
    const before = last?.cells[0];
    const shapes = isShape(cell);
    // The second half of a wide character has no text and belongs to the first.
    if (last && before && lookOf(before) === lookOf(cell) && (last.shapes === shapes || cell.width === 0))
      last.cells.push(cell);
    else runs.push({x, cells: [cell], shapes});
  });
  return runs;
}

function drawRun(run: Run, y: number): readonly string[] {
  const [first] = run.cells;
  if (!first) return [];
  const own = first.colour === undefined ? FOREGROUND : (palette[first.colour] ?? FOREGROUND);
  const behind = first.background === undefined ? BACKGROUND : (palette[first.background] ?? BACKGROUND);
  const [ink, paper] = first.inverse ? [behind, own] : [own, behind];
  const left = MARGIN + run.x * SIZE.width;
  const top = MARGIN + y * SIZE.height;
  const width = run.cells.length * SIZE.width;
  const paperRect = `<rect x="${at(left)}" y="${at(top)}" width="${at(width)}" height="${at(SIZE.height)}" fill="${paper}"/>`;
  const drawn = run.shapes ? drawShapes(run, left, top, ink, first.dim) : drawText(run, left, top, ink);
  return [...(paper === BACKGROUND ? [] : [paperRect]), ...drawn];
}

function drawShapes(run: Run, left: number, top: number, ink: string, isDim: boolean): readonly string[] {
  const paths = new Map<number, string>();
  run.cells.forEach(({text}, index) => {
    const shape = shapeOf(text, left + index * SIZE.width, top, SIZE);
    if (shape) paths.set(shape.opacity, (paths.get(shape.opacity) ?? '') + shape.path);
  });
  return [...paths].map(
    ([opacity, path]) => `<path fill="${ink}"${opacityOf(opacity * (isDim ? DIM : 1))} d="${path}"/>`,
  );
}

const DIM = 0.6;
const opacityOf = (opacity: number) => (opacity === 1 ? '' : ` opacity="${at(opacity)}"`);

function drawText(run: Run, left: number, top: number, ink: string): readonly string[] {
  const [first] = run.cells;
  const weight = first?.bold ? ' font-weight="bold"' : '';
  const line = first?.underline ? ' text-decoration="underline"' : '';
  const look = `fill="${ink}"${weight}${line}${opacityOf(first?.dim ? DIM : 1)}`;
  return wordsOf(run).map(({text, x, cells}) => {
    const place = `x="${at(left + x * SIZE.width)}" y="${at(top + BASELINE)}" textLength="${at(cells * SIZE.width)}"`;
    return `<text ${place} ${look}>${escapeXml(text)}</text>`;
  });
}

/** Text between gaps of two blanks and more, which some programs that draw SVG would close. */
function wordsOf(run: Run): readonly {readonly text: string; readonly x: number; readonly cells: number}[] {
  const words: {text: string; x: number; cells: number}[] = [];
  let gap = Number.POSITIVE_INFINITY;
  run.cells.forEach((cell, x) => {
    const blank = cell.text.trim() === '' && cell.width > 0;
    const last = words.at(-1);
    if (blank) gap += 1;
    else if (last && gap < 2) {
      last.text += ' '.repeat(gap) + cell.text;
      last.cells = x + 1 - last.x;
      gap = 0;
    } else {
      words.push({text: cell.text, x, cells: 1});
      gap = 0;
    }
  });
  return words;
}
