import {isAlive} from './fleet.ts';
import type {Stamp} from './sandbox.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

/** Reads by id under way at once; what is left of the budget is for acts, and for looking. */
const MOST_CHECKS = 6;

/** Nobody has seen it where it should be, or an event named it (`isTold`) and no more: a GET by id decides. */
export function withSuspect(state: State, id: string, isTold: boolean): State {
  const was = state.suspects.get(id);
  if (was && (was.isTold || !isTold)) return state;
  return {...state, suspects: state.suspects.set(id, {stage: was?.stage ?? 'wanted', isTold})};
}

/** No longer in doubt, whatever a read under way will say. */
export function withoutSuspect(state: State, id: string): State {
  const was = state.suspects.get(id);
  if (!was) return state;
  return {...state, suspects: state.suspects.delete(id), checking: state.checking - (was.stage === 'asked' ? 1 : 0)};
}

/** Seen alive: settles the doubt, unless that was asked for before the list that missed it. */
export function suspectSeen(state: State, id: string, asOf: Stamp): State {
  const suspect = state.suspects.get(id);
  if (!suspect) return state;
  const isOld = isAlive(state.rows.get(id)) && asOf < (state.listing.beganAt ?? asOf);
  return isOld ? withSuspect(withoutSuspect(state, id), id, suspect.isTold) : withoutSuspect(state, id);
}

/** Asks for as many suspects as may be under way; not while no answer can come. */
export function checkSuspects(state: State): Step {
  const {phase} = state.link;
  if (phase === 'offline' || phase === 'auth') return [state];
  const next: string[] = [];
  for (const [id, {stage}] of state.suspects) {
    if (state.checking + next.length >= MOST_CHECKS) break;
    if (stage === 'wanted') next.push(id);
  }
  if (next.length === 0) return [state];
  const suspects = state.suspects.withMutations((map) => {
    for (const id of next) map.update(id, (suspect) => suspect && {...suspect, stage: 'asked'});
  });
  return [
    {...state, suspects, checking: state.checking + next.length},
    ...next.map((id) => ({do: 'read', id, priority: 'check'}) as const),
  ];
}
