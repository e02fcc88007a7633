import type {Event} from '../model/event.ts';
import {READ_ONLY} from '../model/refusal.ts';
import type {Stamp} from '../model/sandbox.ts';
import type {State} from '../model/state.ts';
import {windowTop} from '../model/templateCursor.ts';
import {views} from '../model/views.ts';
import type {Line} from '../terminal/cells.ts';
import {fitCells} from '../terminal/text.ts';
import {labelOfChord} from './chords.ts';
import {type Command, type Mode, modeOfView} from './command.ts';
import {editingCommands} from './editingCommands.ts';
import {fitLine, framed, restyle, span} from './paint.ts';
import {lastCells} from './prompt.ts';
import {type Spoken, spokenCommands} from './spoken.ts';
import type {Theme} from './theme.ts';

/** A line of the palette: something that can be done, or why it cannot. */
export type Choice = {
  /** What Tab completes to. */
  readonly name: string;
  /** The key that does the same, or what has to follow the name. */
  readonly beside: string;
  /** Something may follow the name. */
  readonly takesArgument: boolean;
  readonly description: string;
  readonly reason: string | undefined;
  /** Undefined: the argument is missing. */
  readonly event: ((at: Stamp) => Event | undefined) | undefined;
};

type Candidate = Choice & {readonly rank: number};

/** It is open already; and Ctrl-C is more than its row: it tells the shell. */
const isLeftOut: ReadonlySet<string> = new Set(['palette', 'interrupt']);

const PALETTE: readonly Mode[] = ['palette'];

/** What matches the text of the palette, best first. */
export function choicesOf(state: State, commands: readonly Command[]): readonly Choice[] {
  const under = {...state, overlay: undefined};
  const text = state.palette.trimStart();
  const spoken = spokenWith(text);
  if (spoken) return [choiceOfSpoken(spoken, under, text.slice(spoken.name.length).trim(), 0)];
  const query = text.trim().toLowerCase();
  const candidates = [...keyed(under, commands, query), ...typed(under, query)];
  const found = candidates.filter(({rank}) => rank < NO_MATCH).toSorted((a, b) => a.rank - b.rank);
  return found.length > 0 || query === '' ? found : elsewhere(under, commands, query);
}

/** Keys of that name that another view has, each said to be of that one. */
function elsewhere(state: State, commands: readonly Command[], query: string): readonly Choice[] {
  return commands.flatMap((command) => {
    const view = views.find(({id}) => command.modes.includes(modeOfView[id]));
    if (!view || isLeftOut.has(command.id) || !isOffered(state, command.group === 'Act')) return [];
    if (!command.label.toLowerCase().startsWith(query)) return [];
    return [choiceOfKey(state, command, `a key of ${view.key} ${view.label}`)];
  });
}

const isOffered = ({session}: State, isAct: boolean): boolean => !(isAct && session.readonly);

/** The command whose name is written out, with a space after it: the rest is its argument. */
const spokenWith = (text: string): Spoken | undefined =>
  spokenCommands.find(({name, argument}) => argument !== undefined && text.startsWith(`${name} `));

function keyed(state: State, commands: readonly Command[], query: string): readonly Candidate[] {
  return commands
    .filter(
      ({id, group, modes}) =>
        !isLeftOut.has(id) && modes.includes(modeOfView[state.view]) && isOffered(state, group === 'Act'),
    )
    .map((command) => ({
      ...choiceOfKey(state, command, command.disabledReason?.(state)),
      rank: rankOf(query, command.label, command.description) + (command.group === 'Move' ? 0.5 : 0),
    }));
}

const choiceOfKey = (state: State, command: Command, reason: string | undefined): Choice => ({
  name: command.label,
  beside: command.keys.slice(0, 2).map(labelOfChord).join(' '),
  takesArgument: false,
  description: command.description === command.label ? '' : command.description,
  reason,
  event: (at: Stamp) => command.event(state, at),
});

const typed = (state: State, query: string): readonly Candidate[] =>
  spokenCommands
    .filter(({isAct = false}) => isOffered(state, isAct))
    .map((spoken) => choiceOfSpoken(spoken, state, '', rankOf(query, spoken.name, spoken.description)));

function choiceOfSpoken(spoken: Spoken, state: State, argument: string, rank: number): Candidate {
  const {name, argument: shown, description} = spoken;
  const isMissing = shown !== undefined && !shown.startsWith('[') && argument === '';
  const readonlyReason = isOffered(state, spoken.isAct ?? false) ? undefined : READ_ONLY;
  return {
    name,
    beside: shown ?? '',
    takesArgument: shown !== undefined,
    description,
    reason: readonlyReason ?? spoken.disabledReason?.(state) ?? spoken.mistake?.(argument),
    event: isMissing ? undefined : (at) => spoken.event(state, argument, at),
    rank,
  };
}

const NO_MATCH = 100;

/** How well a query fits, 0 best: the name, its beginning, a word of it, a part, its letters in order; then what it does. */
function rankOf(query: string, name: string, description: string): number {
  const [called, does] = [name.toLowerCase(), description.toLowerCase()];
  if (called === query) return 0;
  if (called.startsWith(query)) return 1;
  if (called.includes(` ${query}`)) return 2;
  if (called.includes(query)) return 3;
  if (isSpread(query, called)) return 4;
  if (does.includes(query)) return 5;
  return NO_MATCH;
}

/** Its letters, in order, with others between them. */
function isSpread(query: string, text: string): boolean {
  let place = -1;
  for (const letter of query) {
    place = text.indexOf(letter, place + 1);
    if (place < 0) return false;
  }
  return true;
}

/** Keys of the palette; `all` gives every command of the program. */
export function paletteCommands(all: () => readonly Command[]): readonly Command[] {
  const chosen = (state: State) => choicesOf(state, all())[state.overlay?.index ?? 0];
  return [
    row('paletteClose', ['escape'], 'close', 'close: nothing is done', (_, at) => ({type: 'overlay.closed', at}), 1),
    row('paletteRun', ['enter'], 'run', 'run what is chosen', (state, at) => ran(chosen(state), state, at), 2),
    row('paletteComplete', ['tab'], 'complete', 'write its name out', (state, at) => completed(chosen(state), at), 3),
    row('paletteUp', ['up'], 'up', 'to the one before', ({overlay}, at) =>
      (overlay?.index ?? 0) > 0 ? {type: 'overlay.moved', at, by: -1} : undefined,
    ),
    row('paletteDown', ['down'], 'down', 'to the next', (state, at) =>
      (state.overlay?.index ?? 0) + 1 < choicesOf(state, all()).length ? {type: 'overlay.moved', at, by: 1} : undefined,
    ),
    ...editingCommands('palette', 'palette', 4, ({palette}, change, at) => ({
      type: 'palette.edited',
      at,
      text: change(palette),
    })),
  ];
}

function row(
  id: string,
  keys: readonly string[],
  label: string,
  description: string,
  event: Command['event'],
  inFooter?: number,
): Command {
  const shown = inFooter === undefined ? {} : {inFooter};
  return {id, keys, label, description, group: 'Prompt', modes: PALETTE, event, ...shown};
}

function ran(choice: Choice | undefined, {palette}: State, at: Stamp): Event {
  if (!choice) return {type: 'notice.shown', at, text: nothingCalled(palette)};
  if (choice.reason !== undefined) return {type: 'notice.shown', at, text: `${choice.name}: ${choice.reason}`};
  if (!choice.event && palette.trim() === choice.name && palette.endsWith(' '))
    return {type: 'notice.shown', at, text: `${choice.name}: write ${choice.beside} after it`};
  if (!choice.event) return {type: 'palette.edited', at, text: `${choice.name} `};
  const event = choice.event(at);
  return event
    ? {type: 'choice.made', at, events: [event]}
    : {type: 'notice.shown', at, text: `${choice.name}: there is nothing to do now`};
}

function completed(choice: Choice | undefined, at: Stamp): Event | undefined {
  return choice && {type: 'palette.edited', at, text: `${choice.name}${choice.takesArgument ? ' ' : ''}`};
}

const nothingCalled = (text: string): string => `no command is called ${text.trim()}`;

const MOST_CELLS = 76;
const MOST_ROWS = 14;
const NAME_CELLS = 16;
const BESIDE_CELLS = 14;

type Size = {readonly columns: number; readonly rows: number};

/** The prompt and what matches it; as large for one as for all, so that nothing jumps while it is typed. */
export function paintPalette(state: State, commands: readonly Command[], screen: Size, theme: Theme): readonly Line[] {
  const width = Math.max(1, Math.min(MOST_CELLS, screen.columns - 2));
  const height = Math.max(1, Math.min(MOST_ROWS, screen.rows));
  const index = state.overlay?.index ?? 0;
  const choices = choicesOf(state, commands);
  const shown = Math.max(1, height - 3);
  const top = windowTop(0, index, choices.length, shown);
  const lines = choices
    .slice(top, top + shown)
    .map((choice, line) => paintChoice(choice, top + line === index, width - 2, theme));
  const none: Line = [span(` ${nothingCalled(state.palette)}`, theme.styleOf('warn'))];
  const title = [span('Command', theme.styleOf('bold'))];
  const more = choices.length - top - shown;
  const right = more > 0 ? {right: [span(`${more} more below`, theme.styleOf('dim'))]} : {};
  return framed(
    [promptLine(state.palette, width - 2, theme), ...(lines.length > 0 ? lines : [none])],
    {title, ...right, focused: true, width, height},
    theme,
  );
}

const promptLine = (text: string, width: number, theme: Theme): Line => [
  span(' :', theme.styleOf('accent')),
  span(lastCells(text, Math.max(0, width - 3))),
  span(' ', {inverse: true}),
];

function paintChoice(
  {name, beside, description, reason}: Choice,
  isChosen: boolean,
  width: number,
  theme: Theme,
): Line {
  const dim = theme.styleOf('dim');
  const besideCells =
    width < MOST_CELLS - 20 ? Math.min(BESIDE_CELLS, Math.max(0, width - NAME_CELLS - 4)) : BESIDE_CELLS;
  const said = reason ?? description;
  const line = fitLine(
    [
      span(isChosen ? ' > ' : '   '),
      span(fitCells(name, NAME_CELLS), reason === undefined ? {} : dim),
      span(` ${fitCells(beside, besideCells)} `, reason === undefined ? theme.styleOf('accent') : dim),
      span(said, dim),
    ],
    width,
  );
  return isChosen ? restyle(line, {inverse: true}) : line;
}
