import type {Effect, Event} from '../../src/model/event.ts';
import {isAlive} from '../../src/model/fleet.ts';
import {reduce} from '../../src/model/reduce.ts';
import type {SandboxPatch} from '../../src/model/sandbox.ts';
import type {State} from '../../src/model/state.ts';
import {T0, WALL0} from '../support/builders.ts';
import {begun, failure} from './given.ts';

type Truth = {status: string; expiresAt: number | null; region: string; createdAt: number; updatedAt: number};
type Request =
  | {
      readonly kind: 'page';
      readonly run: number;
      readonly offset: number;
      readonly sentAt: number;
      readonly ids: string[];
      readonly patches: SandboxPatch[];
      readonly hasMore: boolean;
    }
  | {readonly kind: 'read'; readonly id: string; readonly sentAt: number; readonly patch: SandboxPatch | undefined};

export type NetworkOptions = {
  /** Whether the server tells `updated_at`. */
  readonly versions: boolean;
  /** Whether events carry the whole record, or the id and status alone. */
  readonly sparseEvents: boolean;
  readonly pageSize: number;
};

/**
 * A control plane, a network and a monitor in one. The server answers with what is true when a request is SENT; the
 * answer, and every event, arrives when the test says so, or never. Its list has an offset cursor, so that rows shift
 * between pages as they come and go.
 */
export function network({versions, sparseEvents, pageSize}: NetworkOptions) {
  const truth = new Map<string, Truth>();
  const deleted = new Set<string>();
  const wire: Event[] = [];
  const past: Event[] = [];
  let requests: Request[] = [];
  let open = false;
  let now = T0;
  let lastTick = T0;
  let born = 0;
  let state = begun();
  const effects: Effect[] = [];

  const patchOf = (id: string, told: Truth): SandboxPatch => {
    const version = versions ? {updatedAt: told.updatedAt} : {};
    const {status, expiresAt, region, createdAt} = told;
    return {id, status, expiresAt, region, createdAt, ...version};
  };

  const send = (effect: Effect) => {
    effects.push(effect);
    if (effect.do === 'list') sendPage(effect.run, 0);
    if (effect.do === 'read') {
      const told = truth.get(effect.id);
      const patch = told && patchOf(effect.id, told);
      requests.push({kind: 'read', id: effect.id, sentAt: now, patch});
    }
  };

  const sendPage = (run: number, offset: number) => {
    const all = [...truth.keys()].sort();
    const ids = all.slice(offset, offset + pageSize);
    const patches = ids.flatMap((id) => {
      const told = truth.get(id);
      return told ? [patchOf(id, told)] : [];
    });
    requests.push({kind: 'page', run, offset, sentAt: now, ids, patches, hasMore: offset + pageSize < all.length});
  };

  const take = (event: Event) => {
    const [next, ...more] = reduce(state, event);
    state = next;
    for (const effect of more) send(effect);
  };

  const tell = (event: Event) => {
    if (open) wire.push(event);
  };

  const answer = (request: Request) => {
    if (request.kind === 'read') {
      const {id, sentAt: asOf, patch} = request;
      if (patch) take({type: 'sandbox.observed', at: now, asOf, via: 'read', patch});
      else take({type: 'sandbox.gone', at: now, asOf, id, via: 'read'});
      return;
    }
    const {run, sentAt: asOf, patches, offset, hasMore} = request;
    take({type: 'list.page', at: now, asOf, run, patches});
    if (hasMore) sendPage(run, offset + pageSize);
    else take({type: 'list.ended', at: now, run, complete: true});
  };

  return {
    truth,
    deleted,
    effects,
    now: () => now,
    state: () => state,
    /** Nothing is under way: all that was sent has come, and nobody waits for an answer. */
    isStill: () => wire.length === 0 && requests.length === 0,
    take,
    /** Lets time pass, ticking on the way as a clock does. */
    pass(ms: number) {
      for (const until = now + ms; now < until; ) {
        now = Math.min(until, lastTick + 1000);
        if (now < lastTick + 1000) continue;
        lastTick = now;
        take({type: 'clock.ticked', at: now, wall: WALL0 + now - T0});
      }
    },
    create() {
      born += 1;
      // Not in the order of birth: a new row may push any other over the edge of a page.
      const id = `sb_${(born * 7) % 10}${born}`;
      const at = WALL0 + now - T0;
      const told = {status: 'creating', expiresAt: null, region: 'us-east', createdAt: at, updatedAt: at};
      truth.set(id, told);
      tell({type: 'sandbox.observed', at: 0, asOf: 0, via: 'event', patch: patchOf(id, told), verb: 'sandbox.created'});
    },
    change(id: string, change: Partial<Truth>) {
      const before = truth.get(id);
      if (!before) return;
      const told = {...before, ...change, updatedAt: WALL0 + now - T0};
      truth.set(id, told);
      const whole = patchOf(id, told);
      const {expiresAt: _, region: __, createdAt: ___, ...sparse} = whole;
      const patch = sparseEvents && change.status !== undefined ? sparse : whole;
      tell({type: 'sandbox.observed', at: 0, asOf: 0, via: 'event', patch, verb: 'sandbox.updated'});
    },
    remove(id: string) {
      if (!truth.delete(id)) return;
      deleted.add(id);
      tell({type: 'sandbox.gone', at: 0, asOf: 0, id, via: 'event', verb: 'sandbox.deleted'});
    },
    connect() {
      if (open) return;
      open = true;
      take({type: 'stream.opened', at: now});
    },
    /** What was under way on the stream is lost with it. */
    cut() {
      if (!open) return;
      open = false;
      wire.length = 0;
      take({type: 'stream.lost', at: now, failure: failure(), attempt: 1, retryAt: now + 1000});
    },
    deliverEvent() {
      const event = wire.shift();
      if (!event) return;
      past.push(event);
      take({...event, at: now, asOf: now} as Event);
    },
    /** An old event, sent again by a server that replays. */
    repeatEvent(pick: number) {
      const event = past[pick % Math.max(1, past.length)];
      if (event && open) take({...event, at: now, asOf: now} as Event);
    },
    deliverAnswer(pick: number) {
      const request = requests[pick % Math.max(1, requests.length)];
      if (!request) return;
      requests = requests.filter((other) => other !== request);
      answer(request);
    },
    /** Everything under way arrives, and all that follows from it. */
    deliverAll() {
      while (wire.length > 0 || requests.length > 0) {
        now += 1;
        this.deliverEvent();
        this.deliverAnswer(0);
      }
    },
    /** Faults stop; everything under way arrives; two minutes pass. */
    quieten() {
      this.connect();
      for (let second = 0; second < 130; second += 4) {
        this.deliverAll();
        this.pass(4000);
      }
    },
  };
}

export type Network = ReturnType<typeof network>;

/** What the monitor says lives, in the server's terms. */
export const livingOf = (state: State): Record<string, unknown> =>
  Object.fromEntries(
    [...state.rows]
      .filter(([, row]) => isAlive(row))
      .map(([id, {sandbox}]) => [id, [sandbox.status, sandbox.expiresAt, sandbox.region]]),
  );

export const truthOf = ({truth}: Network): Record<string, unknown> =>
  Object.fromEntries([...truth].map(([id, {status, expiresAt, region}]) => [id, [status, expiresAt, region]]));
