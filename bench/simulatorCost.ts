import {created, startPlane} from '../test/simulator/support.ts';
import {cpuMs} from './cpu.ts';

const SMALL = 1_000;
const LARGE = 10_000;
const ACTS = 100;
const ROUNDS = 3;

/** CPU milliseconds of the simulated control plane, without sockets, in the quickest of three rounds. */
export type SimulatorCost = {
  readonly sandboxes: number;
  readonly startMs: number;
  /** One create, one new timeout and one delete. */
  readonly actMs: number;
};

const quickest = (work: () => void): number => Math.min(...Array.from({length: ROUNDS}, () => cpuMs(work)));

/** At both sizes: a start grows with the fleet, an act does not. */
export const measureSimulator = (): readonly SimulatorCost[] => [SMALL, LARGE].map(costAt);

function costAt(sandboxes: number): SimulatorCost {
  const startMs = quickest(() => startPlane({sandboxes}).plane.close());
  const plane = startPlane({sandboxes, quiet: true});
  const act = () => {
    const id = created(plane);
    plane.ask('PUT', `/v1/sandboxes/${id}/timeout`, {body: {timeout_seconds: 900}});
    plane.ask('DELETE', `/v1/sandboxes/${id}`);
  };
  const actsMs = quickest(() => {
    for (let turn = 0; turn < ACTS; turn += 1) act();
  });
  return {sandboxes, startMs, actMs: actsMs / ACTS};
}
