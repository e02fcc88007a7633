import type {Act} from '../model/act.ts';
import {sandboxAction} from '../model/actions.ts';
import type {State} from '../model/state.ts';

const sentences: Readonly<Record<Act['phase'], ((act: Act) => string) | undefined>> = {
  grace: undefined,
  checking: ({action, id}) => `${sandboxAction(action).label} of ${id} was not sent: the sandbox was still being read`,
  queued: ({action, id}) => `${sandboxAction(action).label} of ${id} was not sent: the request limit still held it`,
  sent: ({action, id}) => `${sandboxAction(action).label} of ${id} was sent, and not answered yet`,
  accepted: undefined,
  unknown: ({action, id}) => `${sandboxAction(action).label} of ${id} was sent, and its outcome is unknown`,
};

/** What became of the acts that were under way when the program ended: nobody must believe that they happened. */
export function unsettledActs({acts, creation}: Pick<State, 'acts' | 'creation'>): readonly string[] {
  const all = [...acts.values()];
  const inGrace = all.filter(({phase}) => phase === 'grace').map(({id}) => id);
  const [deletes, verb, their] = inGrace.length === 1 ? ['delete', 'was', 'its'] : ['deletes', 'were', 'their'];
  const kept =
    inGrace.length === 0
      ? []
      : [
          `${inGrace.length} ${deletes} ${verb} still in ${their} 5 s of grace and ${verb} not sent: ${inGrace.join(', ')}`,
        ];
  return [...kept, ...all.flatMap((act) => sentences[act.phase]?.(act) ?? []), ...unsettledCreation(creation)];
}

function unsettledCreation(creation: State['creation']): readonly string[] {
  if (creation === undefined || creation.phase === 'refused') return [];
  const what = `the creation of a sandbox of ${creation.templateName}`;
  return [creation.phase === 'queued' ? `${what} was not sent` : `${what} was sent, and not answered yet`];
}
