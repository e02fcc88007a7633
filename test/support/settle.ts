import {setImmediate} from 'node:timers/promises';

/** Lets every promise that can go on do so: a manual clock moves time, this moves what waited for it. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await setImmediate();
}
