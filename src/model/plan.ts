import {Map as ImmutableMap} from 'immutable';
import {GRACE_MS} from './actions.ts';
import {answerTo, heardBy, lessTyped, moreTyped} from './answering.ts';
import {type Bulk, type BulkItem, type BulkPhase, bulkPhases, isUnderWay, type Plan} from './bulk.ts';
import type {BulkEvent} from './bulkEvents.ts';
import {recordOfPlan} from './bulkRecord.ts';
import {bulkAdvanced, summaryOf} from './bulkRun.ts';
import type {EventOf} from './event.ts';
import {formatCount} from './format.ts';
import {logged, noticed} from './logging.ts';
import {makePlan} from './planning.ts';
import {bulkReason} from './refusal.ts';
import type {Stamp} from './sandbox.ts';
import type {State} from './state.ts';
import {andThen, type Step} from './step.ts';

type OfPlan<T extends BulkEvent['type']> = Extract<BulkEvent, {readonly type: T}>;

const answered = heardBy(({plan}) => plan);

const withPlan = (state: State, plan: Plan): Step => [{...state, plan}];

export const planTyped = answered<EventOf<'dialog.typed'>>((state, plan, {text}) =>
  plan.word === undefined
    ? [state]
    : withPlan({...state, notice: undefined}, {...plan, typed: moreTyped(plan.typed, text)}),
);

export const planErased = answered<EventOf<'dialog.erased'>>((state, plan) =>
  plan.typed === '' ? [state] : withPlan(state, {...plan, typed: lessTyped(plan.typed)}),
);

export const planFocused = answered<EventOf<'dialog.focused'>>((state, plan, {on}) =>
  plan.word !== undefined || plan.focus === on ? [state] : withPlan(state, {...plan, focus: on}),
);

export const planScrolled = answered<OfPlan<'plan.scrolled'>>((state, plan, {to}) =>
  withPlan(state, {...plan, top: Math.max(0, to)}),
);

const closed = (state: State): State => ({...state, plan: undefined});

/** The plan as a file, and nothing else: nothing is sent. */
export const planWritten = answered<OfPlan<'plan.written'>>((state, plan, {at}) => [
  closed(state),
  {do: 'save', what: 'plan', ...recordOfPlan(state, at, plan)},
]);

export const planAnswered = answered<EventOf<'dialog.answered'>>((state, plan, event) =>
  answerTo(plan, state, event, {
    agreed: () => agreed(state, event.at, plan),
    closed: closed(state),
    otherwise: (word) => `that is not "${word}": nothing is sent; Esc closes`,
  }),
);

/** What was shown is what is agreed to: the very ids, and no worse than it was said. */
function agreed(state: State, at: Stamp, plan: Plan): Step {
  const reason = bulkReason(state, plan.action);
  if (reason !== undefined) return [noticed(closed(state), at, `${plan.action}: ${reason}`, 'warn')];
  const now = makePlan(state, at, plan.action, plan.timeoutSeconds);
  const changed = changeSince(plan, now);
  if (now.ids.length === 0)
    return [noticed(closed(state), at, `${plan.action}: ${changed ?? 'nobody is left'}`, 'warn')];
  if (changed !== undefined) return withPlan(state, {...now, changed});
  return begun(closed(state), at, plan);
}

/** What has gone or changed since is passed over when its turn comes, each by itself; only a graver consequence is asked anew. */
function changeSince(plan: Plan, now: Plan): string | undefined {
  const isPlanned = new Set(plan.ids);
  const graver = [...now.shorter].filter((id) => isPlanned.has(id) && !plan.shorter.has(id)).length;
  if (graver > 0) return `${formatCount(graver)} more of them would now live shorter`;
  return now.ids.some((id) => isPlanned.has(id)) ? undefined : 'none of them can be acted on any more';
}

/** The marks have done their service: what they were for is in the ledger. A delete waits 5 s, once for all. */
function begun(state: State, at: Stamp, {action, ids, skipped, timeoutSeconds, shorter}: Plan): Step {
  const item: BulkItem = {phase: 'waiting', text: 'not tried', status: undefined, requestId: undefined};
  const bulk: Bulk = {
    action,
    timeout: timeoutSeconds === undefined ? undefined : {seconds: timeoutSeconds, shorter},
    startedAt: at,
    endedAt: undefined,
    graceUntil: action === 'delete' ? at + GRACE_MS : undefined,
    pausedBy: undefined,
    failuresInRow: 0,
    trouble: undefined,
    ids,
    left: skipped,
    shown: ids,
    next: 0,
    again: [],
    items: ImmutableMap(ids.map((id) => [id, item])),
    counts: {...noneOfAny, waiting: ids.length},
    isShown: true,
    top: undefined,
  };
  const count = `${formatCount(ids.length)} ${ids.length === 1 ? 'sandbox' : 'sandboxes'}`;
  const told = logged(withoutBulk(state, at), at, {
    kind: `${action} many`,
    text: `agreed to, of ${count}`,
    source: 'you',
  });
  const going = {...told, bulk, marks: state.marks.clear(), lastMarked: undefined};
  return andThen([going], (next) => bulkAdvanced(next, at));
}

/** One that stood still is given up for the next: what it did, and did not try, is in the log. */
function withoutBulk(state: State, at: Stamp): State {
  const {bulk} = state;
  if (!isUnderWay(bulk)) return state;
  return logged(state, at, {
    kind: `${bulk.action} many`,
    text: `given up: ${summaryOf(bulk)}`,
    source: 'you',
    tone: 'warn',
  });
}

const noneOfAny = Object.fromEntries(bulkPhases.map((phase) => [phase, 0])) as Readonly<Record<BulkPhase, number>>;
