import {connectRefusal} from '../model/connecting.ts';
import type {Event} from '../model/event.ts';
import type {Stamp} from '../model/sandbox.ts';
import type {State} from '../model/state.ts';

/** A command that is typed after `:`, beside those that have a key. */
export type Spoken = {
  /** Words, e.g. `token save`. */
  readonly name: string;
  /** What help calls what follows it, e.g. `PATH`; undefined: nothing does. */
  readonly argument?: string;
  readonly description: string;
  /** Undefined: there is nothing to do now. */
  readonly event: (state: State, argument: string, at: Stamp) => Event | undefined;
  readonly disabledReason?: (state: State) => string | undefined;
};

/** Beside every command that has a key. */
export const spokenCommands: readonly Spoken[] = [
  {
    name: 'connect',
    description: 'lend the terminal to the configured command',
    event: ({cursor: {id}}, _, at) => (id === undefined ? undefined : {type: 'connect.asked', at, id}),
    disabledReason: (state) => connectRefusal(state, state.cursor.id),
  },
  {
    name: 'build',
    argument: 'ID',
    description: 'show a build by its id',
    event: (_, argument, at) => ({type: 'build.named', at, buildId: argument.trim()}),
  },
];
