import type {Key} from 'ink';

/** One key press by name: `j`, `G`, `ctrl+c`, `up`, `f4`, `alt+x`. A single character is what was typed. */
export type Chord = string;

const namedKeys = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
] as const satisfies readonly (readonly [keyof Key, Chord])[];

/** Control characters inside a burst. Line feed is Ctrl-J, not Enter: no Ctrl-letter may change anything. */
const controlNames: Readonly<Record<string, Chord>> = {
  '\r': 'enter',
  '\t': 'tab',
  '\u001b': 'escape',
  '\u007f': 'backspace',
  '\b': 'backspace',
};

/**
 * The key presses in one input of Ink, in order. Ink hands over a burst ("jjj" from a held key, "s\r" from a slow
 * link) as ONE input. Alt and Ctrl make another key: an unknown one, which is ignored.
 */
export function chordsOf(input: string, key: Key): readonly Chord[] {
  if (key.eventType === 'release') return [];
  if (key.escape) return key.meta ? ['escape', 'escape'] : ['escape'];
  const named = namedKeys.find(([flag]) => key[flag]);
  if (named) return [withModifiers(named[1], key)];
  if (input === '') return [];
  if (key.ctrl || key.meta) return [withModifiers(input, key)];
  return [...input].map(nameOf).filter((chord) => chord !== '');
}

function withModifiers(name: string, key: Key): Chord {
  const shift = key.shift && name === 'tab' ? 'shift+' : '';
  return `${key.meta ? 'alt+' : ''}${key.ctrl ? 'ctrl+' : ''}${shift}${name}`;
}

function nameOf(character: string): Chord {
  const code = character.codePointAt(0) ?? 0;
  const known = controlNames[character];
  if (known) return known;
  if (code < 0x20) return `ctrl+${String.fromCharCode(code + 0x60)}`;
  return code >= 0x80 && code < 0xa0 ? '' : character;
}

/** What a terminal sends for function keys and Insert: Ink knows them and keeps them to itself. */
const functionKeys: Readonly<Record<string, Chord>> = {
  '\u001bOP': 'f1',
  '\u001b[11~': 'f1',
  '\u001b[[A': 'f1',
  '\u001b[P': 'f1',
  '\u001bOS': 'f4',
  '\u001b[14~': 'f4',
  '\u001b[[D': 'f4',
  '\u001b[S': 'f4',
  '\u001b[17~': 'f6',
  '\u001bOQ': 'f2',
  '\u001b[12~': 'f2',
  '\u001b[[B': 'f2',
  '\u001bOR': 'f3',
  '\u001b[13~': 'f3',
  '\u001b[[C': 'f3',
  '\u001b[15~': 'f5',
  '\u001b[[E': 'f5',
  '\u001b[18~': 'f7',
  '\u001b[19~': 'f8',
  '\u001b[23~': 'f11',
  '\u001b[24~': 'f12',
  '\u001b[2~': 'insert',
  '\u001b[20~': 'f9',
  '\u001b[21~': 'f10',
};

export const functionKeyOf = (sequence: string): Chord | undefined => functionKeys[sequence];

/** Longest pause between the parts of one escape sequence that a bad link tore apart. */
const TORN_SEQUENCE_MS = 500;

/** What the reader of keys remembers: when a sequence began whose end has not come. */
export type KeyMemory = {
  readonly tornAt: number | undefined;
  readonly escapedAt: number | undefined;
  /** When something last came of a paste whose opening mark was torn; it lasts until its end mark, or a silence. */
  readonly pastedAt?: number | undefined;
};

export const noKeyMemory: KeyMemory = {tornAt: undefined, escapedAt: undefined};

/** A silence of so long ends a paste whose end mark was lost. */
const PASTE_SILENCE_MS = 1000;
/** The rest of `ESC [ 200 ~` and of `ESC [ 201 ~` after a tear (xterm, bracketed paste). */
const PASTE_BEGINS = /^(?:\[?2)?0*0~/;
const PASTE_ENDS = /(?:\[?2)?0?1~/;

/**
 * Takes torn escape sequences out of a burst. Ink waits 20 ms for the rest of one, then gives it out as typed text:
 * on a slow link F1 (`ESC O P`) would end as `P`, and a letter may act on a sandbox. Where `isText`, letters are only
 * text and nothing is taken out.
 */
export function readKeys(
  memory: KeyMemory,
  input: string,
  key: Key,
  at: number,
  isText = false,
): {readonly chords: readonly Chord[]; readonly memory: KeyMemory} {
  if (isText) return {chords: chordsOf(input, key), memory: noKeyMemory};
  const recent = (stamp: number | undefined) => stamp !== undefined && at - stamp < TORN_SEQUENCE_MS;
  const paste = readTornPaste(memory, input, at, recent(memory.tornAt) || recent(memory.escapedAt));
  if (paste) return {chords: [], memory: paste};
  if (key.escape) return {chords: chordsOf(input, key), memory: {tornAt: undefined, escapedAt: at}};
  if (isSequenceStart(input, key)) return {chords: [], memory: {tornAt: at, escapedAt: undefined}};
  const torn = recent(memory.tornAt);
  const rest = torn || recent(memory.escapedAt) ? withoutSequenceEnd(input, torn) : input;
  if (rest === undefined) return {chords: [], memory: {tornAt: at, escapedAt: undefined}};
  return {chords: rest === '' && input !== '' ? [] : chordsOf(rest, key), memory: noKeyMemory};
}

/** What is remembered of a paste with torn marks; undefined: this is no part of one. */
function readTornPaste({pastedAt}: KeyMemory, input: string, at: number, isTorn: boolean): KeyMemory | undefined {
  if (isTorn && PASTE_BEGINS.test(input)) return {...noKeyMemory, pastedAt: at};
  if (pastedAt === undefined || at - pastedAt >= PASTE_SILENCE_MS) return undefined;
  return PASTE_ENDS.test(input) ? noKeyMemory : {...noKeyMemory, pastedAt: at};
}

/** `ESC [`, `ESC O` or `ESC [ 1 ;` that timed out: Ink strips the ESC, and calls `ESC O` Alt-O. */
const isSequenceStart = (input: string, key: Key) =>
  key.meta ? input === 'O' : !key.ctrl && /^\[[0-9;]*$/.test(input);

/** What follows the end of the torn sequence; undefined: its end has still not come. */
function withoutSequenceEnd(input: string, begun: boolean): string | undefined {
  const end = begun ? /^[0-9;]*([A-Za-z~]|$)/ : /^[[O][0-9;]*([A-Za-z~]|$)/;
  const match = end.exec(input);
  if (!match) return input;
  if (match[1] === '' && match[0] !== '') return undefined;
  return input.slice(match[0].length);
}

const chordLabels: Readonly<Record<Chord, string>> = {
  up: 'Up',
  down: 'Down',
  left: 'Left',
  right: 'Right',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  enter: 'Enter',
  escape: 'Esc',
  ' ': 'Space',
  tab: 'Tab',
  'shift+tab': 'Shift-Tab',
  backspace: 'Backspace',
  delete: 'Del',
  insert: 'Ins',
};

/** How a key is written on the screen and in README. */
export function labelOfChord(chord: Chord): string {
  const known = chordLabels[chord];
  if (known) return known;
  if (chord.startsWith('ctrl+')) return `Ctrl-${chord.slice(5).toUpperCase()}`;
  return /^f\d+$/.test(chord) ? chord.toUpperCase() : chord;
}
