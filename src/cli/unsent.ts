import type {Act} from '../model/act.ts';
import {sandboxAction} from '../model/actions.ts';
import type {Bulk, BulkItem} from '../model/bulk.ts';
import type {Creation} from '../model/form.ts';
import {isUnsent} from '../model/sending.ts';
import type {State} from '../model/state.ts';

const sentences: Readonly<Record<Act['phase'], ((act: Act) => string) | undefined>> = {
  grace: undefined,
  checking: ({action, id}) => `${sandboxAction(action).label} of ${id} was not sent: the sandbox was still being read`,
  queued: ({action, id}) => `${sandboxAction(action).label} of ${id} was not sent: the request limit still held it`,
  sent: ({action, id}) => `${sandboxAction(action).label} of ${id} was sent, and not answered yet`,
  accepted: undefined,
  unknown: ({action, id}) => `${sandboxAction(action).label} of ${id} was sent, and its outcome is unknown`,
};

const creationSentences: Readonly<Record<Creation['phase'], (creation: Creation) => string>> = {
  queued: ({templateName}) => `a new sandbox of ${templateName} was not asked for: the request limit still held it`,
  sent: ({templateName}) =>
    `a new sandbox of ${templateName} was asked for, not answered yet: it may have been created`,
};

/** What is said of items in a phase, in this order; undefined: that was known before anything began. */
const itemWords: Readonly<Record<BulkItem['phase'], string | undefined>> = {
  done: 'done',
  failed: 'failed',
  unknown: 'of unknown outcome',
  running: 'not answered yet',
  waiting: 'not tried',
  skipped: undefined,
};

/** What became of what was under way when the program ended: nobody must believe that it happened. */
export function unsettledActs({acts, creation, bulk}: Pick<State, 'acts' | 'creation' | 'bulk'>): readonly string[] {
  const unfinished = bulk && bulk.endedAt === undefined ? bulk : undefined;
  return [
    ...(unfinished ? [bulkSentence(unfinished, acts)] : []),
    // Many that have not left are one number.
    ...actSentences([...acts.values()].filter((act) => !unfinished || !isUntried(unfinished, act))),
    ...(creation ? [creationSentences[creation.phase](creation)] : []),
  ];
}

const isUntried = ({action, items}: Bulk, act: Act | undefined): boolean =>
  act !== undefined && act.action === action && items.has(act.id) && isUnsent(act);

function bulkSentence(bulk: Bulk, acts: State['acts']): string {
  const counts = new Map<string, number>();
  for (const [id, {phase}] of bulk.items) {
    const word = itemWords[isUntried(bulk, acts.get(id)) ? 'waiting' : phase];
    if (word !== undefined) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const told = Object.values(itemWords).flatMap((word) => {
    const count = word === undefined ? undefined : counts.get(word);
    return count === undefined ? [] : [`${count} ${word}`];
  });
  return `bulk ${sandboxAction(bulk.action).label}: ${told.join(', ')}`;
}

function actSentences(acts: readonly Act[]): readonly string[] {
  const inGrace = acts.filter(({phase}) => phase === 'grace').map(({id}) => id);
  const [deletes, verb, their] = inGrace.length === 1 ? ['delete', 'was', 'its'] : ['deletes', 'were', 'their'];
  const kept =
    inGrace.length === 0
      ? []
      : [
          `${inGrace.length} ${deletes} ${verb} still in ${their} 5 s of grace and ${verb} not sent: ${inGrace.join(', ')}`,
        ];
  return [...kept, ...acts.flatMap((act) => sentences[act.phase]?.(act) ?? [])];
}
