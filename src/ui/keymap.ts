import type {Event} from '../model/event.ts';
import {isLastField} from '../model/formEditing.ts';
import type {Stamp} from '../model/sandbox.ts';
import type {State} from '../model/state.ts';
import {sanitize} from '../terminal/text.ts';
import {type Chord, labelOfChord} from './chords.ts';
import {type Command, everyMode, isTextMode, type Mode, modeOf, viewModes} from './command.ts';
import {commands} from './commands.ts';
import {focusedText} from './formCommands.ts';
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
  const typed = isText(chord) ? typedInto(state, mode, chord, at) : undefined;
  return typed ?? (isPlain(chord) ? unknownKey(mode, chord, at) : undefined);
}

/** A letter, or a key of its own such as Tab or F2: Ctrl and Alt with a letter are the terminal's and the shell's. */
const isPlain = (chord: Chord): boolean => isText(chord) || !/^(ctrl|alt)\+/.test(chord);

/** Silence would leave open whether the key was heard. */
const unknownKey = (mode: Mode, chord: Chord, at: Stamp): Event | undefined =>
  viewModes.includes(mode)
    ? {
        type: 'notice.shown',
        at,
        text: `${sanitize(labelOfChord(chord))} is no key here: ? shows them all`,
      }
    : undefined;

const agreeing: ReadonlySet<string> = new Set([
  'questionAnswer',
  'questionYes',
  'wordAnswer',
  'specAnswer',
  'specYes',
  'planAnswer',
  'planYes',
  'ledgerResume',
  'paletteRun',
  'menuAct',
]);

/** What changes a sandbox, agrees to it, or runs what may. */
const changes = ({group, id}: Command, {form}: State): boolean =>
  group === 'Act' || agreeing.has(id) || (id === 'formEnter' && form !== undefined && isLastField(form));

/**
 * Several different keys in one read are a paste into a terminal that does not mark pastes, or somebody who types
 * ahead of a slow link. They may move and look; what changes a sandbox has to be pressed by itself.
 */
export function eventInBurst(state: State, chord: Chord, at: Stamp): Event | undefined {
  const mode = modeOf(state);
  const command = commandFor(chord, mode);
  // What is to be done has been said: that a later one is no key matters less.
  if (!command && viewModes.includes(mode) && state.notice?.text.startsWith(SEVERAL)) return undefined;
  if (!command || !changes(command, state)) return eventFor(state, chord, at);
  return {type: 'notice.shown', at, text: `${SEVERAL}: press ${labelOfChord(chord)} by itself`};
}

const SEVERAL = 'several keys came at once';

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

function typedOn({filter, logView, builds, form, palette}: State, mode: Mode, text: string, at: Stamp): Event {
  if (mode === 'search') return {type: 'log.searched', at, text: logView.search + text};
  if (mode === 'buildSearch') return {type: 'buildLog.searched', at, text: (builds.log?.search ?? '') + text};
  if (mode === 'form') return {type: 'form.edited', at, text: focusedText(form) + text};
  if (mode === 'palette') return {type: 'palette.edited', at, text: palette + text};
  return {type: 'filter.edited', at, text: (filter.draft ?? '') + text};
}

/** A secret is not cut where a line of text would be. */
const MOST_PASTED = 16_384;

/** A paste is text for a prompt, one line of it, and never a command anywhere. */
export function eventForPaste(state: State, pasted: string, at: Stamp): Event {
  const line = pasted.split(/[\r\n]/).find((each) => each.trim() !== '');
  const mode = modeOf(state);
  if (!isTextMode(mode) || line === undefined) return {type: 'paste.ignored', at};
  return typedOn(state, mode, sanitize(line.replaceAll('\t', ' ').trim(), MOST_PASTED), at);
}
