import type {CellText} from '../model/columns.ts';
import type {Stamp} from '../model/sandbox.ts';
import type {State} from '../model/state.ts';
import type {Line} from '../terminal/cells.ts';
import {labelOfChord} from './chords.ts';
import {type Command, modeOf} from './command.ts';
import {commands} from './commands.ts';
import {placesIn} from './footerPlaces.ts';
import {type Brush, fitLine, lineWidth, span, spread} from './paint.ts';
import type {Theme} from './theme.ts';

/** When what covers the view was opened. */
const coveredSince = ({dialog, plan, form, bulk, templates: {question}}: State): Stamp | undefined =>
  dialog?.openedAt ??
  plan?.openedAt ??
  form?.openedAt ??
  question?.openedAt ??
  (bulk?.isShown ? bulk.startedAt : undefined);

/** The keys that work now, or what needs the user and beside it the keys that fit. */
export function paintFooter(state: State, brush: Brush): Line {
  const {width, theme} = brush;
  const keys = workingKeys(state);
  const need = needOf(state);
  if (!need) return fitLine(keysLine(keys, brush), width);
  const said = [span(` ${need.text}`, theme.styleOf(need.tone))];
  const room = width - lineWidth(said) - 2;
  const beside = room > 0 ? keysLine(keys, {width: room, theme}) : [];
  return beside.length > 0 ? spread(said, [...beside, span(' ')], width) : fitLine(said, width);
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

/** A key in the footer. */
type KeyLabel = {readonly keys: string; readonly label: string; readonly short: string; readonly need: number};

/** Those without a place of their own come after those that have one. */
const UNPLACED = 100;

/** What would do something now, in the order of the table. */
function workingKeys(state: State): readonly KeyLabel[] {
  const mode = modeOf(state);
  const places = placesIn(mode, state);
  const working = commands.filter(
    ({id, modes, inFooter, disabledReason}) =>
      modes.includes(mode) && (places?.[id] ?? inFooter) !== undefined && disabledReason?.(state) === undefined,
  );
  const ids = new Set(working.map(({id}) => id));
  return working
    .filter(({id}) => !ids.has(places?.[id]?.unless ?? ''))
    .map((command) => keyLabelOf(command, places, state));
}

function keyLabelOf(command: Command, places: ReturnType<typeof placesIn>, state: State): KeyLabel {
  const {
    id,
    keys: [key = ''],
    inFooter = 0,
  } = command;
  const place = places?.[id];
  const label = place?.label?.(state) ?? command.labelNow?.(state) ?? command.label;
  return {
    keys: place?.keys ?? labelOfChord(key),
    label,
    short: place?.short ?? label,
    need: place?.need ?? inFooter + (places ? UNPLACED : 0),
  };
}

/** All of them, or all that have a place, with air; else as many as fit closer, and with air again if they do. */
function keysLine(keys: readonly KeyLabel[], {width, theme}: Brush): Line {
  const airy = (shown: readonly KeyLabel[]) => shown.flatMap((key) => keySpans(key.keys, `${key.label} `, theme));
  const close = (shown: readonly KeyLabel[]) => shown.flatMap((key) => keySpans(key.keys, key.short, theme));
  const byNeed = keys.toSorted((a, b) => a.need - b.need);
  const smaller = byNeed.map((_, dropped) => new Set(byNeed.slice(0, byNeed.length - dropped)));
  const kept = smaller.map((set) => keys.filter((key) => set.has(key))).find((set) => lineWidth(close(set)) <= width);
  const lines = [airy(keys), airy(keys.filter(({need}) => need < UNPLACED)), airy(kept ?? []), close(kept ?? [])];
  return lines.find((line) => line.length > 0 && lineWidth(line) <= width) ?? [];
}

const keySpans = (keys: string, label: string, theme: Theme): Line => [
  span(` ${keys}`, theme.styleOf('accent')),
  span(` ${label}`, theme.styleOf('dim')),
];
