import {type ActionId, sandboxAction} from './actions.ts';
import {isAtWork, type Plan, type Share, type Skipped} from './bulk.ts';
import type {BulkEvent} from './bulkEvents.ts';
import {needsRead} from './bulkRun.ts';
import {formatCount} from './format.ts';
import {isShortening} from './lifetime.ts';
import {noticed} from './logging.ts';
import {bulkReason, isFitting, lateReason} from './refusal.ts';
import type {Row, Stamp} from './sandbox.ts';
import {isCovered} from './screen.ts';
import {lineOf} from './standing.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

type PlanAsked = Extract<BulkEvent, {readonly type: 'plan.asked'}>;

/** A key asked for an act on all that are marked: what it would do is shown, and nothing is sent. */
export function planAsked(state: State, {at, action, timeoutSeconds}: PlanAsked): Step {
  if (isCovered(state)) return [state];
  const reason = bulkReason(state, action);
  if (reason !== undefined) return [noticed(state, at, `${action}: ${reason}`, 'warn')];
  if (isAtWork(state.bulk))
    return [noticed(state, at, `${action}: a ${state.bulk.action} of many is under way: b shows it`, 'warn')];
  if (action === 'timeout' && timeoutSeconds === undefined)
    return [noticed(state, at, 'timeout: say how long, such as 30m', 'warn')];
  const plan = makePlan(state, at, action, timeoutSeconds);
  if (plan.ids.length > 0) return [{...state, plan}];
  const text = `${action}: none of the ${formatCount(state.marks.size)} marked: ${tallyOf(plan.reasons)}`;
  return [noticed(state, at, text, 'warn')];
}

/** What an act on the marked would be, now. Looks at every mark once. */
export function makePlan(state: State, at: Stamp, action: ActionId, timeoutSeconds: number | undefined): Plan {
  const ids: string[] = [];
  const skipped: Skipped[] = [];
  const statuses = new Map<string, number>();
  const regions = new Map<string, number>();
  const reasons = new Map<string, number>();
  const shorter = new Set<string>();
  let hidden = 0;
  let checks = 0;
  for (const id of state.marks) {
    const row = state.rows.get(id);
    const why = skipReason(state, action, row);
    if (why !== undefined || !row) {
      skipped.push({id, why: why ?? GONE});
      counted(reasons, why ?? GONE);
      continue;
    }
    ids.push(id);
    counted(statuses, row.sandbox.status);
    counted(regions, row.sandbox.region ?? 'region not told');
    if (lineOf(state, id) === undefined) hidden += 1;
    if (needsRead(state, at, action, row)) checks += 1;
    if (timeoutSeconds !== undefined && isShortening(state, at, row, timeoutSeconds)) shorter.add(id);
  }
  const word = wordOf(action, ids.length, shorter.size);
  return {
    ...{action, timeoutSeconds, ids, skipped, hidden, shortened: shorter.size, shorter, checks, word},
    ...{statuses: byCount(statuses), regions: byCount(regions), reasons: byCount(reasons)},
    ...{openedAt: at, typed: '', focus: 'cancel', changed: undefined, top: 0},
  };
}

function counted(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

const byCount = (counts: ReadonlyMap<string, number>): readonly Share[] => [...counts].sort(([, a], [, b]) => b - a);

/** What loses something is typed with its count. */
function wordOf(action: ActionId, count: number, shortened: number): string | undefined {
  const isTyped = sandboxAction(action).consent === 'type' || shortened > 0;
  return isTyped ? `${action} ${count}` : undefined;
}

function skipReason(state: State, action: ActionId, row: Row | undefined): string | undefined {
  if (!row || row.tombstone) return GONE;
  const {id, expiresAt} = row.sandbox;
  if (state.pinned.has(id)) return 'pinned, which protects it';
  if (state.acts.has(id)) return 'another act on it is under way';
  if (action === 'extend' && expiresAt === null) return 'without a timeout: nothing to extend';
  // Its status says it in a word, and the words for one alone would be too many here.
  return isFitting(action, row.sandbox.status) ? lateReason(state, action, row) : row.sandbox.status;
}

const GONE = 'gone already';

/** `2 pinned, which protects it; 1 gone already`. */
export const tallyOf = (reasons: readonly Share[]): string =>
  reasons.map(([why, count]) => `${formatCount(count)} ${why}`).join('; ');
