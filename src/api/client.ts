import type {LookupFunction} from 'node:net';
import type {Clock} from '../clock/clock.ts';
import {createActingCalls} from './actingCalls.ts';
import {createBuildCalls, createBuildSecrets} from './buildCalls.ts';
import {createBuildLog} from './buildLog.ts';
import {createDispatcher, streamTimeouts, type Timeouts, usualTimeouts} from './exchange.ts';
import type {AuthHeader} from './headers.ts';
import {createDoor} from './http.ts';
import {createReadingCalls} from './readingCalls.ts';
import {createRedact, type Secret} from './secret.ts';
import {createStreams} from './streams.ts';
import type {Api, ApiObserver} from './types.ts';
import {createUpload} from './upload.ts';
import type {Witness} from './witness.ts';

export type ApiOptions = {
  /** From `parseOrigin`: the only place the key is ever sent to. */
  readonly origin: URL;
  readonly key: Secret | undefined;
  readonly clock: Clock;
  readonly random: () => number;
  /** Nothing but GET leaves. */
  readonly readonly: boolean;
  readonly userAgent: string;
  readonly observer?: ApiObserver | undefined;
  /** Default `bearer`. */
  readonly authHeader?: AuthHeader;
  readonly timeouts?: Timeouts;
  /** The proxy on the way there, with its password. */
  readonly proxy?: URL | undefined;
  /** Finds the address of a name; the system's, IPv4 first, unless told. */
  readonly lookup?: LookupFunction;
  /** Told all that comes, for a report. */
  readonly witness?: Witness | undefined;
};

/** Requests at the same time; more wait their turn. */
const MOST_CONNECTIONS = 16;

/** Storage answers only when it has taken all, which may take it longer than a control plane. */
const UPLOAD_PATIENCE = 4;

/** The client of one control plane. It opens no socket before the first call. */
export function createApi(options: ApiOptions): Api {
  const {timeouts = usualTimeouts, proxy, lookup} = options;
  const requests = createDispatcher(timeouts, {connections: MOST_CONNECTIONS, proxy, lookup});
  const streams = createDispatcher({...timeouts, bodyMs: streamTimeouts.bodyMs}, {proxy, lookup});
  const uploads = createDispatcher({...timeouts, headersMs: UPLOAD_PATIENCE * timeouts.headersMs}, {proxy, lookup});
  const secrets = createBuildSecrets();
  const shared = {
    ...options,
    observer: options.observer,
    authHeader: options.authHeader ?? ('bearer' as const),
    redact: createRedact(options.key),
  };
  const door = createDoor({...shared, dispatcher: requests});
  return {
    ...createReadingCalls(door),
    ...createActingCalls(door),
    ...createStreams({...shared, dispatcher: streams}),
    ...createBuildCalls(door, secrets),
    upload: createUpload({...shared, dispatcher: uploads}),
    followBuildLog: createBuildLog({...shared, dispatcher: streams, door, secrets}),
    async close() {
      await Promise.all([requests, streams, uploads].map((each) => each.destroy()));
    },
  };
}
