import type {DialectName} from './dialects.ts';
import type {FaultWish} from './faults.ts';

/** What one simulated control plane is told. The same options, clock steps and requests give the same bytes. */
export type SimulatorOptions = {
  /** TCP port on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** How many sandboxes the fleet starts with, and about how many churn keeps it at. */
  readonly sandboxes: number;
  /** Any text or number: one seed, one story. */
  readonly seed: number | string;
  /** The only key that is let in. Without it: every key that begins with `hopx_`. */
  readonly key?: string | undefined;
  /** Requests a minute, a fifth of them creates; 0: no limit and no rate headers. */
  readonly rateLimit: number;
  /** Lifecycle events a second that nobody asked for; without it `calmChurn`. */
  readonly churn?: number | undefined;
  /** Nothing changes but what clients ask for; a metrics stream sends one sample, then comments only. */
  readonly quiet: boolean;
  /** Names, regions, hosts, some ids and statuses are hostile text. */
  readonly hostile: boolean;
  /** Between two samples of one metrics stream. */
  readonly metricsIntervalMs: number;
  /** How it differs from the plain server, in this order. */
  readonly dialects: readonly DialectName[];
  /** What goes wrong. */
  readonly faults: readonly FaultWish[];
  /** A file that gets one NDJSON line a request. */
  readonly log?: string | undefined;
};

export const simulatorDefaults: SimulatorOptions = {
  port: 0,
  sandboxes: 40,
  seed: 7,
  rateLimit: 100,
  quiet: false,
  hostile: false,
  metricsIntervalMs: 2000,
  dialects: [],
  faults: [],
};

/** Events a second at which a fleet of this size is lively to watch and can still be read. */
export function calmChurn(sandboxes: number): number {
  return Math.min(2, 0.25 + sandboxes / 1000);
}
