import {columnOf} from './columns.ts';
import {metricsShare, WINDOW_MS} from './limit.ts';
import type {Stamp} from './sandbox.ts';
import {isOpen} from './select.ts';
import type {State} from './state.ts';
import {isRunning} from './wanted.ts';

/** Turns of sandboxes that are sampled though nobody looks at them. */
export type Rotation = {
  /** Whose turn it is. */
  readonly ids: readonly string[];
  readonly turnedAt: Stamp;
  /** Who was running when the round began, and how many of them have had their turn. */
  readonly round: readonly string[];
  readonly done: number;
};

/** Long enough for a few samples, and for a rate. */
const TURN_MS = 15_000;
/** Streams that wait for the budget hold up a turn no longer than this. */
const LONGEST_TURN_MS = 60_000;
/** The part of all streams that takes turns. */
const TURNING_PART = 1 / 8;
/** The part of the streams that may be opened a minute, for turns: scrolling has the rest. */
const OPENED_PART = 1 / 2;

/** What is on the screen depends on samples: an order or a choice by what only some rows have. */
export const restsOnSamples = ({sort, filter}: State): boolean =>
  columnOf(sort.column).isSampled === true ||
  filter.active.terms.some((term) => term.kind === 'comparison' && term.field.isSampled === true);

/**
 * While the list is sorted or filtered by samples, those that nobody looks at are sampled in turns: whatever is busy
 * comes up, and stays as long as it is seen. Otherwise a stream that shows nobody anything is not opened. A round is
 * made of all that run when it begins; the cost of a turn is that of the turn.
 */
export function rotated(state: State, at: Stamp): State {
  const {rotation, link, session} = state;
  if (!restsOnSamples(state) || session.metricsLimit === 0) return rotation ? {...state, rotation: undefined} : state;
  if (link.phase !== 'live' && link.phase !== 'poll') return state;
  if (rotation && !isTurnOver(state, rotation, at)) return state;
  return {...state, rotation: nextTurn(state, rotation, at)};
}

function isTurnOver({metrics}: State, {ids, turnedAt}: Rotation, at: Stamp): boolean {
  const isSampled = ids.every((id) => (metrics.get(id)?.latest?.at ?? turnedAt) > turnedAt);
  return at - turnedAt >= (isSampled ? TURN_MS : LONGEST_TURN_MS);
}

function nextTurn(state: State, before: Rotation | undefined, at: Stamp): Rotation {
  const isRoundOver = !before || before.done >= before.round.length;
  const round = isRoundOver ? allRunning(state) : before.round;
  const ids: string[] = [];
  let done = isRoundOver ? 0 : before.done;
  for (const most = turnSize(state); done < round.length && ids.length < most; done += 1) {
    const id = round[done];
    if (id !== undefined && isRunning(state.rows.get(id)) && !isOpen(state.metrics.get(id))) ids.push(id);
  }
  return {ids, turnedAt: at, round, done};
}

const allRunning = ({rows}: State): readonly string[] =>
  [...rows.values()].flatMap((row) => (isRunning(row) ? row.sandbox.id : []));

function turnSize({session, budget}: State): number {
  const share = Math.ceil(session.metricsLimit * TURNING_PART);
  if (!budget) return share;
  const perTurn = (metricsShare(budget.limit) * OPENED_PART * TURN_MS) / WINDOW_MS;
  return Math.max(1, Math.min(share, Math.floor(perTurn)));
}
