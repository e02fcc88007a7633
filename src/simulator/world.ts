import type {Clock} from '../clock/clock.ts';
import {type Births, expiryFromNow, type Wish} from './births.ts';
import {createFleet, type Fleet, type Page, type PageQuery} from './fleet.ts';
import type {Random} from './random.ts';
import {type Draft, type Sandbox, uptimeMs, withTransition} from './sandbox.ts';
import {createTimetable, type Timetable} from './timetable.ts';
import {type ActName, boot, crash, isLegal, lateBoot, type Transition, transitions} from './transitions.ts';
import {workloadOf} from './workload.ts';

export type Change = {readonly type: 'created' | 'updated' | 'deleted'; readonly sandbox: Sandbox};

/** How a change that takes time came out. */
export type Ending =
  | {readonly is: 'done'; readonly sandbox: Sandbox}
  | {readonly is: 'refused'; readonly reason: string}
  /** Not there, deleted, or expired on the way. */
  | {readonly is: 'gone'};

type Settle = (ending: Ending) => void;

/** The fleet and its laws: the only place where a sandbox is born, changes or ends. */
export type World = {
  readonly size: () => number;
  readonly get: (id: string) => Sandbox | undefined;
  readonly page: (query: PageQuery) => Page;
  /** Newest first. */
  readonly everybody: () => readonly Sandbox[];
  readonly draw: (random: Random) => Sandbox | undefined;
  /** Starts as `creating`; settles when it runs. Without a wish: anything, and not by a client. */
  readonly create: (wish: Wish | undefined, settle: Settle) => void;
  /** Settles when the machine has got there. */
  readonly act: (id: string, act: ActName, settle: Settle) => void;
  /** Counts from now; undefined: no such sandbox. */
  readonly setTimeout: (id: string, seconds: number) => Sandbox | undefined;
  readonly issueToken: (id: string) => Sandbox | undefined;
  /** A client has a hand in it: churn leaves it alone from now on. */
  readonly touch: (id: string) => void;
  readonly destroy: (id: string) => boolean;
  /** How many things are due at some time. */
  readonly appointments: () => number;
  readonly close: () => void;
};

export type WorldOptions = {
  readonly clock: Clock;
  readonly random: Random;
  readonly births: Births;
  readonly sandboxes: number;
  /** No machine changes by itself: those found `creating` stay so, none crashes. */
  readonly quiet: boolean;
  readonly told: (change: Change) => void;
};

type Ground = WorldOptions & {
  readonly fleet: Fleet;
  readonly timetable: Timetable;
  /** Who waits for a machine that is on its way. */
  readonly waiting: Map<string, Settle>;
  readonly nextNumber: () => number;
};

export function createWorld(options: WorldOptions): World {
  const {clock, told} = options;
  const fleet = createFleet();
  const timetable = createTimetable(clock);
  let born = 0;
  const nextNumber = () => {
    born += 1;
    return born;
  };
  const ground: Ground = {...options, fleet, timetable, waiting: new Map(), nextNumber};
  populate(ground);
  return {
    size: fleet.size,
    get: fleet.get,
    page: fleet.page,
    everybody: () => fleet.page({limit: Number.POSITIVE_INFINITY, matches: () => true}).sandboxes,
    draw: fleet.draw,
    create(wish, settle) {
      const now = clock.wall();
      const sandbox = add(ground, wish ? options.births.wished(now, wish) : options.births.begun(now));
      told({type: 'created', sandbox});
      depart(ground, sandbox.id, boot, settle);
    },
    act: (id, act, settle) => attempt(ground, id, act, settle),
    setTimeout: (id, seconds) => setExpiry(ground, id, seconds),
    issueToken(id) {
      const before = fleet.get(id);
      if (!before) return undefined;
      const after = {...before, tokens: before.tokens + 1, tokenIssuedAt: clock.wall()};
      fleet.replace(after);
      return after;
    },
    touch(id) {
      const before = fleet.get(id);
      if (before && !before.touched) fleet.replace({...before, touched: true});
    },
    destroy: (id) => destroy(ground, id),
    appointments: timetable.size,
    close: timetable.close,
  };
}

/** Numbers follow birth, so the fleet is sorted once, here, and never again. */
function populate(ground: Ground) {
  const {births, clock, sandboxes, quiet} = ground;
  const found = Array.from({length: sandboxes}, () => births.found(clock.wall()));
  for (const draft of found.sort((one, other) => one.createdAt - other.createdAt)) {
    const {id, status} = add(ground, draft);
    if (status === 'creating' && !quiet) depart(ground, id, lateBoot, () => undefined);
  }
}

function add(ground: Ground, draft: Draft): Sandbox {
  const {fleet, births, nextNumber} = ground;
  let {id} = draft;
  while (fleet.get(id)) id = births.newId(draft.createdAt);
  const sandbox = {...draft, id, number: nextNumber()};
  fleet.add(sandbox);
  planExpiry(ground, sandbox);
  planCrash(ground, sandbox);
  return sandbox;
}

function attempt(ground: Ground, id: string, act: ActName, settle: Settle) {
  const sandbox = ground.fleet.get(id);
  if (!sandbox) return settle({is: 'gone'});
  if (ground.waiting.has(id)) return settle({is: 'refused', reason: `Cannot ${act}: another change is under way`});
  const transition = transitions[act];
  if (!isLegal(transition, sandbox.status)) {
    return settle({is: 'refused', reason: `Cannot ${act}: the sandbox is ${sandbox.status}`});
  }
  depart(ground, id, transition, settle);
}

function depart(ground: Ground, id: string, transition: Transition, settle: Settle) {
  const {waiting, timetable, random} = ground;
  waiting.set(id, settle);
  timetable.planIn(id, 'arrival', random.between(...transition.delayMs), () => {
    waiting.delete(id);
    const sandbox = enter(ground, id, transition);
    settle(sandbox ? {is: 'done', sandbox} : {is: 'gone'});
  });
}

function enter(ground: Ground, id: string, transition: Transition): Sandbox | undefined {
  const before = ground.fleet.get(id);
  if (!before) return undefined;
  const after = withTransition(before, transition, ground.clock.wall());
  planCrash(ground, after);
  return change(ground, after);
}

function change({fleet, told, clock}: Ground, changed: Sandbox): Sandbox {
  const sandbox = {...changed, changedAt: clock.wall()};
  fleet.replace(sandbox);
  told({type: 'updated', sandbox});
  return sandbox;
}

function setExpiry(ground: Ground, id: string, timeoutSeconds: number): Sandbox | undefined {
  const before = ground.fleet.get(id);
  if (!before) return undefined;
  const after = {...before, timeoutSeconds, expiresAt: expiryFromNow(ground.clock.wall(), timeoutSeconds)};
  planExpiry(ground, after);
  return change(ground, after);
}

/** Expiry destroys: docs.hopx.ai set-timeout. */
function planExpiry(ground: Ground, {id, expiresAt}: Sandbox) {
  if (expiresAt !== null) ground.timetable.planAtWall(id, 'expiry', expiresAt, () => destroy(ground, id));
}

function planCrash(ground: Ground, sandbox: Sandbox) {
  const {timetable, clock, quiet} = ground;
  const {id} = sandbox;
  timetable.cancel(id, 'crash');
  const afterSeconds = workloadOf(sandbox).crashesAfterSeconds;
  if (quiet || afterSeconds === undefined || sandbox.status !== 'running') return;
  const leftMs = Math.max(0, afterSeconds * 1000 - uptimeMs(sandbox, clock.wall()));
  timetable.planIn(id, 'crash', leftMs, () => {
    // Somebody is just pausing or stopping it: let them.
    if (!ground.waiting.has(id)) enter(ground, id, crash);
  });
}

/** Legal in every status (docs.hopx.dev lifecycle). */
function destroy(ground: Ground, id: string): boolean {
  const {fleet, timetable, waiting, told, clock} = ground;
  const sandbox = fleet.get(id);
  if (!sandbox) return false;
  const settle = waiting.get(id);
  fleet.remove(id);
  timetable.cancelAll(id);
  waiting.delete(id);
  told({type: 'deleted', sandbox: {...sandbox, status: 'deleted', changedAt: clock.wall()}});
  settle?.({is: 'gone'});
  return true;
}
