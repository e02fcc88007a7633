import type {Act} from '../model/act.ts';
import {sandboxAction} from '../model/actions.ts';
import type {Sending} from '../model/builds.ts';
import {isUnderWay} from '../model/bulk.ts';
import {summaryOf} from '../model/bulkRun.ts';
import type {Creation} from '../model/form.ts';
import {formatBytes} from '../model/format.ts';
import {isUnsent} from '../model/sending.ts';
import type {State} from '../model/state.ts';
import {nameOf} from '../model/templateDeleting.ts';
import type {Deletion} from '../model/templates.ts';

const sentences: Readonly<Record<Act['phase'], ((act: Act) => string) | undefined>> = {
  grace: undefined,
  checking: ({action, id}) => `${sandboxAction(action).label} of ${id} was not sent: the sandbox was still being read`,
  queued: ({action, id}) => `${sandboxAction(action).label} of ${id} was not sent: the request limit still held it`,
  sent: ({action, id}) => `${sandboxAction(action).label} of ${id} was sent, and not answered yet`,
  accepted: undefined,
  unknown: ({action, id}) => `${sandboxAction(action).label} of ${id} was sent, and its outcome is unknown`,
};

const creationSentences: Readonly<Record<Creation['phase'], (creation: Creation) => string | undefined>> = {
  queued: ({templateName}) => `a new sandbox of ${templateName} was not asked for: the request limit still held it`,
  sent: ({templateName}) =>
    `a new sandbox of ${templateName} was asked for, not answered yet: it may have been created`,
  refused: () => undefined,
};

const deletionSentences: Readonly<Record<Deletion['phase'], (name: string) => string>> = {
  grace: (name) => `delete of template ${name} was still in its 5 s of grace and was not sent`,
  queued: (name) => `delete of template ${name} was not sent: the request limit still held it`,
  sent: (name) => `delete of template ${name} was sent, and not answered yet`,
  unknown: (name) => `delete of template ${name} was sent, and its outcome is unknown`,
};

const buildSentences: Readonly<Record<Sending['phase'], (sending: Sending) => string>> = {
  uploading: ({name, sentBytes, totalBytes}) =>
    totalBytes === 0
      ? `build of ${name} was not begun: nothing had been uploaded`
      : `build of ${name} was not begun: ${formatBytes(sentBytes)} of ${formatBytes(totalBytes)} were uploaded`,
  queued: ({name}) => `build of ${name} was not begun: the request limit still held it`,
  sent: ({name}) => `build of ${name} was asked for, not answered yet: it may have begun`,
};

/** What became of what was under way when the program ended: nobody must believe that it happened. */
export function unsettledActs({
  acts,
  creation,
  bulk,
  builds,
  templates,
}: Pick<State, 'acts' | 'creation' | 'bulk' | 'builds' | 'templates'>): readonly string[] {
  // Of many that have not left the count says it all.
  const told = [...acts.values()].filter((act) => !act.isBulk || !isUnsent(act));
  return [
    ...(isUnderWay(bulk) ? [`bulk ${sandboxAction(bulk.action).label}: ${summaryOf(bulk)}`] : []),
    ...actSentences(told),
    ...[creation && creationSentences[creation.phase](creation)].filter((sentence) => sentence !== undefined),
    ...[...templates.deletions].map(([id, {phase}]) => deletionSentences[phase](nameOf({templates}, id))),
    // A build that has begun goes on at the server, and needs no word.
    ...(builds.sending ? [buildSentences[builds.sending.phase](builds.sending)] : []),
  ];
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
