import type {Cell} from './screen.ts';

/** How a terminal writes the next character: SGR parameters of both colours, '' for its own, and the attributes on. */
export type Pen = {
  readonly colour: string;
  readonly background: string;
  readonly attributes: readonly Attribute[];
};

/** Parameters of SGR (ECMA-48 8.3.117). Bold and dim share the one that turns both off. */
const attributes = {
  bold: {on: '1', off: '22'},
  dim: {on: '2', off: '22'},
  underline: {on: '4', off: '24'},
  inverse: {on: '7', off: '27'},
} as const;

type Attribute = keyof typeof attributes;

const names: readonly Attribute[] = ['bold', 'dim', 'underline', 'inverse'];

/** What shows where there is no character. */
const onBlank: readonly Attribute[] = ['underline', 'inverse'];

export const PLAIN: Pen = {colour: '', background: '', attributes: []};

/** The pen of what was erased while this one was in use: terminals fill with the background and nothing else. */
export const erased = ({background}: Pen): Pen => (background === '' ? PLAIN : {...PLAIN, background});

export const penOf = (cell: Cell): Pen => ({
  colour: parameterOf(cell.colour, 30, 90),
  background: parameterOf(cell.background, 40, 100),
  attributes: names.filter((name) => cell[name]),
});

/** Of the sixteen, of the palette, else of one's own. */
function parameterOf(colour: number | undefined, first: number, firstBright: number): string {
  if (colour === undefined) return '';
  if (colour < 8) return String(first + colour);
  if (colour < 16) return String(firstBright + colour - 8);
  if (colour < 256) return `${first + 8};5;${colour}`;
  return `${first + 8};2;${colour >> 16};${(colour >> 8) & 255};${colour & 255}`;
}

export const showsOnBlank = (pen: Pen): boolean => pen.attributes.some((name) => onBlank.includes(name));

/** This pen without what would show on a blank, on that background. */
export const forBlank = ({colour, attributes: on}: Pen, background: string): Pen => ({
  colour,
  background,
  attributes: on.filter((name) => !onBlank.includes(name)),
});

export const isSamePen = (one: Pen, other: Pen): boolean =>
  one === other || (isSameColours(one, other) && isSameSet(one.attributes, other.attributes));

const isSameColours = (one: Pen, other: Pen): boolean =>
  one.colour === other.colour && one.background === other.background;

/** Attributes of a pen are always in the order of the table. */
const isSameSet = (one: readonly Attribute[], other: readonly Attribute[]): boolean =>
  one.length === other.length && one.every((name, index) => name === other[index]);

/** The shortest sequence from one pen to another: a reset and all that is on, or only what differs. */
export function penChange(from: Pen, to: Pen): string {
  if (isSamePen(from, to)) return '';
  const whole = [...to.attributes.map((name) => attributes[name].on), to.colour, to.background].filter(Boolean);
  if (whole.length === 0) return sgr([]);
  return shorter(sgr(['0', ...whole]), sgr(differences(from, to)));
}

function differences(from: Pen, to: Pen): readonly string[] {
  const off = new Set(
    from.attributes.filter((name) => !to.attributes.includes(name)).map((name) => attributes[name].off),
  );
  const on = to.attributes.filter((name) => !from.attributes.includes(name) || off.has(attributes[name].off));
  return [
    ...off,
    ...on.map((name) => attributes[name].on),
    ...(from.colour === to.colour ? [] : [to.colour || '39']),
    ...(from.background === to.background ? [] : [to.background || '49']),
  ];
}

const sgr = (parameters: readonly string[]): string => `\u001b[${parameters.join(';')}m`;

export const shorter = (one: string, other: string): string => (other.length < one.length ? other : one);
