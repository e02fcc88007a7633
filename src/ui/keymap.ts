import type {Event} from '../model/event.ts';
import type {Stamp} from '../model/sandbox.ts';
import type {State} from '../model/state.ts';
import {sanitize} from '../terminal/text.ts';
import {type Chord, labelOfChord} from './chords.ts';
import {type Command, everyMode, isTextMode, type Mode, modeOf, viewModes} from './command.ts';
import {commands} from './commands.ts';
import {layHelp} from './helpPages.ts';

const byMode = new Map<Mode, ReadonlyMap<Chord, Command>>(
  everyMode.map((mode) => [
    mode,
    new Map(
      commands
        .filter(({modes}) => modes.includes(mode))
        .flatMap((command) => command.keys.map((chord) => [chord, command] as const)),
    ),
  ]),
);

export const commandFor = (chord: Chord, mode: Mode): Command | undefined => byMode.get(mode)?.get(chord);

/** What one key press means now. Undefined: nothing. */
export function eventFor(state: State, chord: Chord, at: Stamp): Event | undefined {
  const mode = modeOf(state);
  const command = commandFor(chord, mode);
  if (command) {
    const event = command.event(state, at);
    return event && isPastHelp(state, event) ? undefined : event;
  }
  if (!isText(chord)) return undefined;
  return typedInto(state, mode, chord, at) ?? unknownKey(mode, chord, at);
}

/** Silence would leave open whether the key was heard. */
const unknownKey = (mode: Mode, chord: Chord, at: Stamp): Event | undefined =>
  viewModes.includes(mode)
    ? {
        type: 'notice.shown',
        at,
        text: `${labelOfChord(chord) === 'Space' ? 'Space' : sanitize(chord)} is no key here: ? shows them all`,
      }
    : undefined;

/** What changes a sandbox, or agrees to it. */
const changes = ({group, id}: Command): boolean => group === 'Act' || agreeing.has(id);

const agreeing: ReadonlySet<string> = new Set([
  'questionAnswer',
  'questionYes',
  'wordAnswer',
  'specAnswer',
  'specYes',
  'planAnswer',
  'planYes',
  'ledgerResume',
]);

/**
 * Several different keys in one read are a paste into a terminal that does not mark pastes, or somebody who types
 * ahead of a slow link. They may move and look; what changes a sandbox has to be pressed by itself.
 */
export function eventInBurst(state: State, chord: Chord, at: Stamp): Event | undefined {
  const command = commandFor(chord, modeOf(state));
  if (!command || !changes(command)) return eventFor(state, chord, at);
  return {type: 'notice.shown', at, text: `several keys came at once: press ${labelOfChord(chord)} by itself`};
}

/** How many pages help has depends on the screen, so the state cannot stop at the last. */
const isPastHelp = (state: State, event: Event): boolean =>
  event.type === 'overlay.moved' &&
  state.overlay?.kind === 'help' &&
  state.overlay.index + event.by >= layHelp(state, state.screen.columns, state.screen.rows - 1).pages.length;

/** Every other chord has a name of two characters or more. */
const isText = (chord: Chord) => [...chord].length === 1;

function typedInto(state: State, mode: Mode, text: string, at: Stamp): Event | undefined {
  if (isTextMode(mode)) return typedOn(state, mode, text, at);
  if (mode === 'word') return {type: 'question.typed', at, text};
  return mode === 'type' || mode === 'plan' ? {type: 'dialog.typed', at, text} : undefined;
}

function typedOn({filter, logView, builds}: State, mode: Mode, text: string, at: Stamp): Event {
  if (mode === 'search') return {type: 'log.searched', at, text: logView.search + text};
  if (mode === 'buildSearch') return {type: 'buildLog.searched', at, text: (builds.log?.search ?? '') + text};
  return {type: 'filter.edited', at, text: (filter.draft ?? '') + text};
}

/** A paste is text for a prompt, one line of it, and never a command anywhere. */
export function eventForPaste(state: State, pasted: string, at: Stamp): Event {
  const line = pasted.split(/[\r\n]/).find((each) => each.trim() !== '');
  const mode = modeOf(state);
  if (!isTextMode(mode) || line === undefined) return {type: 'paste.ignored', at};
  return typedOn(state, mode, sanitize(line.replaceAll('\t', ' ').trim()), at);
}
