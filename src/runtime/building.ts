import {apiError, failureOf} from '../api/errors.ts';
import type {Effect} from '../model/event.ts';
import type {Failure} from '../model/failure.ts';
import {askGoverned} from './asking.ts';
import {type Outcome, outcomeOf} from './failures.ts';
import {startPatience} from './patience.ts';
import type {Ports} from './ports.ts';
import {type PackedCopy, type PackedSpec, type SpecPort, SpecRefused} from './specPort.ts';

type ReadEffect = Extract<Effect, {do: 'spec.read'}>;
type BuildEffect = Extract<Effect, {do: 'build'}>;

export type Building = {
  /** Ends with spec.read or spec.refused. */
  readonly readSpec: (effect: ReadEffect) => Promise<void>;
  /** Uploads what is not there yet and starts the build, once; ends with build.started or build.refused. */
  readonly build: (effect: BuildEffect) => Promise<void>;
};

/** Between two words about an upload. */
const PROGRESS_EVERY_MS = 250;

const mistakeOfOurs = 'hopx-top made a mistake here: please report it';

/** A spec may be hundreds of megabytes: kept are the newest one and those on their way. */
export function createBuilding(ports: Ports & {readonly specs: SpecPort}): Building {
  const {clock, dispatch, specs} = ports;
  const packed = new Map<number, PackedSpec>();
  const underWay = new Set<number>();
  let lastId = 0;

  const keep = (spec: PackedSpec): number => {
    for (const specId of packed.keys()) if (!underWay.has(specId)) packed.delete(specId);
    lastId += 1;
    packed.set(lastId, spec);
    return lastId;
  };

  const refuse = ({specId, name}: BuildEffect, failure: Failure) =>
    dispatch({type: 'build.refused', at: clock.monotonic(), specId, name, failure});

  const send = async (effect: BuildEffect, spec: PackedSpec) => {
    const {specId, name} = effect;
    const failure = await uploadAll(ports, specId, spec.archives);
    if (failure) return refuse(effect, {...failure, mayHaveHappened: false});
    const outcome = await askForBuild(ports, specId, () => ports.api.startBuild(spec.body));
    if (!outcome) return;
    if ('failure' in outcome) return refuse(effect, outcome.failure);
    const {value, status, requestId} = outcome.value;
    const {buildId, templateId} = value;
    packed.delete(specId);
    dispatch({type: 'build.started', at: clock.monotonic(), specId, name, buildId, templateId, status, requestId});
  };

  return {
    async readSpec({path}) {
      try {
        const spec = await specs.read(path);
        dispatch({type: 'spec.read', at: clock.monotonic(), spec: {...spec.summary, specId: keep(spec)}});
      } catch (error) {
        const mistake = error instanceof SpecRefused ? error.message : mistakeOfOurs;
        dispatch({type: 'spec.refused', at: clock.monotonic(), path, mistake});
      }
    },
    async build(effect) {
      const {specId} = effect;
      const spec = packed.get(specId);
      if (!spec) return refuse(effect, failureOf('bad-request', 'not sent: the spec must be read again'));
      if (underWay.has(specId)) return;
      underWay.add(specId);
      await send(effect, spec);
      underWay.delete(specId);
    },
  };
}

/** One request through the governor; 429s are waited out and told. Undefined: the session stopped. */
async function askForBuild<T>(ports: Ports, specId: number, ask: () => Promise<T>): Promise<Outcome<T> | undefined> {
  const {clock, dispatch} = ports;
  const isLate = startPatience(clock);
  const askInTime = async () => {
    if (isLate()) throw apiError('cancelled', 'not sent: it was held for too long; build it again');
    return ask();
  };
  const asked = await askGoverned(ports, 'act', askInTime, (until) =>
    dispatch({type: 'build.queued', at: clock.monotonic(), specId, until}),
  );
  return asked?.outcome;
}

const stopped = failureOf('cancelled', 'cancelled');

/** Brings every archive to where the server wants it; answers what failed. */
async function uploadAll(ports: Ports, specId: number, archives: readonly PackedCopy[]): Promise<Failure | undefined> {
  const progress = createProgress(ports, specId, archives);
  for (const {filesHash, content} of archives) {
    const link = await askForBuild(ports, specId, () => ports.api.uploadLink(filesHash, content.byteLength));
    if (!link) return stopped;
    if ('failure' in link) return link.failure;
    const {isPresent, url} = link.value.value;
    if (!isPresent && url) {
      const done = await outcomeOf(() => ports.api.upload(url, content, progress.sent, ports.stopping));
      if ('failure' in done) return done.failure;
    }
    progress.finished(content.byteLength);
  }
  return undefined;
}

/** Tells of all uploads of a build together; what is there already counts as sent. */
function createProgress({clock, dispatch}: Ports, specId: number, archives: readonly PackedCopy[]) {
  const totalBytes = archives.reduce((sum, {content}) => sum + content.byteLength, 0);
  let before = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  const tell = (sentBytes: number) => {
    toldAt = clock.monotonic();
    dispatch({type: 'upload.progressed', at: toldAt, specId, sentBytes, totalBytes});
  };
  return {
    sent(bytes: number) {
      if (clock.monotonic() - toldAt >= PROGRESS_EVERY_MS) tell(before + bytes);
    },
    finished(bytes: number) {
      before += bytes;
      if (before === totalBytes) tell(before);
    },
  };
}
