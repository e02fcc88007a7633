import {isUnderWay} from '../model/bulk.ts';
import type {State} from '../model/state.ts';
import type {Command, Mode} from './command.ts';
import {scrolledLedger} from './ledger.ts';
import {scrolledPlan} from './plan.ts';

const PLAN: readonly Mode[] = ['plan'];
const LEDGER: readonly Mode[] = ['ledger'];

/** Lines of a page, whatever the screen. */
const PAGE = 10;

const standsStill = ({bulk}: State) =>
  isUnderWay(bulk) && bulk.pausedBy !== undefined ? undefined : 'it does not stand still';

/** Keys of the plan of an act on all that are marked, and of its ledger. */
export const bulkCommands: readonly Command[] = [
  {
    id: 'planLeft',
    keys: ['left'],
    label: 'to Cancel',
    description: 'to Cancel',
    group: 'Plan',
    modes: PLAN,
    event: (_, at) => ({type: 'dialog.focused', at, on: 'cancel'}),
  },
  {
    id: 'planRight',
    keys: ['right'],
    label: 'to the act',
    description: 'to the act',
    group: 'Plan',
    modes: PLAN,
    event: (_, at) => ({type: 'dialog.focused', at, on: 'confirm'}),
  },
  {
    id: 'planOther',
    keys: ['tab', 'shift+tab'],
    label: 'other button',
    description: 'to the other button',
    group: 'Plan',
    modes: PLAN,
    event: ({plan}, at) => ({type: 'dialog.focused', at, on: plan?.focus === 'cancel' ? 'confirm' : 'cancel'}),
    disabledReason: ({plan}) => (plan?.word === undefined ? undefined : 'the words decide'),
    inFooter: 5,
  },
  {
    id: 'planAnswer',
    keys: ['enter'],
    label: 'press the button',
    description: 'press the button that has the focus',
    group: 'Plan',
    modes: PLAN,
    event: (_, at) => ({type: 'dialog.answered', at, answer: 'enter'}),
    inFooter: 3,
  },
  {
    id: 'planYes',
    keys: ['y', 'Y'],
    label: 'yes',
    description: 'yes, where nothing has to be typed',
    group: 'Plan',
    modes: PLAN,
    event: ({plan}, at) =>
      plan?.word === undefined ? {type: 'dialog.answered', at, answer: 'yes'} : {type: 'dialog.typed', at, text: 'y'},
    disabledReason: ({plan}) => (plan?.word === undefined ? undefined : 'the words decide'),
    inFooter: 2,
  },
  {
    id: 'planNo',
    keys: ['n', 'N'],
    label: 'no',
    description: 'no, where nothing has to be typed',
    group: 'Plan',
    modes: PLAN,
    event: ({plan}, at) =>
      plan?.word === undefined ? {type: 'dialog.answered', at, answer: 'no'} : {type: 'dialog.typed', at, text: 'n'},
  },
  {
    id: 'planCancel',
    keys: ['escape'],
    label: 'cancel',
    description: 'cancel: nothing is sent',
    group: 'Plan',
    modes: PLAN,
    event: (_, at) => ({type: 'dialog.answered', at, answer: 'no'}),
    inFooter: 1,
  },
  {
    id: 'planWrite',
    keys: ['w'],
    label: 'write it, send nothing',
    description: 'write the plan into a file and send nothing',
    group: 'Plan',
    modes: PLAN,
    event: (_, at) => ({type: 'plan.written', at}),
    inFooter: 4,
  },
  {
    id: 'planErase',
    keys: ['backspace', 'delete'],
    label: 'erase',
    description: 'erase a character',
    group: 'Plan',
    modes: PLAN,
    event: (_, at) => ({type: 'dialog.erased', at}),
  },
  ...scrolling(
    'plan',
    PLAN,
    'Plan',
    (state, at, by) => state.plan && {type: 'plan.scrolled', at, to: scrolledPlan(state, state.plan, by)},
  ),
  {
    id: 'ledgerEscape',
    keys: ['escape'],
    label: 'pause or close',
    labelNow: (state) => (isGoingOn(state) ? 'pause' : 'close'),
    description: 'pause it; once more closes the ledger',
    group: 'Ledger',
    modes: LEDGER,
    event: (state, at) => (isGoingOn(state) ? {type: 'bulk.paused', at} : {type: 'ledger.closed', at}),
    inFooter: 1,
  },
  {
    id: 'ledgerClose',
    keys: ['q', 'b', 'f10'],
    label: 'close',
    description: 'close the ledger; what is under way goes on',
    group: 'Ledger',
    modes: LEDGER,
    event: (_, at) => ({type: 'ledger.closed', at}),
    inFooter: 2,
  },
  {
    id: 'ledgerResume',
    keys: ['enter'],
    label: 'go on',
    description: 'go on with those not tried',
    group: 'Ledger',
    modes: LEDGER,
    event: (_, at) => ({type: 'bulk.resumed', at}),
    disabledReason: standsStill,
    inFooter: 3,
  },
  {
    id: 'ledgerGiveUp',
    keys: ['x'],
    label: 'give up the rest',
    description: 'give up those not tried',
    group: 'Ledger',
    modes: LEDGER,
    event: (_, at) => ({type: 'bulk.givenUp', at}),
    disabledReason: standsStill,
    inFooter: 5,
  },
  {
    id: 'ledgerUndo',
    keys: ['u'],
    label: 'take it back',
    description: 'take it back before it leaves',
    group: 'Ledger',
    modes: LEDGER,
    event: (_, at) => ({type: 'action.undone', at}),
    disabledReason: ({bulk}) => (bulk?.graceUntil === undefined ? 'nothing waits to be sent' : undefined),
    inFooter: 1,
  },
  {
    id: 'ledgerWrite',
    keys: ['w'],
    label: 'write',
    description: 'write the ledger into a file',
    group: 'Ledger',
    modes: LEDGER,
    event: (_, at) => ({type: 'ledger.written', at}),
    inFooter: 4,
  },
  {
    id: 'ledgerMarkFailed',
    keys: ['m'],
    label: 'mark the failed',
    description: 'mark those that failed',
    group: 'Ledger',
    modes: LEDGER,
    event: (_, at) => ({type: 'ledger.failedMarked', at}),
    disabledReason: ({bulk}) => (bulk && bulk.counts.failed + bulk.counts.unknown > 0 ? undefined : 'none has failed'),
    inFooter: 5,
  },
  ...scrolling(
    'ledger',
    LEDGER,
    'Ledger',
    (state, at, by) => state.bulk && {type: 'ledger.scrolled', at, to: scrolledLedger(state, state.bulk, by)},
  ),
];

const isGoingOn = ({bulk}: State): boolean => isUnderWay(bulk) && bulk.pausedBy === undefined;

function scrolling(
  name: string,
  modes: readonly Mode[],
  group: Command['group'],
  scrolled: (state: State, at: number, by: number) => ReturnType<Command['event']>,
): readonly Command[] {
  const steps = [
    ['Up', ['up', 'k'], 'one up', -1],
    ['Down', ['down', 'j'], 'one down', 1],
    ['PageUp', ['pageup'], 'ten up', -PAGE],
    ['PageDown', ['pagedown'], 'ten down', PAGE],
  ] as const;
  return steps.map(([step, keys, description, by]) => ({
    id: `${name}${step}`,
    keys,
    label: step === 'Down' ? 'more' : description,
    description,
    group,
    modes,
    event: (state, at) => scrolled(state, at, by),
    ...(step === 'Down' ? {inFooter: 6} : {}),
  }));
}
