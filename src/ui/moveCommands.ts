import type {Event} from '../model/event.ts';
import type {Stamp} from '../model/sandbox.ts';
import type {State} from '../model/state.ts';
import type {ViewId} from '../model/views.ts';
import {buildRows} from './builds.ts';
import {type Command, cursorModes, regionsOf} from './command.ts';
import {logScrolled} from './logScrolling.ts';
import {templateRows} from './templates.ts';

type Move = Omit<Command, 'label' | 'group' | 'modes'>;

const moves: readonly Move[] = [
  {
    id: 'up',
    keys: ['up', 'k'],
    description: 'one up',
    event: moved('line', -1),
  },
  {
    id: 'down',
    keys: ['down', 'j'],
    description: 'one down',
    event: moved('line', 1),
  },
  {
    id: 'pageUp',
    keys: ['pageup', 'ctrl+u'],
    description: 'one page up',
    event: moved('page', -1),
  },
  {
    id: 'pageDown',
    keys: ['pagedown', 'ctrl+f'],
    description: 'one page down',
    event: moved('page', 1),
  },
  {
    id: 'first',
    keys: ['g', 'home'],
    description: 'to the first',
    event: moved('end', -1),
  },
  {
    id: 'last',
    keys: ['G', 'end'],
    description: 'to the last',
    event: moved('end', 1),
  },
];

/** The same keys in every view. */
export const moveCommands: readonly Command[] = moves.map((move) => ({
  ...move,
  label: move.description,
  group: 'Move',
  modes: cursorModes,
}));

/** How far: so many lines, a page, or to an end. */
export type Motion = {readonly unit: 'line' | 'page' | 'end'; readonly by: -1 | 1};

type Mover = (state: State, at: Stamp, motion: Motion) => Event | undefined;

const movers: Readonly<Record<ViewId, Mover>> = {
  sandboxes(_, at, {unit, by}) {
    if (unit === 'end') return {type: 'cursor.jumped', at, to: endOf(by)};
    return unit === 'page' ? {type: 'cursor.paged', at, by} : {type: 'cursor.moved', at, by};
  },
  templates(state, at, motion) {
    const lines = templateRows(regionsOf(state));
    return {type: 'template.moved', at, by: distance(motion, lines), lines};
  },
  builds(state, at, motion) {
    if (state.builds.log) return logScrolled(state, state.builds.log, at, motion);
    const lines = buildRows(regionsOf(state));
    return {type: 'build.moved', at, by: distance(motion, lines), lines};
  },
  events(state, at, {unit, by}) {
    const lines = regionsOf(state).logRows;
    if (unit === 'end') return {type: 'log.jumped', at, to: endOf(by), lines};
    return unit === 'page' ? {type: 'log.paged', at, by, lines} : {type: 'log.moved', at, by, lines};
  },
  overview: () => undefined,
};

const endOf = (by: -1 | 1) => (by < 0 ? 'first' : 'last');

const distance = ({unit, by}: Motion, lines: number): number =>
  by * (unit === 'line' ? 1 : unit === 'page' ? lines : Number.POSITIVE_INFINITY);

function moved(unit: Motion['unit'], by: Motion['by']): Command['event'] {
  return (state, at) => movers[state.view](state, at, {unit, by});
}
