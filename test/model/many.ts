import type {ActionId} from '../../src/model/actions.ts';
import type {Effect, Event} from '../../src/model/event.ts';
import type {Failure} from '../../src/model/failure.ts';
import {reduce} from '../../src/model/reduce.ts';
import type {SandboxPatch} from '../../src/model/sandbox.ts';
import type {State} from '../../src/model/state.ts';
import {T0, WALL0} from '../support/builders.ts';
import {failure, gone, listed, observed, patch} from './given.ts';

/** A fleet of `s00` to `s11`, `over` by id. */
export const fleetOf = (count: number, over: (index: number) => Partial<SandboxPatch> = () => ({})): State =>
  listed(...Array.from({length: count}, (_, index) => patch(`s${String(index).padStart(2, '0')}`, over(index))));

export const at = (ms: number) => ({at: T0 + ms});
export const markAll: Event = {type: 'marks.allShown', ...at(100)};
export const plan = (action: ActionId, ms = 200, timeoutSeconds?: number): Event => ({
  type: 'plan.asked',
  ...at(ms),
  action,
  ...(timeoutSeconds === undefined ? {} : {timeoutSeconds}),
});
export const typed = (text: string, ms = 700): Event => ({type: 'dialog.typed', ...at(ms), text});
export const enter = (ms = 800): Event => ({type: 'dialog.answered', ...at(ms), answer: 'enter'});
export const yes = (ms = 800): Event => ({type: 'dialog.answered', ...at(ms), answer: 'yes'});

export type World = {readonly reply: (effect: Effect, ms: number) => readonly Event[]};

/** Answers what leaves until nothing leaves any more; each answer takes a hundredth of a second. */
export function live(state: State, events: readonly Event[], {reply}: World) {
  let next = state;
  const effects: Effect[] = [];
  const queue: Event[] = [...events];
  let ms = 1000;
  for (let event = queue.shift(); event; event = queue.shift()) {
    const [changed, ...more] = reduce(next, event);
    next = changed;
    effects.push(...more);
    for (const effect of more) {
      ms += 10;
      queue.push(...reply(effect, ms));
    }
  }
  return {state: next, effects};
}

export const accepted = (ms: number, action: ActionId, id: string, over: Partial<SandboxPatch> = {}): Event => ({
  ...{type: 'action.accepted', at: T0 + ms, asOf: T0 + ms - 5, action, id, status: 200, requestId: `req_${id}`},
  patch: {id, ...over},
});
export const admitted = (ms: number, id: string): Event => ({
  type: 'action.admitted',
  at: T0 + ms,
  wall: WALL0 + ms,
  id,
});

const statuses: Partial<Record<ActionId, string>> = {pause: 'paused', stop: 'stopped'};

/** A server on which everything works. */
export const kind: World = {
  reply(effect, ms) {
    if (effect.do === 'read') return [observed(ms, patch(effect.id), {via: 'read'})];
    if (effect.do === 'act') return [admitted(ms, effect.id)];
    if (effect.do !== 'send') return [];
    const {action, id, timeoutSeconds} = effect;
    const expiresAt = WALL0 + ms + (timeoutSeconds ?? 0) * 1000;
    const status = statuses[action];
    const taken = accepted(ms, action, id, timeoutSeconds ? {expiresAt, timeoutSeconds} : {});
    if (action === 'delete') return [taken, gone(ms + 1, id)];
    return status === undefined ? [taken] : [taken, observed(ms + 1, patch(id, {status}))];
  },
};

export const sentIds = (effects: readonly Effect[]): readonly string[] =>
  effects.flatMap((effect) => (effect.do === 'send' ? [effect.id] : []));
export const readIds = (effects: readonly Effect[]): readonly string[] =>
  effects.flatMap((effect) => (effect.do === 'read' && effect.priority === 'bulk' ? [effect.id] : []));
export const outcomes = ({bulk}: State) => bulk?.ids.map((id) => `${id} ${bulk.items.get(id)?.phase}`);

/** The server says no: nothing was changed. */
export const refusal = (ms: number, action: ActionId, id: string, over: Partial<Failure>): Event => ({
  type: 'action.refused',
  ...at(ms),
  action,
  id,
  failure: failure({mayHaveHappened: false, ...over}),
});
