import type {CellText} from '../model/columns.ts';
import type {Stamp} from '../model/sandbox.ts';
import type {State} from '../model/state.ts';
import type {Line} from '../terminal/cells.ts';
import {labelOfChord} from './chords.ts';
import {type Command, modeOf} from './command.ts';
import {commands} from './commands.ts';
import {type Brush, fitLine, lineWidth, span, spread} from './paint.ts';

/** When what covers the view was opened. */
const coveredSince = ({dialog, plan, form, bulk, templates: {question}}: State): Stamp | undefined =>
  dialog?.openedAt ??
  plan?.openedAt ??
  form?.openedAt ??
  question?.openedAt ??
  (bulk?.isShown ? bulk.startedAt : undefined);

/** The keys that work now, or what needs the user instead. */
export function paintFooter(state: State, brush: Brush): Line {
  const {width, theme} = brush;
  const need = needOf(state);
  if (!need) return fitLine(keysLine(workingCommands(state), brush), width);
  const {text, tone} = need;
  const keys = keysLine(
    workingCommands(state).filter(({inFooter}) => inFooter === 1),
    brush,
  );
  const said = [span(` ${text}`, theme.styleOf(tone))];
  return lineWidth(said) + lineWidth(keys) < width ? spread(said, [...keys, span(' ')], width) : fitLine(said, width);
}

/** What the user has to know or to do; with an empty list the list says it. */
function needOf(state: State): CellText | undefined {
  const {filter, notice, link, rows, session} = state;
  // The keys of a question are needed more than what was said before it.
  const openedAt = coveredSince(state);
  if (openedAt !== undefined && notice && notice.at <= openedAt) return undefined;
  if (filter.draft !== undefined && filter.mistake) return {text: filter.mistake, tone: 'warn'};
  if (notice || rows.size === 0) return notice;
  const because = link.reason === undefined ? '' : `: ${link.reason}`;
  if (link.phase === 'auth') return {text: `access to ${session.host} denied${because}; q quits`, tone: 'danger'};
  if (link.phase === 'offline')
    return {
      text: `${session.host} cannot be reached, r tries now${because.replace(`${session.host} `, '')}`,
      tone: 'danger',
    };
  return undefined;
}

/** What would do something now, most needed first. */
function workingCommands(state: State): readonly Command[] {
  const mode = modeOf(state);
  return commands.filter(
    ({modes, inFooter, disabledReason}) =>
      modes.includes(mode) && inFooter !== undefined && disabledReason?.(state) === undefined,
  );
}

/** In the order of the table, without those that have to make way. */
function keysLine(working: readonly Command[], brush: Brush): Line {
  const byNeed = working.toSorted((a, b) => (a.inFooter ?? 0) - (b.inFooter ?? 0));
  const counts = Array.from({length: byNeed.length}, (_, dropped) => byNeed.length - dropped);
  for (const count of counts) {
    const kept = new Set(byNeed.slice(0, count));
    const line = working.filter((command) => kept.has(command)).flatMap((command) => keySpans(command, brush));
    if (lineWidth(line) <= brush.width) return line;
  }
  return [];
}

const keySpans = ({keys, label}: Command, {theme}: Brush): Line => [
  span(` ${keys[0] === undefined ? '' : labelOfChord(keys[0])}`, theme.styleOf('accent')),
  span(` ${label} `, theme.styleOf('dim')),
];
