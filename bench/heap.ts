import {setImmediate} from 'node:timers/promises';
import {every} from '../src/clock/clock.ts';
import {idsFrom} from '../src/model/order.ts';
import {fleetState} from './fleet.ts';
import {createOutput} from './output.ts';
import {createStage, type Stage} from './stage.ts';
import {type WriterName, writers} from './writers.tsx';

const FLEET = 100;
/** More than lies between two frames of events: each turn has one with all that the turn before changed. */
const FRAME_MS = 300;

/** After so many frames the heap is looked at; by the first all that is kept for good is there. */
const LOOKS = [1000, 4000, 7000, 10_000] as const;

export type HeapAt = {readonly frames: number; readonly heapBytes: number};

/** What is live after many frames in which every row has words that were never there before. */
export async function measureHeap(name: WriterName): Promise<readonly HeapAt[]> {
  const stage = createStage(fleetState(FLEET));
  const output = createOutput();
  const running = writers[name](stage, output);
  every(stage.clock, FRAME_MS, renaming(stage));
  const looks: HeapAt[] = [];
  for (let frame = 1; frame <= (LOOKS.at(-1) ?? 0); frame += 1) {
    stage.clock.advance(FRAME_MS);
    await running.flush();
    if (output.take() === '') throw new Error(`frame ${frame} was not written`);
    if (LOOKS.some((each) => each === frame)) looks.push({frames: frame, heapBytes: await liveBytes()});
  }
  running.stop();
  return looks;
}

function renaming({clock, store}: Stage): () => void {
  const {order, screen} = store.getState();
  const ids = idsFrom(order, 0, screen.listRows);
  let round = 0;
  return () => {
    round += 1;
    const at = clock.monotonic();
    store.dispatch({type: 'clock.ticked', at, wall: clock.wall()});
    ids.forEach((id, row) => {
      const patch = {id, templateName: `agent-${round}-${row}`, region: `r${row}-${round}`};
      store.dispatch({type: 'sandbox.observed', at, asOf: at, via: 'event', verb: 'sandbox.updated', patch});
    });
  };
}

/** Twice, with a turn of the event loop between: what a finalizer lets go is gone as well. */
async function liveBytes(): Promise<number> {
  for (let pass = 0; pass < 2; pass += 1) {
    globalThis.gc?.();
    await setImmediate();
  }
  return process.memoryUsage().heapUsed;
}
