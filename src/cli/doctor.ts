import {ApiError} from '../api/errors.ts';
import type {Api, StreamSignal} from '../api/types.ts';
import type {Clock} from '../clock/clock.ts';
import type {Budget, Failure} from '../model/failure.ts';
import {type ExitName, exitOfFailure} from './exit.ts';
import {type Asking, explain} from './explain.ts';

/** What one look has found. */
export type Finding = {
  readonly name: string;
  /** note: it works otherwise, or could not be told. */
  readonly outcome: 'ok' | 'note' | 'bad';
  readonly says: string;
  /** What to do, where there is something to do. */
  readonly advice?: string;
  readonly exit?: ExitName;
};

export type DoctorWorld = {
  readonly api: Api;
  readonly clock: Clock;
  readonly asking: Asking;
  /** Host and port of the proxy on the way. */
  readonly proxy: string | undefined;
  /** What the answers have told so far. */
  readonly budget: () => Budget | undefined;
  readonly skewMs: () => number;
};

type Look = (world: DoctorWorld) => Promise<Finding>;

/** So often the list is asked for, for the latency. */
const TRIES = 3;
/** So long a stream has for its first byte. */
const LISTEN_MS = 5_000;
/** From here on a clock is wrong. */
const SKEW_MS = 2_000;
const DATE_STEP_MS = 1_000;
const SLOW_MS = 1_000;

const ok = (name: string, says: string): Finding => ({name, outcome: 'ok', says});
const note = (name: string, says: string, advice: string): Finding => ({name, outcome: 'note', says, advice});
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const address: Look = async ({asking: {origin, keyId, source}}) =>
  ok('address', `${origin.origin} with ${keyId === undefined ? 'the key' : `${keyId}…`} from ${source}`);

const proxy: Look = async ({proxy: host}) => ok('proxy', host === undefined ? 'none on the way' : `through ${host}`);

/** Key and list in one: what fails here fails everywhere. */
const list: Look = async ({api, clock, asking}) => {
  const times: number[] = [];
  try {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const askedAt = clock.monotonic();
      await api.listSandboxes({limit: 1});
      times.push(clock.monotonic() - askedAt);
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const {message, exit} = explain(error.failure, asking);
    const [says = message, ...advice] = message.split('; ');
    return {name: 'list', outcome: 'bad', says, exit, ...(advice.length > 0 ? {advice: advice.join('; ')} : {})};
  }
  const usualMs = Math.round(times.toSorted((a, b) => a - b)[Math.floor(TRIES / 2)] ?? 0);
  const says = `answered ${TRIES} times, usually in ${usualMs} ms`;
  return usualMs < SLOW_MS ? ok('list', says) : note('list', says, 'it works, slowly: a nearer network helps');
};

/** The server's clock minus ours lies between two readings: `Date` is cut to the second, and old by the time it arrives. */
const clockLook: Look = async ({api, clock, skewMs}) => {
  const askedAt = clock.monotonic();
  await api.listSandboxes({limit: 1}).catch(() => undefined);
  const least = skewMs();
  const most = least + DATE_STEP_MS + clock.monotonic() - askedAt;
  if (least <= SKEW_MS && most >= -SKEW_MS) return ok('clock', `within ${SKEW_MS / 1000} s of the server's`);
  const says = least > 0 ? `${seconds(least)} behind the server's` : `${seconds(-most)} ahead of the server's`;
  return note('clock', says, 'hopx-top reckons with it; set the clock of this machine all the same');
};

const rateLimit: Look = async ({budget, clock}) => {
  const told = budget();
  if (!told) return note('rate limit', 'the server does not tell one', 'hopx-top then asks at most ten times a second');
  const {limit, remaining, resetAt} = told;
  const says = `${remaining} of ${limit} requests left, anew in ${seconds(Math.max(0, resetAt - clock.monotonic()))}`;
  if (remaining >= limit / 5) return ok('rate limit', says);
  return note('rate limit', says, 'somebody else uses this key: little is left for this screen');
};

const sandboxStream: Look = (world) =>
  listen(
    world,
    'sandbox stream',
    (signal) => world.api.streamSandboxes({signal}),
    'the list is read every 5 s instead',
  );

const templateStream: Look = (world) =>
  listen(world, 'template stream', (signal) => world.api.streamTemplates({signal}), 'nothing here needs it yet');

const metricsStream: Look = async (world) => {
  const found = await world.api.listSandboxes({limit: 1, status: 'running'}).catch(() => undefined);
  const id = found?.value.patches.find(({status}) => status === 'running')?.id;
  if (id === undefined) return note('metrics stream', 'not tried: no sandbox runs', 'start one and look again');
  return listen(world, 'metrics stream', (signal) => world.api.streamMetrics(id, {signal}), 'CPU and MEM stay empty');
};

/** Nothing but an act could tell, and a doctor acts on nobody. */
const acts: Look = async ({asking}) =>
  note(
    'start, stop',
    'not tried: it would change a sandbox',
    `the first X or S tells whether ${asking.origin.host} has them`,
  );

async function listen(
  {clock}: DoctorWorld,
  name: string,
  open: (signal: AbortSignal) => AsyncIterable<StreamSignal<unknown>>,
  without: string,
): Promise<Finding> {
  const enough = new AbortController();
  const stop = clock.after(LISTEN_MS, () => enough.abort());
  const beganAt = clock.monotonic();
  let openedMs: number | undefined;
  try {
    for await (const signal of open(enough.signal)) {
      if (signal.type === 'opened') openedMs = Math.round(signal.at - beganAt);
      if (signal.type === 'heard') {
        return ok(name, `open after ${openedMs ?? 0} ms, the first byte after ${Math.round(signal.at - beganAt)} ms`);
      }
      if ((signal.type === 'lost' || signal.type === 'ended') && !enough.signal.aborted) {
        return broken(name, signal.failure, without);
      }
    }
  } finally {
    stop();
    enough.abort();
  }
  if (openedMs === undefined)
    return bad(name, `not open after ${seconds(LISTEN_MS)}`, `a proxy may hold it; ${without}`);
  return note(
    name,
    `open after ${openedMs} ms, no byte in ${seconds(LISTEN_MS)}`,
    'it may be silent while nothing happens',
  );
}

const bad = (name: string, says: string, advice: string): Finding => ({
  name,
  outcome: 'bad',
  says,
  advice,
  exit: 'timeout',
});

function broken(name: string, failure: Failure, without: string): Finding {
  if (failure.kind === 'unsupported' || failure.kind === 'not-found') {
    return note(name, `this server has none: ${failure.message}`, without);
  }
  return {name, outcome: 'bad', says: failure.message, advice: without, exit: exitOfFailure(failure)};
}

/** After the first that is bad the others have nothing to tell. */
const first: readonly Look[] = [address, proxy, list];
const others: readonly Look[] = [clockLook, rateLimit, sandboxStream, templateStream, metricsStream, acts];

/** Looks at everything, changes nothing, and tells each finding as it comes. */
export async function examine(world: DoctorWorld, tell: (finding: Finding) => void): Promise<ExitName> {
  let exit: ExitName = 'ok';
  const look = async (each: Look) => {
    const finding = await each(world);
    tell(finding);
    if (finding.outcome === 'bad' && exit === 'ok') exit = finding.exit ?? 'general';
  };
  for (const each of first) await look(each);
  if (exit !== 'ok') return exit;
  for (const each of others) await look(each);
  return exit;
}
