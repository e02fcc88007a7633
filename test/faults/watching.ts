import {setImmediate} from 'node:timers/promises';
import {createApi} from '../../src/api/client.ts';
import {Secret} from '../../src/api/secret.ts';
import {systemClock} from '../../src/clock/clock.ts';
import {manualClock} from '../../src/clock/manualClock.ts';
import {isAlive} from '../../src/model/fleet.ts';
import {initialState} from '../../src/model/initial.ts';
import type {Row} from '../../src/model/sandbox.ts';
import type {State} from '../../src/model/state.ts';
import {startSession} from '../../src/runtime/session.ts';
import {createControlPlane} from '../../src/simulator/controlPlane.ts';
import {type SimulatorOptions, simulatorDefaults} from '../../src/simulator/options.ts';
import {createRandom} from '../../src/simulator/random.ts';
import type {Answer} from '../../src/simulator/reply.ts';
import {type LoggedRequest, noRequestLog} from '../../src/simulator/requestLog.ts';
import type {Sandbox} from '../../src/simulator/sandbox.ts';
import {serve} from '../../src/simulator/server.ts';
import type {World} from '../../src/simulator/world.ts';
import {WALL0} from '../support/builders.ts';
import {fakeFiles} from '../support/fakeFiles.ts';
import {noSpecs} from '../support/noSpecs.ts';

const KEY = 'hopx_live_Ab3dEf6hIj9k.c4n4ry-Sup3r_S3cr3t';

const STEP_MS = 250;
/** Turns of the event loop in which loopback carries what a step set going. */
const TURNS = 8;

export type Watching = Awaited<ReturnType<typeof watch>>;

/** A client gives up an answer that does not come after this: in the clock's time, where sockets have their own. */
const PATIENCE_MS = 15_000;

/** How somebody watches: what the list is sorted by, how many lines it shows, `--metrics`. */
export type Way = {readonly sort: State['sort']; readonly listRows: number; readonly metricsLimit: number};

const usualWay: Way = {sort: {column: 'expires', descending: false}, listRows: 20, metricsLimit: 3};

/** The client without a screen and the simulator, over real sockets, on one clock that moves when told. */
export async function watch(options: Partial<SimulatorOptions>, {sort, listRows, metricsLimit}: Way = usualWay) {
  const clock = manualClock(WALL0);
  const requests: (LoggedRequest & {readonly at: number})[] = [];
  const log = {
    ...noRequestLog,
    add: (request: LoggedRequest) => requests.push({...request, at: clock.monotonic()}),
  };
  const told = {...simulatorDefaults, sandboxes: 24, quiet: true, rateLimit: 0, ...options};
  const plane = createControlPlane({options: told, clock, log});
  const answer: Answer = (request, respond) =>
    plane.answer(request, (response) => {
      if (!('lost' in response) || response.lost === 'reset') return respond(response);
      clock.after(PATIENCE_MS, () => respond({...response, lost: 'reset'}));
    });
  const server = await serve(answer, systemClock, 0);
  const random = createRandom('client');
  const session = startSession({
    openApi: (observer) =>
      createApi({
        origin: new URL(server.url),
        key: new Secret(KEY),
        clock,
        random: random.next,
        readonly: false,
        userAgent: 'hopx-top/test',
        observer,
      }),
    clock,
    random: random.next,
    initial: initialState({
      session: {profile: 'p', host: 'h', keyId: undefined, readonly: false, demo: false, metricsLimit},
      sort,
      screen: {columns: 80, rows: listRows + 4, listRows},
      now: clock.monotonic(),
      wall: clock.wall(),
    }),
    terminal: {
      suspend: () => undefined,
      redraw: () => undefined,
      copy: () => undefined,
      connect: async () => undefined,
      quit: () => undefined,
    },
    files: fakeFiles(),
    specs: noSpecs,
  });
  const {store} = session;

  return {
    clock,
    store,
    requests,
    world: plane.world,
    state: store.getState,
    wrong: () => differences(store.getState(), plane.world),
    /** Seconds on the clock, step by step; ends early once `until` holds. `look` sees every step. */
    async pass(seconds: number, {until = () => false, look = () => {}}: Passing = {}) {
      const end = clock.monotonic() + seconds * 1000;
      while (clock.monotonic() < end && !until()) {
        clock.advance(STEP_MS);
        for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
        look();
      }
    },
    async [Symbol.asyncDispose]() {
      await session.stop();
      plane.close();
      await server.close();
    },
  };
}

type Passing = {readonly until?: () => boolean; readonly look?: () => void};

/** What the screen would have wrong: sandboxes it lacks or has too many, statuses, and other facts that it was told. */
function differences(state: State, world: World): readonly string[] {
  const truth = new Map(world.everybody().map((sandbox) => [sandbox.id, sandbox]));
  const alive = new Map([...state.rows].filter(([, row]) => isAlive(row)));
  // Put in by the fault of that name.
  for (const id of alive.keys()) if (id.startsWith('x'.repeat(100))) alive.delete(id);
  const missing = [...truth.keys()].filter((id) => !alive.has(id)).map((id) => `${id} is missing`);
  const odd = [...alive].flatMap(([id, row]) => {
    const sandbox = truth.get(id);
    return sandbox ? wrongFacts(row, sandbox) : [`${id.slice(0, 40)} is shown alive and is not there`];
  });
  return [...missing, ...odd];
}

function wrongFacts({sandbox: shown}: Row, is: Sandbox): readonly string[] {
  const facts: readonly (readonly [string, unknown, unknown])[] = [
    ['status', shown.status, is.status],
    ['region', shown.region ?? is.region, is.region],
    ['template', shown.templateName ?? is.template.name, is.template.name],
    ['expiry', shown.expiresAt === undefined ? is.expiresAt : shown.expiresAt, is.expiresAt],
    ['disk', shown.diskBytes ?? diskBytes(is), diskBytes(is)],
  ];
  return facts
    .filter(([, one, other]) => one !== other)
    .map(([name, one, other]) => `${is.id} ${name}: ${one}, not ${other}`);
}

const diskBytes = ({template}: Sandbox) => template.default_resources.disk_gb * 2 ** 30;

/** The dead who are not: nobody who is there may ever be shown as gone. */
export const wronglyDead = (state: State, world: World): readonly string[] =>
  state.tombstones.filter((id) => world.get(id) !== undefined);

/** TABLE of what others do to the fleet, one a second. */
const deeds: readonly ((world: World, one: Sandbox) => unknown)[] = [
  (world, {id}) => world.act(id, 'pause', () => undefined),
  (world, {id}) => world.destroy(id),
  (world) => world.create({}, () => undefined),
  (world, {id}) => world.setTimeout(id, 3600),
  (world, {id}) => world.act(id, 'stop', () => undefined),
  (world, {id}) => world.act(id, 'resume', () => undefined),
  (world) => world.create({timeoutSeconds: 7200}, () => undefined),
  (world, {id}) => world.act(id, 'start', () => undefined),
];

/** Others at work for so many seconds: always the same work. */
export async function stir({world, pass}: Watching, seconds: number, look: () => void) {
  const random = createRandom('others');
  for (let second = 0; second < seconds; second += 1) {
    const one = world.draw(random);
    if (one) deeds[second % deeds.length]?.(world, one);
    await pass(1, {look});
  }
}
