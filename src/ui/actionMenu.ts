import {type SandboxAction, sandboxActions} from '../model/actions.ts';
import {connectRefusal} from '../model/connecting.ts';
import type {Event} from '../model/event.ts';
import {disabledReason, heldBackReason} from '../model/refusal.ts';
import type {Stamp} from '../model/sandbox.ts';
import {shownCommands} from '../model/shownCommand.ts';
import type {State} from '../model/state.ts';
import {windowTop} from '../model/templateCursor.ts';
import type {Line} from '../terminal/cells.ts';
import {fitCells} from '../terminal/text.ts';
import type {Command, Mode} from './command.ts';
import {fitLine, framed, restyle, rule, span, wrapWords} from './paint.ts';
import type {Theme} from './theme.ts';
import {cutCells} from './wrapCells.ts';

const ACTIONS: readonly Mode[] = ['actions'];

/** One line of the menu. */
type Item = {
  readonly id: string;
  readonly key: string;
  readonly label: string;
  readonly description: string;
  /** Undefined: no act, and nothing that a shell could do as well. */
  readonly action: SandboxAction | undefined;
  readonly reason: (state: State) => string | undefined;
  readonly event: (state: State, commands: readonly Command[], at: Stamp) => Event | undefined;
};

/** The acts, and what is no act: the terminal is lent. */
const items: readonly Item[] = [
  ...sandboxActions.map(
    (action): Item => ({
      ...{id: action.id, key: action.key, label: action.label, description: action.description, action},
      reason: (state) => reasonOf(state, action),
      event: (state, commands, at) => commands.find(({id}) => id === action.id)?.event(state, at),
    }),
  ),
  {
    ...{id: 'connect', key: 'c', label: 'connect', description: 'lend the terminal to the configured command'},
    action: undefined,
    reason: (state) => connectRefusal(state, state.cursor.id),
    event: ({cursor: {id}}, _, at) => (id === undefined ? undefined : {type: 'connect.asked', at, id}),
  },
];

/** Keys of the action menu: those of the acts themselves, and those that move and choose. */
export const actionMenuCommands = (all: () => readonly Command[]): readonly Command[] => [
  {
    id: 'actionsUp',
    keys: ['up', 'k'],
    label: 'previous',
    description: 'to the act before',
    group: 'Menu',
    modes: ACTIONS,
    event: ({overlay}, at) => ((overlay?.index ?? 0) > 0 ? {type: 'overlay.moved', at, by: -1} : undefined),
    inFooter: 4,
  },
  {
    id: 'actionsDown',
    keys: ['down', 'j'],
    label: 'next',
    description: 'to the next act',
    group: 'Menu',
    modes: ACTIONS,
    event: ({overlay}, at) =>
      (overlay?.index ?? 0) + 1 < items.length ? {type: 'overlay.moved', at, by: 1} : undefined,
    inFooter: 3,
  },
  {
    id: 'menuAct',
    keys: ['enter'],
    label: 'do it',
    description: 'what the key of the act does',
    group: 'Menu',
    modes: ACTIONS,
    event: (state, at) => acted(state, items[state.overlay?.index ?? 0], all(), at),
    disabledReason: (state) => items[state.overlay?.index ?? 0]?.reason(state),
    inFooter: 2,
  },
  ...items.map(
    (item): Command => ({
      id: `menu.${item.id}`,
      keys: [item.key],
      label: item.label,
      description: item.description,
      group: 'Act',
      modes: ACTIONS,
      event: (state, at) => acted(state, item, all(), at),
      disabledReason: item.reason,
    }),
  ),
  {
    id: 'actionsClose',
    keys: ['escape', 'q', 'a', 'f9', 'f10'],
    label: 'close',
    description: 'close: nothing is done',
    group: 'Menu',
    modes: ACTIONS,
    event: (_, at) => ({type: 'overlay.closed', at}),
    inFooter: 1,
  },
];

/** The same as its key in the list: the same questions are asked. */
function acted(state: State, item: Item | undefined, commands: readonly Command[], at: Stamp): Event | undefined {
  if (!item) return undefined;
  const reason = item.reason(state);
  if (reason !== undefined) return {type: 'notice.shown', at, text: `${item.label}: ${reason}`};
  const event = item.event(state, commands, at);
  return event && {type: 'choice.made', at, events: [event]};
}

/** With marks the plan says of each whether it can be done. */
function reasonOf(state: State, {id}: SandboxAction): string | undefined {
  return state.marks.size > 0 ? heldBackReason(state) : disabledReason(state, id, state.cursor.id);
}

const MOST_CELLS = 78;
const LABEL_CELLS = 9;
const BORDER = 2;

type Size = {readonly columns: number; readonly rows: number};

/** The acts with their keys, and below them the chosen one as a command for a shell; no larger than the screen. */
export function paintActionMenu(state: State, screen: Size, theme: Theme): readonly Line[] {
  const width = Math.max(1, Math.min(MOST_CELLS, screen.columns - BORDER));
  const index = state.overlay?.index ?? 0;
  const inner = Math.max(1, screen.rows - BORDER);
  // As high for every act, so that nothing jumps: as the longest command needs.
  const most = Math.max(...items.map(({action}) => shellLines(state, action, width - BORDER, theme).flat().length));
  const commandRows = Math.min(most, Math.max(0, inner - LEAST_ACTS));
  const shown = Math.min(items.length, inner - commandRows);
  const top = windowTop(0, index, items.length, shown);
  const acts = items
    .slice(top, top + shown)
    .map((item, line) => itemLine(state, item, top + line === index, width - BORDER, theme));
  const below = wholeCommands(shellLines(state, items[index]?.action, width - BORDER, theme), commandRows);
  const title = [span(titleOf(state), theme.styleOf('bold'))];
  const height = Math.min(screen.rows, shown + commandRows + BORDER);
  return framed([...acts, ...below], {title, focused: true, width, height}, theme);
}

/** A command of which a part is missing is worse than none. */
function wholeCommands(commands: readonly (readonly Line[])[], rows: number): readonly Line[] {
  if (commands.flat().length <= rows) return commands.flat();
  return commands.length > 1 ? wholeCommands(commands.slice(0, -1), rows) : [];
}

/** Lines of the list of acts at the least. */
const LEAST_ACTS = 3;

const titleOf = ({marks, cursor}: State): string =>
  marks.size > 0 ? `Act on ${marks.size} marked` : `Act on ${cursor.id ?? 'nothing'}`;

function itemLine(state: State, item: Item, isChosen: boolean, width: number, theme: Theme): Line {
  const reason = item.reason(state);
  const dim = theme.styleOf('dim');
  const line = fitLine(
    [
      span(isChosen ? ' > ' : '   '),
      span(`${item.key} `, reason === undefined ? theme.styleOf('accent') : dim),
      span(fitCells(item.label, LABEL_CELLS), reason === undefined ? {} : dim),
      span(reason ?? item.description, dim),
    ],
    width,
  );
  return isChosen ? restyle(line, {inverse: true}) : line;
}

/** Each command in whole; for the one under the cursor, with marks for the first of them. */
function shellLines(
  state: State,
  action: SandboxAction | undefined,
  width: number,
  theme: Theme,
): readonly (readonly Line[])[] {
  const id = state.marks.first() ?? state.cursor.id ?? '';
  const commands = action && shownCommands(action.id, id, {host: state.session.host});
  if (!commands) return [];
  const of = state.marks.size > 1 ? `, for the first of ${state.marks.size}` : '';
  const head = rule([span(`the same in a shell${of}`, theme.styleOf('dim'))], {width, theme});
  const [hopx, curl] = [commands.hopx ?? 'hopx: the official CLI has no such command', commands.curl].map((text) =>
    wrapCommand(text, width - 2).map((line): Line => [span(` ${line}`)]),
  );
  return [[head, ...(hopx ?? [])], curl ?? []];
}

/** A word longer than a line goes on in the next: nothing of a command may be cut off. */
const wrapCommand = (text: string, cells: number): readonly string[] => {
  const words = text.split(' ').flatMap((word) => cutCells(word, cells));
  return wrapWords(words.join(' '), cells);
};
