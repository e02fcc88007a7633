import type {Event} from '../model/event.ts';
import {chartRanges, focusTabs} from '../model/focus.ts';
import type {Stamp} from '../model/sandbox.ts';
import type {State} from '../model/state.ts';
import {type Command, type Mode, regionsOf} from './command.ts';
import {focusPageOf, lastTop, pageRows, topOf} from './focusPage.ts';

type Focused = Omit<Command, 'group' | 'modes'>;

/** The row of another key says what this one does: help has to stay on its page. */
const SAID_ELSEWHERE = '';

const FOCUS: readonly Mode[] = ['focus'];

const rows: readonly Focused[] = [
  {
    id: 'focusBack',
    keys: ['escape', 'q', 'f10'],
    label: 'back',
    description: 'back to the list',
    event: (_, at) => ({type: 'detail.toggled', at}),
    inFooter: 3,
  },
  {
    id: 'focusPrevious',
    keys: ['left'],
    label: 'previous',
    description: 'previous; Right: next',
    event: (_, at) => ({type: 'focus.stepped', at, by: -1}),
    inFooter: 14,
  },
  {
    id: 'focusNext',
    keys: ['right'],
    label: 'next',
    description: SAID_ELSEWHERE,
    event: (_, at) => ({type: 'focus.stepped', at, by: 1}),
    inFooter: 6,
  },
  ...focusTabs.map(
    ({id, key, label, description}): Focused => ({
      id: `tab.${id}`,
      keys: [key],
      label,
      description,
      event: (_, at) => ({type: 'focus.tabChosen', at, tab: id}),
      disabledReason: ({focus}) => (focus.tab === id ? 'it is open' : undefined),
      inFooter: id === 'json' ? 8 : 13,
    }),
  ),
  {
    id: 'tabPrevious',
    keys: ['[', 'shift+tab'],
    label: 'tab left',
    description: 'tab left; ]: tab right',
    event: tabBy(-1),
  },
  {
    id: 'tabNext',
    keys: [']', 'tab'],
    label: 'tab right',
    description: SAID_ELSEWHERE,
    event: tabBy(1),
  },
  {
    id: 'rangeShorter',
    keys: [','],
    label: 'shorter',
    description: 'charts: less; .: more',
    event: rangeBy(-1),
    disabledReason: (state) => rangeReason(state, -1),
    inFooter: 22,
  },
  {
    id: 'rangeLonger',
    keys: ['.'],
    label: 'longer',
    description: SAID_ELSEWHERE,
    event: rangeBy(1),
    disabledReason: (state) => rangeReason(state, 1),
    inFooter: 22,
  },
  {
    id: 'focusRefresh',
    keys: ['r'],
    label: 're-read',
    description: 're-read the JSON, or all',
    event: ({focus}, at) => ({type: focus.tab === 'json' ? 'focus.recordAsked' : 'refresh.asked', at}),
    inFooter: 20,
  },
  {id: 'focusUp', keys: ['up', 'k'], label: 'up', description: 'one line up', event: scrolled(() => -1)},
  {id: 'focusDown', keys: ['down', 'j'], label: 'down', description: 'one line down', event: scrolled(() => 1)},
  {
    id: 'focusPageUp',
    keys: ['pageup', 'ctrl+u'],
    label: 'page up',
    description: 'one page up',
    event: scrolled((lines) => -lines),
  },
  {
    id: 'focusPageDown',
    keys: ['pagedown', 'ctrl+f'],
    label: 'page down',
    description: 'one page down',
    event: scrolled((lines) => lines),
  },
  {
    id: 'focusFirst',
    keys: ['g', 'home'],
    label: 'first line',
    description: 'to the first line',
    event: scrolled(() => Number.NEGATIVE_INFINITY),
  },
  {
    id: 'focusLast',
    keys: ['G', 'end'],
    label: 'last line',
    description: 'to the last line',
    event: scrolled(() => Number.POSITIVE_INFINITY),
  },
];

/** The keys of one sandbox over the whole screen. */
export const focusCommands: readonly Command[] = rows.map((row) => ({...row, group: 'Focus', modes: FOCUS}));

/** Round and round. */
function tabBy(by: -1 | 1): Command['event'] {
  return ({focus}, at) => {
    const index = focusTabs.findIndex(({id}) => id === focus.tab) + by;
    const tab = focusTabs.at(index % focusTabs.length)?.id ?? 'overview';
    return {type: 'focus.tabChosen', at, tab};
  };
}

const rangeIndex = ({focus}: State): number => chartRanges.findIndex(({id}) => id === focus.range);

function rangeReason(state: State, by: -1 | 1): string | undefined {
  if (state.focus.tab !== 'overview') return 'the charts are in the overview: d';
  if (chartRanges[rangeIndex(state) + by]) return undefined;
  return by < 0 ? 'a minute is the shortest time' : 'samples are held for an hour';
}

function rangeBy(by: -1 | 1): Command['event'] {
  return (state, at) => {
    const range = chartRanges[rangeIndex(state) + by];
    const reason = rangeReason(state, by);
    if (reason !== undefined || !range) return {type: 'notice.shown', at, text: reason ?? ''};
    return {type: 'focus.rangeChosen', at, range: range.id};
  };
}

/** Scrolls what scrolls. The overview has no lines: there up and down are the sandbox before and after, as in the list. */
function scrolled(by: (lines: number) => number): Command['event'] {
  return (state, at) => {
    if (state.focus.tab === 'overview') return steppedBy(by(Number.POSITIVE_INFINITY), at);
    const {detail, framed} = regionsOf(state);
    if (!detail) return undefined;
    const width = framed ? detail.columns - 2 : detail.columns;
    const height = framed ? detail.rows - 2 : detail.rows - 1;
    const page = focusPageOf(state, width);
    const from = topOf(page, state, height);
    const top = Math.max(0, Math.min(lastTop(page, height), from + by(pageRows(height))));
    return top === from ? undefined : {type: 'focus.scrolled', at, top};
  };
}

const steppedBy = (by: number, at: Stamp): Event | undefined =>
  by === 1 || by === -1 ? {type: 'focus.stepped', at, by} : undefined;
