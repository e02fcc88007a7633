import {type Command, cursorModes, regionsOf} from './command.ts';

type Move = Omit<Command, 'label' | 'group' | 'modes'>;

const moves: readonly Move[] = [
  {
    id: 'up',
    keys: ['up', 'k'],
    description: 'one up',
    event: moved(-1),
  },
  {
    id: 'down',
    keys: ['down', 'j'],
    description: 'one down',
    event: moved(1),
  },
  {
    id: 'pageUp',
    keys: ['pageup', 'ctrl+u'],
    description: 'one page up',
    event: paged(-1),
  },
  {
    id: 'pageDown',
    keys: ['pagedown', 'ctrl+f'],
    description: 'one page down',
    event: paged(1),
  },
  {
    id: 'first',
    keys: ['g', 'home'],
    description: 'to the first',
    event: jumped('first'),
  },
  {
    id: 'last',
    keys: ['G', 'end'],
    description: 'to the last',
    event: jumped('last'),
  },
];

/** The same keys in every view. */
export const moveCommands: readonly Command[] = moves.map((move) => ({
  ...move,
  label: move.description,
  group: 'Move',
  modes: cursorModes,
}));

function moved(by: number): Command['event'] {
  return (state, at) =>
    state.view === 'events'
      ? {type: 'log.moved', at, by, lines: regionsOf(state).logRows}
      : {type: 'cursor.moved', at, by};
}

function paged(by: -1 | 1): Command['event'] {
  return (state, at) =>
    state.view === 'events'
      ? {type: 'log.paged', at, by, lines: regionsOf(state).logRows}
      : {type: 'cursor.paged', at, by};
}

function jumped(to: 'first' | 'last'): Command['event'] {
  return (state, at) =>
    state.view === 'events'
      ? {type: 'log.jumped', at, to, lines: regionsOf(state).logRows}
      : {type: 'cursor.jumped', at, to};
}
