import {type HeldRecord, type RecordText, recordInFocus, unreadableReason} from '../model/focus.ts';
import {formatClock} from '../model/format.ts';
import type {State} from '../model/state.ts';
import type {Line} from '../terminal/cells.ts';
import type {FocusPage} from './focusPage.ts';
import {lastAnswer} from './lastAnswer.ts';
import {type Brush, fitLine, span} from './paint.ts';
import {wrapCells} from './wrapCells.ts';

/** The name of a field and what follows it. */
const field = /^(\s*)("(?:[^"\\]|\\.)*")(:.*)$/;

/** The record of the sandbox in focus as the server answered, in lines of `width` cells. */
export function recordPage(state: State, width: number): FocusPage {
  const record = recordInFocus(state);
  const whole = laidOut(record?.text, width);
  return {
    about: (brush) => paintAbout(record, state, brush),
    size: whole.length,
    added: 0,
    paint: (line, brush) => paintJson(whole[line] ?? '', brush),
  };
}

const CUT = '… cut here: 64 KiB or 2,000 lines are shown';

/** Thousands of lines are wrapped once, not with every frame and every key. */
const laidOut = lastAnswer((text: RecordText | undefined, width: number): readonly string[] => {
  const {lines = [], isCut = false} = text ?? {};
  const shown = lines.flatMap((line) => wrapCells(line, Math.max(1, width - 1)));
  return isCut ? [...shown, CUT] : shown;
});

/** What the lines are, and how old. */
function paintAbout(record: HeldRecord | undefined, state: State, {theme}: Brush): Line {
  const dim = theme.styleOf('dim');
  const reason = unreadableReason(state);
  const read = record?.asOf === undefined ? [] : [span(` ${asOfText(record.asOf, state)}`, dim)];
  if (reason !== undefined) return [...read, span(` ${reason}`, theme.styleOf('warn'))];
  if (record?.failure) return [...read, ...failureLine(record.failure, state, theme.styleOf('warn'))];
  if (read.length > 0) return [...read, span('   r re-reads it   secrets are left out', dim)];
  return [span(` ${waitingText(state)}`, dim)];
}

const asOfText = (asOf: number, {wall, now}: State): string => `as of ${formatClock(wall - (now - asOf))}`;

function failureLine(
  {at, message}: NonNullable<HeldRecord['failure']>,
  {wall, now}: State,
  style: Line[0]['style'],
): Line {
  return [span(` not read at ${formatClock(wall - (now - at))}: ${message}`, style)];
}

function waitingText({link}: State): string {
  if (link.phase === 'auth') return 'not read: access is denied';
  return link.phase === 'offline' ? 'not read: the server cannot be reached; r tries now' : 'reading the record…';
}

/** Names stand out from what they are names of. */
function paintJson(line: string, {width, theme}: Brush): Line {
  const [, indent, name, rest] = field.exec(line) ?? [];
  if (indent === undefined || name === undefined || rest === undefined) return fitLine([span(` ${line}`)], width);
  return fitLine([span(` ${indent}`), span(name, theme.styleOf('busy')), span(rest)], width);
}
