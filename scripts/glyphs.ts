/**
 * Block elements, box lines and braille as shapes in a cell of 1 x 1: drawn by a font they leave seams between
 * cells, and another font draws them elsewhere.
 */
export type Shape = {readonly path: string; readonly opacity: number};

type Box = readonly [x: number, y: number, width: number, height: number];

const LINE = 0.06;
const LINE_TALL = 0.12;
const EIGHTH = 1 / 8;

const shades: Readonly<Record<string, number>> = {'░': 0.25, '▒': 0.5, '▓': 0.75};

/** Arms of a box character: up, right, down, left. */
const arms: Readonly<Record<string, readonly [boolean, boolean, boolean, boolean]>> = {
  '─': [false, true, false, true],
  '│': [true, false, true, false],
  '┌': [false, true, true, false],
  '┐': [false, false, true, true],
  '└': [true, true, false, false],
  '┘': [true, false, false, true],
  '├': [true, true, true, false],
  '┤': [true, false, true, true],
  '┬': [false, true, true, true],
  '┴': [true, true, false, true],
  '┼': [true, true, true, true],
  '╭': [false, true, true, false],
  '╮': [false, false, true, true],
  '╰': [true, true, false, false],
  '╯': [true, false, false, true],
};

/** Quarters: upper left, upper right, lower left, lower right. */
const quadrants: Readonly<Record<string, string>> = {
  '▖': '0010',
  '▗': '0001',
  '▘': '1000',
  '▙': '1011',
  '▚': '1001',
  '▛': '1110',
  '▜': '1101',
  '▝': '0100',
  '▞': '0110',
  '▟': '0111',
};

/** Columns and rows of the eight braille dots, by bit. */
const dots = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 0],
  [1, 1],
  [1, 2],
  [0, 3],
  [1, 3],
] as const;

/** What to draw for a character; undefined: it is text. `left` and `top` are the cell's corner, in pixels. */
export function shapeOf(
  character: string,
  left: number,
  top: number,
  size: {width: number; height: number},
): Shape | undefined {
  const boxes = boxesOf(character);
  if (!boxes) return undefined;
  const at = (value: number) => Number(value.toFixed(2));
  const path = boxes.map(
    ([x, y, width, height]) =>
      `M${at(left + x * size.width)} ${at(top + y * size.height)}h${at(width * size.width)}v${at(height * size.height)}h${at(-width * size.width)}z`,
  );
  return {path: path.join(''), opacity: shades[character] ?? 1};
}

function boxesOf(character: string): readonly Box[] | undefined {
  const point = character.codePointAt(0) ?? 0;
  if (point >= 0x2801 && point <= 0x28ff) return brailleBoxes(point - 0x2800);
  if (arms[character]) return lineBoxes(arms[character]);
  if (quadrants[character]) return quadrantBoxes(quadrants[character]);
  if (shades[character]) return [[0, 0, 1, 1]];
  return blockBoxes(point);
}

function brailleBoxes(bits: number): readonly Box[] {
  return dots.flatMap(([column, row], bit): readonly Box[] =>
    (bits >> bit) & 1 ? [[0.14 + column * 0.5, 0.07 + row * 0.25, 0.26, 0.12]] : [],
  );
}

function lineBoxes([up, right, down, left]: readonly [boolean, boolean, boolean, boolean]): readonly Box[] {
  const x = 0.5 - LINE_TALL / 2;
  const y = 0.5 - LINE / 2;
  const boxes: readonly (readonly [boolean, Box])[] = [
    [up, [x, 0, LINE_TALL, 0.5 + LINE / 2]],
    [down, [x, y, LINE_TALL, 0.5 + LINE / 2]],
    [left, [0, y, 0.5 + LINE_TALL / 2, LINE]],
    [right, [x, y, 0.5 + LINE_TALL / 2, LINE]],
  ];
  return boxes.flatMap(([isDrawn, box]) => (isDrawn ? [box] : []));
}

function quadrantBoxes(quarters: string): readonly Box[] {
  return [...quarters].flatMap((is, index): readonly Box[] =>
    is === '1' ? [[(index % 2) / 2, index < 2 ? 0 : 0.5, 0.5, 0.5]] : [],
  );
}

function blockBoxes(point: number): readonly Box[] | undefined {
  if (point === 0x2580) return [[0, 0, 1, 0.5]];
  if (point >= 0x2581 && point <= 0x2588) {
    const height = (point - 0x2580) * EIGHTH;
    return [[0, 1 - height, 1, height]];
  }
  if (point >= 0x2589 && point <= 0x258f) return [[0, 0, (0x2590 - point) * EIGHTH, 1]];
  if (point === 0x2590) return [[0.5, 0, 0.5, 1]];
  if (point === 0x2594) return [[0, 0, 1, EIGHTH]];
  return point === 0x2595 ? [[1 - EIGHTH, 0, EIGHTH, 1]] : undefined;
}
