import type {Form} from '../model/form.ts';
import {formatAge, formatCountdown} from '../model/format.ts';
import {formatDuration, secondsOf} from '../model/formDuration.ts';
import {fieldsOf, isLastField, textOf} from '../model/formEditing.ts';
import type {FormId} from '../model/formEvents.ts';
import {type FormField, forms} from '../model/formFields.ts';
import {offerOf} from '../model/formOffers.ts';
import {type TimeoutOutlook, timeoutOutlook} from '../model/formTimeout.ts';
import type {State} from '../model/state.ts';
import {serverAt} from '../model/times.ts';
import type {Line} from '../terminal/cells.ts';
import {fitCells} from '../terminal/text.ts';
import {formatMoment} from './moment.ts';
import {type Brush, fitLine, framed, span, wrapWords} from './paint.ts';
import {lastCells} from './prompt.ts';
import {fact, fitting, label, type Part, whereLines} from './question.ts';
import type {Theme} from './theme.ts';

const MOST_CELLS = 66;
const BORDER = 2;
/** The mark of the focused field and a label. */
const HEAD_CELLS = 12;

type Size = {readonly columns: number; readonly rows: number};

const titles: Readonly<Record<FormId, (form: Form) => string>> = {
  timeout: ({ids}) => (ids.length > 1 ? `Set the timeout of ${ids.length} sandboxes` : 'Set the timeout of 1 sandbox'),
  create: () => 'Create a sandbox',
  build: () => 'Build a template',
};

/** The open form as a block of lines, no larger than the screen. No value of a secret field is in it. */
export function paintForm(state: State, form: Form, screen: Size, theme: Theme): readonly Line[] {
  const width = Math.max(1, Math.min(MOST_CELLS, screen.columns - BORDER));
  const brush = {width: width - BORDER, theme};
  const lines = fitting(partsOf(state, form, brush), screen.rows - BORDER);
  const height = Math.min(screen.rows, lines.length + BORDER);
  const title = [span(titles[form.id](form), theme.styleOf('bold'))];
  return framed(lines, {title, focused: true, width, height}, theme);
}

/** What goes first where there is little room; the focused field, what is wrong with it and where it is sent stay. */
function partsOf(state: State, form: Form, brush: Brush): readonly Part[] {
  const fields = fieldsOf(form);
  return [
    {lines: subjectLines(form, brush), goes: 1},
    {lines: whereLines(state.session, brush), goes: 0},
    {lines: [[]], goes: 9},
    ...fields.flatMap((field, index) => fieldParts(state, form, field, index, brush)),
    ...(form.mistake && form.mistake.field === undefined ? [{lines: said(form.mistake.text, brush), goes: 0}] : []),
    ...outlookParts(state, form, brush),
    {lines: [[]], goes: 8},
    {lines: [[span(` ${enterText(form)}`, brush.theme.styleOf('dim'))]], goes: 6},
  ];
}

function subjectLines({id, ids}: Form, {theme, width}: Brush): readonly Line[] {
  if (id !== 'timeout') return [];
  const [first = '', ...more] = ids;
  const text = more.length === 0 ? first : `${first} and ${more.length} more`;
  return [fitLine([...label('sandbox', theme), span(text, theme.styleOf('bold'))], width)];
}

const enterText = (form: Form): string =>
  form.isReading
    ? 'reading…   Esc: cancel'
    : isLastField(form)
      ? `Enter: ${forms[form.id].verb} it   Esc: cancel`
      : 'Enter: the next field   Esc: cancel';

function fieldParts(state: State, form: Form, field: FormField, index: number, brush: Brush): readonly Part[] {
  const isFocused = form.field === index;
  const line = fieldLine(form, field, isFocused, brush);
  const mistake = form.mistake?.field === index ? form.mistake.text : undefined;
  // The further from the focus, the sooner it makes way; what is wrong is not told without the field it is about.
  if (isFocused) {
    const hints = [hintLine(state, field, brush), ...offerLines(state, field, textOf(form, field), brush)];
    const below = mistake === undefined ? {lines: hints, goes: 7} : undefined;
    const told = mistake === undefined ? [] : said(mistake, brush);
    return [{lines: [line, ...told], goes: 0}, ...(below ? [below] : [])];
  }
  if (mistake !== undefined) return [{lines: [line, ...said(mistake, brush)], goes: 2}];
  const doubt = offerOf(state, field, textOf(form, field))?.doubt;
  if (doubt !== undefined) return [{lines: [line, ...said(doubt, brush)], goes: 2}];
  return [{lines: [line], goes: 3 + Math.min(0.9, Math.abs(form.field - index) / 10)}];
}

function fieldLine(form: Form, field: FormField, isFocused: boolean, {width, theme}: Brush): Line {
  const dim = theme.styleOf('dim');
  const head = span(
    `${isFocused ? '>' : ' '}${fitCells(field.label, HEAD_CELLS - 1)}`,
    isFocused ? theme.styleOf('accent') : dim,
  );
  const whole = textOf(form, field);
  const text = field.masked ? field.masked(whole) : whole;
  const room = Math.max(0, width - HEAD_CELLS - 2);
  const cursor = isFocused ? [span(' ', {inverse: true})] : [];
  if (text === '') {
    const meaning = `${isFocused ? ' ' : ''}${field.whenEmpty}`;
    return [head, ...cursor, span(fitCells(meaning, room).trimEnd(), dim)];
  }
  return [
    head,
    span(isFocused ? lastCells(text, room) : (fitLine([span(text)], room)[0]?.text.trimEnd() ?? '')),
    ...cursor,
  ];
}

function hintLine(state: State, {hint, choices}: FormField, {width, theme}: Brush): Line {
  const known = choices?.(state).filter((text) => text !== '').length ?? 0;
  const offer = known > 0 ? `  Left Right: ${known} known` : '';
  const line = `${' '.repeat(HEAD_CELLS)}${hint}`;
  const whole = line.length + offer.length <= width ? `${line}${offer}` : line;
  return fitLine([span(whole, theme.styleOf('dim'))], width);
}

/** The names that are known, as far as they contain what is typed; a text that is none of them is doubted. */
function offerLines(state: State, field: FormField, text: string, {width, theme}: Brush): readonly Line[] {
  const offer = offerOf(state, field, text);
  if (!offer) return [];
  const indent = ' '.repeat(HEAD_CELLS);
  const lines: readonly (readonly [text: string, tone: 'dim' | 'warn'])[] = [
    [offer.names.join('  '), 'dim'],
    [offer.doubt ?? '', 'warn'],
  ];
  return lines
    .filter(([shown]) => shown !== '')
    .map(([shown, tone]) => [
      span(indent),
      span(fitCells(shown, Math.max(1, width - HEAD_CELLS - 1)), theme.styleOf(tone)),
    ]);
}

const said = (text: string, {width, theme}: Brush): readonly Line[] =>
  wrapWords(text, width - 2).map((line) => [span(` ${line}`, theme.styleOf('warn'))]);

/** What would come of it now. */
function outlookParts(state: State, form: Form, brush: Brush): readonly Part[] {
  if (form.id !== 'timeout') return [];
  const outlook = timeoutOutlook(state, form);
  const {theme, width} = brush;
  const rule = 'It counts from now; at its end the sandbox and its disk are DELETED.';
  const ruleLines = wrapWords(rule, width - 2).map((line): Line => [span(` ${line}`)]);
  if (!outlook) return [{lines: ruleLines, goes: 4}];
  const change = changeText(outlook);
  const changeLines = wrapWords(change.text, width - 2).map(
    (line): Line => [span(` ${line}`, theme.styleOf(change.tone))],
  );
  return [
    {lines: [[]], goes: 8},
    {lines: expiryLines(expiryText(state, form, outlook), brush), goes: 0},
    {lines: changeLines, goes: 0},
    {lines: ruleLines, goes: 4},
  ];
}

/** On one line where it fits. */
const expiryLines = (text: string, {width, theme}: Brush): readonly Line[] =>
  fact('expires', wrapWords(text, width - HEAD_CELLS), theme);

/** `14:04:00 (in 01:48) -> 16:02:00`. */
function expiryText(state: State, {ids, values}: Form, {before, after}: TimeoutOutlook): string {
  const then = formatMoment(after, state.wall);
  if (ids.length > 1) return `each ${then} (in ${formatDuration(secondsOf(values.timeout ?? '') ?? 0)})`;
  if (before === undefined) return `? -> ${then}`;
  if (before === null) return `never -> ${then}`;
  return `${formatMoment(before, state.wall)} (in ${formatCountdown(before - serverAt(state, state.now))}) -> ${then}`;
}

function changeText({before, after, change}: TimeoutOutlook): {
  readonly text: string;
  readonly tone: 'good' | 'danger' | 'warn' | 'dim';
} {
  const by = typeof before === 'number' ? formatAge(Math.abs(after - before)) : '';
  const texts = {
    longer: {text: `LONGER: it lives ${by} more.`, tone: 'good'},
    shorter: {text: `SHORTER: it would be deleted ${by} sooner.`, tone: 'danger'},
    same: {text: 'The same as now.', tone: 'dim'},
    first: {text: 'It had no timeout: this gives it an END.', tone: 'danger'},
    unknown: {text: 'What they have now may be longer: the next step says.', tone: 'warn'},
  } as const;
  return texts[change];
}
