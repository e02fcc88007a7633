import type {State} from '../model/state.ts';
import type {Line} from '../terminal/cells.ts';
import {type Brush, formatCount, span, wrapWords} from './paint.ts';

type Reason = {
  readonly applies: (state: State) => boolean;
  readonly title: (state: State) => string;
  /** What to do about it. */
  readonly advice: (state: State) => string;
  readonly tone: 'plain' | 'danger';
};

/** Why the list shows nothing, and what to press; the first that applies is said. */
const reasons: readonly Reason[] = [
  {
    applies: ({link}) => link.phase === 'auth',
    title: ({session}) => `${session.host} does not accept the API key.`,
    advice: ({link, session}) =>
      `${sentence(link.reason)}Key: ${session.keyId ?? 'none'}. Quit with q, give a key that is valid, and start again: with a key that was refused nothing is tried again.`,
    tone: 'danger',
  },
  {
    applies: ({rows, order}) => rows.size > 0 && order.size === 0,
    title: ({live}) => `0 of ${formatCount(live)} match.`,
    advice: () => 'Press Esc to clear the filter, / to change it.',
    tone: 'plain',
  },
  {
    applies: ({link, listing}) =>
      link.phase === 'offline' || (listing.phase === 'failed' && listing.endedAt === undefined),
    title: ({session}) => `${session.host} cannot be reached.`,
    advice: ({link, listing}) =>
      `${sentence(link.reason ?? listing.reason)}It is tried again by itself; press r to try now.`,
    tone: 'danger',
  },
  {
    applies: isWaiting,
    title: ({session, listing}) => {
      if (session.host === '') return 'Starting the simulated fleet';
      return listing.phase === 'reading' ? `Reading the list from ${session.host}` : `Connecting to ${session.host}`;
    },
    advice: () => '',
    tone: 'plain',
  },
  {
    applies: () => true,
    title: () => 'No sandboxes yet.',
    advice: () => 'Create one with the HopX CLI or an SDK: it appears here by itself. Press r to read the list again.',
    tone: 'plain',
  },
];

/** True until the first list is there: the only time that something turns on the screen. */
export function isWaiting({link, listing, rows}: State): boolean {
  const waits = listing.phase === 'never' || listing.phase === 'reading';
  return rows.size === 0 && waits && listing.endedAt === undefined && link.phase !== 'auth' && link.phase !== 'offline';
}

/** What stands in the place of the rows; nothing while there are any. */
export function paintEmpty(state: State, {width, theme}: Brush): readonly Line[] {
  if (state.order.size > 0) return [];
  const reason = reasons.find(({applies}) => applies(state));
  if (!reason) return [];
  const room = Math.max(8, Math.min(72, width - 4));
  const margin = span(isWaiting(state) ? '    ' : '  ');
  const advice = reason.advice(state);
  return [
    [],
    ...wrapWords(reason.title(state), room).map((text) => [
      margin,
      span(text, theme.styleOf(reason.tone === 'danger' ? 'danger' : 'bold')),
    ]),
    ...(advice === '' ? [] : wrapWords(advice, room).map((text) => [margin, span(text, theme.styleOf('dim'))])),
  ];
}

/** A reason given elsewhere, made to stand before another sentence. */
function sentence(reason: string | undefined): string {
  if (!reason) return '';
  return /[.!?]$/.test(reason) ? `${reason} ` : `${reason}. `;
}
