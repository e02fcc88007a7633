import {parseDuration} from './duration.ts';
import {type Counted, type FieldKind, type FilterField, filterFields} from './fields.ts';
import type {Millis} from './sandbox.ts';
import type {RowView} from './view.ts';

type Operator = '=' | '!=' | '<' | '>' | '<=' | '>=';

type Word = {readonly kind: 'word'; readonly word: string};

type Comparison = {
  readonly kind: 'comparison';
  readonly field: FilterField;
  readonly operator: Operator;
  /** null is the word `none`. */
  readonly wanted: string | number | null;
  /** The value ended in `*`: whatever begins with it. */
  readonly isPrefix: boolean;
};

export type Turn = Counted & {readonly afterMs: Millis};

export type Filter = {
  /** As it was typed. */
  readonly text: string;
  /** All of them must hold. */
  readonly terms: readonly (Word | Comparison)[];
  /** What makes rows match, or not, while nothing but time passes: so long since, or until, a moment. */
  readonly turns: readonly Turn[];
  /** The last value is still being typed and matches as a beginning. */
  readonly isLoose: boolean;
};

/** One sentence: what is wrong, where, and what to write. */
type Mistake = {readonly mistake: string};

type Token = {readonly text: string /** Character of the whole text, from 1. */; readonly at: number};

export const noFilter: Filter = {text: '', terms: [], turns: [], isLoose: false};

/**
 * Reads terms joined by spaces or by `and`: a bare word, or a field, a sign and a value. A value with spaces stands in
 * double quotes; one that ends in `*` is a beginning; a duration is such as 90s, 10m, 1h30m, 2d or 1w. Upper and
 * lower case are the same.
 */
export function parseFilter(text: string): {readonly filter: Filter} | Mistake {
  const quotes = [...text.matchAll(/"/g)];
  const open = quotes.length % 2 === 1 ? quotes.at(-1) : undefined;
  if (open) return {mistake: `The quote at character ${open.index + 1} is never closed: add a " where the text ends.`};
  const terms: (Word | Comparison)[] = [];
  for (const match of text.matchAll(/(?:"[^"]*"|[^\s"])+/g)) {
    if (match[0].toLowerCase() === 'and') continue;
    const term = termOf({text: match[0], at: match.index + 1});
    if ('mistake' in term) return term;
    terms.push(term);
  }
  return {filter: {text, terms, turns: terms.flatMap(turnsOf), isLoose: false}};
}

/** The filter while its text is typed: `status=ru` lets `running` through already, so that the list does not blink. */
export function asTyped(filter: Filter): Filter {
  const last = filter.terms.at(-1);
  const isTyped = last?.kind === 'comparison' && last.operator === '=' && typeof last.wanted === 'string';
  if (!isTyped || /[\s"*]$/.test(filter.text)) return filter;
  return {...filter, terms: [...filter.terms.slice(0, -1), {...last, isPrefix: true}], isLoose: true};
}

/**
 * Whether all terms hold. What is not told is unknown, and unknown is not none: a comparison with it is false, `!=`
 * too. `none` is neither longer nor shorter than a duration. A gone sandbox matches on what was last known of it.
 */
export const matchesFilter = (filter: Filter, view: RowView): boolean =>
  filter.terms.every((term) => (term.kind === 'word' ? hasWord(term, view) : holds(term, view)));

const wordFields = filterFields.filter((field) => field.inWords);

function hasWord({word}: Word, view: RowView): boolean {
  return wordFields.some((field) => folded(field.read(view)).includes(word));
}

function holds({field, operator, wanted, isPrefix}: Comparison, view: RowView): boolean {
  const known = field.read(view);
  if (known === undefined) return false;
  if (wanted === null) return (known === null) === (operator === '=');
  if (typeof wanted === 'number') return isNumber(known) ? comparisons[operator](known, wanted) : operator === '!=';
  const text = folded(known);
  return (isPrefix ? text.startsWith(wanted) : text === wanted) === (operator === '=');
}

const isNumber = (known: string | number | null): known is number => typeof known === 'number';

const comparisons: {readonly [O in Operator]: (known: number, wanted: number) => boolean} = {
  '=': (known, wanted) => known === wanted,
  '!=': (known, wanted) => known !== wanted,
  '<': (known, wanted) => known < wanted,
  '>': (known, wanted) => known > wanted,
  '<=': (known, wanted) => known <= wanted,
  '>=': (known, wanted) => known >= wanted,
};

const folded = (text: string | number | null | undefined): string => String(text ?? '').toLowerCase();

function turnsOf(term: Word | Comparison): readonly Turn[] {
  if (term.kind === 'word' || !term.field.counts || typeof term.wanted !== 'number') return [];
  return [{...term.field.counts, afterMs: term.wanted}];
}

const byName = new Map(filterFields.flatMap((field) => [field.name, ...field.aliases].map((name) => [name, field])));

/** What stands before the first sign, the sign, and the rest; a sign in quotes is text. */
const COMPARISON = /^([^"=!<>]*)(!=|<=|>=|=|<|>)(.*)$/s;

function termOf({text, at}: Token): Word | Comparison | Mistake {
  const [, name, sign, value] = COMPARISON.exec(text) ?? [];
  if (name === undefined || value === undefined || !isOperator(sign)) return {kind: 'word', word: folded(plain(text))};
  const where = `(character ${at})`;
  if (name === '') return {mistake: `Put a field right before "${sign}" ${where}, without a space: status=running.`};
  const field = byName.get(name.toLowerCase());
  if (field) return comparisonOf(field, sign, `${name}${sign}`, {text: value, at: at + name.length + sign.length});
  const names = filterFields.map((known) => known.name).join(', ');
  return {mistake: `There is no field "${name}" ${where}: use one of ${names}, or put the word in quotes.`};
}

function comparisonOf(field: FilterField, operator: Operator, asked: string, {text, at}: Token): Comparison | Mistake {
  if (text === '') return {mistake: `Put a value right after "${asked}" (character ${at}): ${field.example}.`};
  const {reads, operators, expects} = kinds[field.kind];
  const wanted = reads(text);
  if (wanted === undefined) return {mistake: `"${plain(text)}" (character ${at}) is not ${expects}.`};
  const allowed = wanted === null ? EQUALITY : operators;
  if (allowed.includes(operator)) {
    return {kind: 'comparison', field, operator, wanted, isPrefix: typeof wanted === 'string' && text.endsWith('*')};
  }
  const between = `put one of ${allowed.join(' ')} between ${field.name} and ${plain(text)}`;
  return {mistake: `"${asked}${plain(text)}" (character ${at - asked.length}) has no answer: ${between}.`};
}

const EQUALITY: readonly Operator[] = ['=', '!='];
const INEQUALITY: readonly Operator[] = ['<', '>', '<=', '>='];

type Kind = {
  /** undefined: cannot be read; null: none. */
  readonly reads: (text: string) => string | number | null | undefined;
  readonly operators: readonly Operator[];
  /** Completes "this is not …". */
  readonly expects: string;
};

const DURATION_EXPECTED = 'a duration: write a number and s, m, h, d or w, such as 90s, 10m, 1h30m or 2d';

const kinds: {readonly [K in FieldKind]: Kind} = {
  text: {reads: textOf, operators: EQUALITY, expects: 'a text'},
  number: {reads: numberOf, operators: [...EQUALITY, ...INEQUALITY], expects: 'a number: write digits, such as 80'},
  duration: {reads: durationOf, operators: [...EQUALITY, ...INEQUALITY], expects: `${DURATION_EXPECTED}, or none`},
  moving: {reads: durationOf, operators: INEQUALITY, expects: DURATION_EXPECTED},
};

const isOperator = (text: string | undefined): text is Operator => text !== undefined && text in comparisons;

const plain = (text: string): string => text.replaceAll('"', '');

function textOf(text: string): string {
  const value = folded(plain(text));
  return text.endsWith('*') ? value.slice(0, -1) : value;
}

function numberOf(text: string): number | undefined {
  return /^\d+(?:\.\d+)?%?$/.test(text) ? Number.parseFloat(text) : undefined;
}

function durationOf(text: string): number | null | undefined {
  const value = plain(text);
  return value.toLowerCase() === 'none' ? null : parseDuration(value);
}
