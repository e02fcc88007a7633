import type {Api} from '../../src/api/types.ts';
import {createLifecycle} from '../../src/runtime/lifecycle.ts';
import {settle} from '../support/settle.ts';
import {bench} from './ports.ts';

/** The sandbox stream followed against a fake server; `push` speaks for the newest connection. */
export const follow = async (script?: Partial<Api>) => {
  const made = bench(script);
  const lifecycle = createLifecycle(made.ports);
  made.ports.tasks.start(lifecycle.follow);
  await settle();
  const push: NonNullable<(typeof made.sandboxStreams)[number]>['push'] = (signal) =>
    made.sandboxStreams.at(-1)?.push(signal);
  return {...made, ...lifecycle, push};
};
