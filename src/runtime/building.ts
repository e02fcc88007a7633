import {failureOf} from '../api/errors.ts';
import type {Effect, EventOf} from '../model/event.ts';
import type {Failure} from '../model/failure.ts';
import type {Stamp} from '../model/sandbox.ts';
import type {State} from '../model/state.ts';
import {outcomeOf} from './failures.ts';
import {createLeave} from './leave.ts';
import type {Ports} from './ports.ts';
import {type PackedSpec, type SpecPort, SpecRefused} from './specPort.ts';
import {uploadAll} from './uploading.ts';

type ReadEffect = Extract<Effect, {do: 'spec.read'}>;
type BuildEffect = Extract<Effect, {do: 'build'}>;
type AskEffect = Extract<Effect, {do: 'build.ask'}>;
type StartEffect = Extract<Effect, {do: 'build.start'}>;

export type Building = {
  /** Ends with spec.read or spec.refused. */
  readonly readSpec: (effect: ReadEffect) => Promise<void>;
  /** Uploads what is not there yet; ends with build.ready or build.refused unless `sync` let go of it. */
  readonly build: (effect: BuildEffect) => Promise<void>;
  /** Waits for leave; tells build.queued while it is held, then build.admitted unless `sync` let go of it. */
  readonly ask: (effect: AskEffect) => Promise<void>;
  /** Starts the build once, now; ends with build.started, build.refused, or with build.queued for a 429. */
  readonly start: (effect: StartEffect) => Promise<void>;
  /** Stops what `state` no longer wants to be sent; call it after changes. */
  readonly sync: (state: State) => void;
};

const mistakeOfOurs = 'hopx-top made a mistake here: please report it';

/** A spec may be hundreds of megabytes: kept are the newest one and the one on its way. */
export function createBuilding(ports: Ports & {readonly specs: SpecPort}): Building {
  const {clock, dispatch, specs, stopping} = ports;
  const leave = createLeave(ports);
  const packed = new Map<number, PackedSpec>();
  /** Ends the uploads of each that is on its way. */
  const underWay = new Map<number, AbortController>();
  let lastId = 0;

  const keep = (spec: PackedSpec): number => {
    for (const specId of packed.keys()) if (!underWay.has(specId)) packed.delete(specId);
    lastId += 1;
    packed.set(lastId, spec);
    return lastId;
  };

  const refuse = ({specId, name}: BuildEffect | StartEffect, failure: Failure) => {
    underWay.delete(specId);
    dispatch({type: 'build.refused', at: clock.monotonic(), specId, name, failure});
  };

  const upload = async (effect: BuildEffect, spec: PackedSpec, signal: AbortSignal) => {
    try {
      const failure = await uploadAll({...ports, stopping: signal}, effect.specId, spec.archives);
      if (signal.aborted) return;
      if (failure) return refuse(effect, {...failure, mayHaveHappened: false});
      dispatch({type: 'build.ready', at: clock.monotonic(), specId: effect.specId});
    } catch {
      refuse(effect, failureOf('bad-answer', mistakeOfOurs));
    }
  };

  return {
    async readSpec({path}) {
      try {
        const spec = await specs.read(path);
        dispatch({type: 'spec.read', at: clock.monotonic(), path, spec: {...spec.summary, specId: keep(spec)}});
      } catch (error) {
        const mistake = error instanceof SpecRefused ? error.message : mistakeOfOurs;
        dispatch({type: 'spec.refused', at: clock.monotonic(), path, mistake});
      }
    },
    async build(effect) {
      const {specId} = effect;
      if (underWay.has(specId)) return;
      const spec = packed.get(specId);
      if (!spec) return refuse(effect, specIsGone);
      const closing = new AbortController();
      underWay.set(specId, closing);
      await upload(effect, spec, AbortSignal.any([stopping, closing.signal]));
    },
    async ask({specId, until}) {
      const held = (heldUntil: Stamp) =>
        dispatch({type: 'build.queued', at: clock.monotonic(), specId, until: heldUntil});
      const admission = await leave.ask(String(specId), held, until);
      if (admission) dispatch({type: 'build.admitted', ...admission, specId});
    },
    async start(effect) {
      const spec = packed.get(effect.specId);
      if (!spec) return refuse(effect, specIsGone);
      const event = await startOnce(ports, effect, spec);
      if (event.type === 'build.refused') return refuse(effect, event.failure);
      if (event.type === 'build.started') {
        underWay.delete(effect.specId);
        packed.delete(effect.specId);
      }
      dispatch(event);
    },
    sync({builds: {sending}}) {
      leave.keep((key) => sending?.phase === 'queued' && String(sending.specId) === key);
      for (const [specId, closing] of underWay) {
        if (sending?.specId === specId) continue;
        closing.abort();
        underWay.delete(specId);
      }
    },
  };
}

type Started = EventOf<'build.started' | 'build.refused' | 'build.queued'>;

/** Builds have a limit of their own, by the hour: nothing else is held by a 429. */
async function startOnce(
  {api, clock, governor}: Ports,
  {specId, name}: StartEffect,
  {body}: PackedSpec,
): Promise<Started> {
  const outcome = await outcomeOf(() => api.startBuild(body));
  const at = clock.monotonic();
  if ('value' in outcome) {
    const {value, status, requestId} = outcome.value;
    const {buildId, templateId} = value;
    return {type: 'build.started', at, specId, name, buildId, templateId, status, requestId};
  }
  const {failure} = outcome;
  if (failure.kind !== 'rate-limited') return {type: 'build.refused', at, specId, name, failure};
  return {type: 'build.queued', at, specId, until: governor.waitsUntil(failure.retryAfterMs), failure};
}

const specIsGone = failureOf('bad-request', 'not sent: the spec must be read again');
