import type {Event} from '../model/event.ts';
import type {Stamp} from '../model/sandbox.ts';
import type {State} from '../model/state.ts';
import type {Command, Mode} from './command.ts';

/** Gives a text its new wording; undefined: there is none to change. */
type Edited = (state: State, change: (text: string) => string, at: Stamp) => Event | undefined;

const edits = [
  ['Erase', ['backspace', 'delete'], 'erase', 'erase a character', (text: string) => [...text].slice(0, -1).join('')],
  ['EraseWord', ['ctrl+w'], 'erase word', 'erase a word', (text: string) => text.replace(/\S*\s*$/, '')],
  ['Empty', ['ctrl+u'], 'empty', 'erase all of it', () => ''],
] as const;

/** The keys of every text that is typed; `inFooter` is the place of the last of them. */
export const editingCommands = (name: string, mode: Mode, inFooter: number, edited: Edited): readonly Command[] =>
  edits.map(([edit, keys, label, description, change]) => ({
    id: `${name}${edit}`,
    keys,
    label,
    description,
    group: 'Prompt',
    modes: [mode],
    event: (state, at) => edited(state, change, at),
    ...(edit === 'Empty' ? {inFooter} : {}),
  }));
