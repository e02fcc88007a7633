import type {State} from '../model/state.ts';
import type {Command, Mode} from './command.ts';

const LIST: readonly Mode[] = ['list'];

const nothingMarked = ({marks}: State) => (marks.size === 0 ? 'nothing is marked' : undefined);

/** Marks, and the ledger of what was done to the marked. */
export const markCommands: readonly Command[] = [
  {
    id: 'mark',
    keys: [' '],
    label: 'mark',
    description: 'mark, or unmark',
    group: 'Mark',
    modes: LIST,
    event: ({cursor: {id}, detailOpen}, at) =>
      id === undefined || detailOpen ? undefined : {type: 'mark.toggled', at, id},
    disabledReason: ({detailOpen}) => (detailOpen ? 'the list is not on the screen' : undefined),
  },
  {
    id: 'markRange',
    keys: ['V'],
    label: 'mark range',
    description: 'mark up to here',
    group: 'Mark',
    modes: LIST,
    event: ({detailOpen}, at) => (detailOpen ? undefined : {type: 'marks.extended', at}),
  },
  {
    id: 'markAll',
    keys: ['*'],
    label: 'mark all',
    description: 'mark all that is shown',
    group: 'Mark',
    modes: LIST,
    event: ({detailOpen}, at) => (detailOpen ? undefined : {type: 'marks.allShown', at}),
  },
  {
    id: 'unmarkAll',
    keys: ['U'],
    label: 'unmark',
    description: 'unmark all',
    group: 'Mark',
    modes: LIST,
    event: (_, at) => ({type: 'marks.cleared', at}),
    disabledReason: nothingMarked,
    inFooter: 2,
  },
  {
    id: 'ledger',
    keys: ['b'],
    label: 'ledger',
    description: 'ledger of a bulk act',
    group: 'Mark',
    modes: LIST,
    event: (_, at) => ({type: 'ledger.opened', at}),
    disabledReason: ({bulk}) => (bulk ? undefined : 'nothing was done to many yet'),
    inFooter: 2,
  },
];
