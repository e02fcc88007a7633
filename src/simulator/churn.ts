import type {Cancel, Clock} from '../clock/clock.ts';
import {createDeck, type NonEmpty, type Random} from './random.ts';
import type {Sandbox} from './sandbox.ts';
import type {ActName} from './transitions.ts';
import type {World} from './world.ts';

type Step = ActName | 'extend' | 'delete';

/** TABLE of what happens to a sandbox by itself, by its status: it keeps about two thirds of the fleet running. */
const churnSteps: Readonly<Record<string, NonEmpty<readonly [step: Step, count: number]>>> = {
  running: [
    ['pause', 2],
    ['stop', 1],
    ['extend', 5],
    ['delete', 3],
  ],
  paused: [
    ['resume', 6],
    ['stop', 1],
    ['delete', 1],
  ],
  stopped: [
    ['start', 5],
    ['delete', 3],
  ],
  error: [['delete', 1]],
};

export type ChurnOptions = {
  readonly clock: Clock;
  readonly random: Random;
  readonly world: World;
  readonly eventsPerSecond: number;
};

/** A draw that hits a sandbox of a client's, or one that is creating, is repeated this often, then left for later. */
const DRAWS = 8;
/** After a longer stop of the process the lost events are not made up for. */
const LONGEST_BACKLOG_MS = 1000;
const EXTENSIONS: NonEmpty<number> = [900, 1800, 3600, 7200];

/** Random lifecycle events at a mean rate, each in O(1). It keeps the fleet at the size it found. */
export function startChurn({clock, random, world, eventsPerSecond}: ChurnOptions): Cancel {
  if (eventsPerSecond <= 0) return () => undefined;
  const target = world.size();
  const deal = Object.fromEntries(
    Object.entries(churnSteps).map(([status, steps]) => [status, createDeck(random, steps)]),
  );
  const gapMs = () => (-Math.log(1 - random.next()) * 1000) / eventsPerSecond;
  let cancel: Cancel = () => undefined;
  let due = clock.monotonic() + gapMs();

  const stepOnce = () => {
    if (world.size() < target) return world.create(undefined, () => undefined);
    const sandbox = drawFree(world, random, deal);
    const step = sandbox && deal[sandbox.status]?.();
    if (sandbox && step) take(world, sandbox, step, random);
  };
  const run = () => {
    due = Math.max(due, clock.monotonic() - LONGEST_BACKLOG_MS);
    for (; due <= clock.monotonic(); due += gapMs()) stepOnce();
    plan();
  };
  const plan = () => {
    cancel = clock.after(due - clock.monotonic(), run);
  };
  plan();
  return () => cancel();
}

function drawFree(world: World, random: Random, deal: Readonly<Record<string, unknown>>): Sandbox | undefined {
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const sandbox = world.draw(random);
    if (sandbox && !sandbox.touched && Object.hasOwn(deal, sandbox.status)) return sandbox;
  }
  return undefined;
}

function take(world: World, {id}: Sandbox, step: Step, random: Random) {
  switch (step) {
    case 'extend':
      world.setTimeout(id, random.pick(EXTENSIONS));
      return;
    case 'delete':
      world.destroy(id);
      return;
    default:
      // Refused when the machine is still on its way: then nothing happens this time.
      world.act(id, step, () => undefined);
  }
}
