import type {Colour, Style} from './cells.ts';

/** How a cell looks besides its glyph: a number for colours and attributes together. `PLAIN_PEN` is the terminal's own. */
export type Pen = number;

export const PLAIN_PEN: Pen = 0;

/** SGR parameters of both colours, '' for the terminal's own, and the bits of `attributes`. */
type Look = {readonly foreground: string; readonly background: string; readonly bits: number};

type Attribute = {
  readonly bit: number;
  readonly name: keyof Style | undefined;
  /** SGR parameters that switch it on and off (ECMA-48 8.3.117). */
  readonly on: string;
  readonly off: string;
  /** Whether it is seen on a blank. */
  readonly marksBlanks: boolean;
};

const attributes: readonly Attribute[] = [
  {bit: 1, name: 'bold', on: '1', off: '22', marksBlanks: false},
  {bit: 2, name: 'dim', on: '2', off: '22', marksBlanks: false},
  {bit: 4, name: undefined, on: '3', off: '23', marksBlanks: false},
  {bit: 8, name: 'underline', on: '4', off: '24', marksBlanks: true},
  {bit: 16, name: 'inverse', on: '7', off: '27', marksBlanks: true},
  {bit: 32, name: undefined, on: '9', off: '29', marksBlanks: true},
];

/** SGR foreground parameters of the sixteen colours (ECMA-48 8.3.117; the bright ones are aixterm's). */
const foregrounds: Readonly<Record<Colour, string>> = {
  black: '30',
  red: '31',
  green: '32',
  yellow: '33',
  blue: '34',
  magenta: '35',
  cyan: '36',
  white: '37',
  grey: '90',
  brightRed: '91',
  brightGreen: '92',
  brightYellow: '93',
  brightBlue: '94',
  brightMagenta: '95',
  brightCyan: '96',
  brightWhite: '97',
};

const PLAIN: Look = {foreground: '', background: '', bits: 0};

/** Every look met so far; its place is its pen. They come from our own tables, so they are few. */
const looks: Look[] = [PLAIN];
const pens = new Map<string, Pen>([['||0', PLAIN_PEN]]);
const ofStyle = new WeakMap<Style, Pen>();
const changes = new Map<string, string>();

function penFor(look: Look): Pen {
  const name = `${look.foreground}|${look.background}|${look.bits}`;
  const known = pens.get(name);
  if (known !== undefined) return known;
  looks.push(look);
  pens.set(name, looks.length - 1);
  return looks.length - 1;
}

const lookOf = (pen: Pen): Look => looks[pen] ?? PLAIN;

export function penOf(style: Style): Pen {
  const known = ofStyle.get(style);
  if (known !== undefined) return known;
  const bits = attributes.reduce((sum, {bit, name}) => sum + (name && style[name] ? bit : 0), 0);
  const pen = penFor({foreground: style.colour ? foregrounds[style.colour] : '', background: '', bits});
  ofStyle.set(style, pen);
  return pen;
}

/** The pen after an SGR sequence with these parameters, as Ink and its packages write them. */
export function penAfter(pen: Pen, parameters: string): Pen {
  let look = lookOf(pen);
  const given = parameters.split(/[;:]/);
  for (let index = 0; index < given.length; index += 1) {
    const parameter = given[index] ?? '';
    // 38 and 48 take the colour from the parameters behind them: 5 and a number, or 2 and three of them.
    const taken = parameter === '38' || parameter === '48' ? (given[index + 1] === '5' ? 2 : 4) : 0;
    look = lookAfter(look, parameter, given.slice(index, index + 1 + taken).join(';'));
    index += taken;
  }
  return penFor(look);
}

function lookAfter(look: Look, parameter: string, whole: string): Look {
  const code = Number(parameter);
  if (code === 0) return PLAIN;
  const set = attributes.find(({on}) => on === parameter);
  if (set) return {...look, bits: look.bits | set.bit};
  if (attributes.some(({off}) => off === parameter)) return {...look, bits: look.bits & ~bitsOff(parameter)};
  if ((code >= 30 && code <= 38) || (code >= 90 && code <= 97)) return {...look, foreground: whole};
  if ((code >= 40 && code <= 48) || (code >= 100 && code <= 107)) return {...look, background: whole};
  if (code === 39) return {...look, foreground: ''};
  return code === 49 ? {...look, background: ''} : look;
}

const bitsOff = (parameter: string): number =>
  attributes.reduce((sum, {bit, off}) => sum + (off === parameter ? bit : 0), 0);

/** The shortest SGR sequence from one pen to another; empty when they are the same. */
export function penChange(from: Pen, to: Pen): string {
  if (from === to) return '';
  const name = `${from}>${to}`;
  const known = changes.get(name);
  if (known !== undefined) return known;
  const change = `\u001b[${shortestOf(lookOf(from), lookOf(to))}m`;
  changes.set(name, change);
  return change;
}

function shortestOf(from: Look, to: Look): string {
  const colours = [to.foreground, to.background].filter((colour) => colour !== '');
  const anew = [...attributes.filter(({bit}) => to.bits & bit).map(({on}) => on), ...colours];
  if (anew.length === 0) return '';
  const reset = ['0', ...anew].join(';');
  const delta = differences(from, to).join(';');
  return delta.length <= reset.length ? delta : reset;
}

function differences(from: Look, to: Look): readonly string[] {
  const offs = [...new Set(attributes.filter(({bit}) => from.bits & bit & ~to.bits).map(({off}) => off))];
  const left = from.bits & ~offs.reduce((sum, off) => sum | bitsOff(off), 0);
  const ons = attributes.filter(({bit}) => to.bits & bit & ~left).map(({on}) => on);
  return [
    ...offs,
    ...ons,
    ...(from.foreground === to.foreground ? [] : [to.foreground || '39']),
    ...(from.background === to.background ? [] : [to.background || '49']),
  ];
}

const marksBlanks = attributes.reduce((sum, {bit, marksBlanks: marks}) => sum + (marks ? bit : 0), 0);

/** Of a blank only the background is seen, unless something is drawn on it: the pen that shows no more than that. */
export function blankPen(pen: Pen): Pen {
  const {background, bits} = lookOf(pen);
  if (bits & marksBlanks) return pen;
  return background === '' ? PLAIN_PEN : penFor({foreground: '', background, bits: 0});
}
