import type {Turn} from './filter.ts';
import {idsFrom, type Order, rankOfKey} from './order.ts';
import type {Millis} from './sandbox.ts';
import {isTelling} from './select.ts';
import type {Moment, State} from './state.ts';
import {serverAt} from './times.ts';

/** A turn that is as near as this is looked at too: sums of times are not exact to the last bit. */
const MARGIN_MS = 1;

/**
 * Ids of the rows that time alone may have let into the list, or out of it, or moved in it, since the orders were put
 * right last. Costs what it finds, and a look at each sampled row; the server's clock may have gone either way.
 */
export function* idsDueByTime(state: State, before: Moment): Generator<string> {
  if (state.now !== before.now) yield* fallenSilent(state, before);
  for (const turn of state.filter.active.turns) {
    yield* turnedAlive(turn, momentsOf(state, turn), serverAt(before, before.now), serverAt(state, state.now));
    yield* turnedDead(turn, state, before);
  }
}

/** The sampled: their number is bounded, that of the fleet is not. */
function* fallenSilent({metrics, now}: State, before: Moment): Generator<string> {
  for (const [id, series] of metrics) {
    if (isTelling(series, now) !== isTelling(series, before.now)) yield id;
  }
}

const momentsOf = ({created, expiring}: State, {moment}: Turn): Order | undefined =>
  moment === 'createdAt' ? created : expiring;

/** Rows turn when the server's clock passes their moment, shifted by what is asked for. */
function turnedAlive(turn: Turn, moments: Order | undefined, from: Millis, to: Millis): readonly string[] {
  if (!moments || from === to) return [];
  const [first, last] = momentsBetween(turn, from, to);
  const rank = rankOfKey(moments, first);
  return idsFrom(moments, rank, rankOfKey(moments, last) - rank);
}

function momentsBetween({direction, afterMs}: Turn, from: Millis, to: Millis): readonly [first: Millis, last: Millis] {
  const shift = direction === 'since' ? -afterMs : afterMs;
  return [Math.min(from, to) + shift - MARGIN_MS, Math.max(from, to) + shift + MARGIN_MS];
}

/** For the dead time stands still on our clock: what they turn by is how far the server's has moved against it. */
function* turnedDead(turn: Turn, state: State, before: Moment): Generator<string> {
  const [from, to] = [serverAt(before, 0), serverAt(state, 0)];
  if (from === to) return;
  for (const id of state.tombstones) {
    const {tombstone, sandbox} = state.rows.get(id) ?? {};
    const moment = sandbox?.[turn.moment];
    if (!tombstone || typeof moment !== 'number') continue;
    const [first, last] = momentsBetween(turn, from + tombstone.diedAt, to + tombstone.diedAt);
    if (moment >= first && moment <= last) yield id;
  }
}
