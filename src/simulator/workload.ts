import type {MetricsBody} from '../contract/streams.ts';
import {chanceAt, type NonEmpty} from './random.ts';
import {type Sandbox, uptimeMs} from './sandbox.ts';

export type WorkloadName = 'steady' | 'bursty' | 'leaking' | 'idle' | 'crashing';

/** What a machine does at one second of its uptime. Everything is a function of time: an unwatched machine costs nothing. */
type Load = {
  readonly cpuPercent: number;
  /** Share of the machine's memory, 0 to 1. */
  readonly memory: number;
  readonly executions: number;
  readonly active: number;
  readonly errors: number;
};

export type Workload = {
  readonly name: WorkloadName;
  readonly description: string;
  /** How many of twenty machines do this. */
  readonly count: number;
  /** The agent is killed and begins anew each time; undefined: never. */
  readonly restartsEverySeconds?: number;
  /** The machine goes to `error` at this uptime; undefined: never. */
  readonly crashesAfterSeconds?: number;
  readonly load: (seconds: number, salt: number) => Load;
};

const RESTART_SECONDS = 2700;
const CRASH_SECONDS = 1500;

/** TABLE of what the machines of the fleet do. */
export const workloads: NonEmpty<Workload> = [
  {
    name: 'steady',
    description: 'an even load, about half a core',
    count: 7,
    load(seconds, salt) {
      const middle = 25 + 40 * chanceAt(salt, 1);
      return {
        cpuPercent: middle + 12 * wave(salt + 2, seconds / 7),
        memory: 0.35 + 0.25 * chanceAt(salt, 3) + 0.03 * wave(salt + 4, seconds / 30),
        executions: seconds * 0.5,
        active: 1 + Math.floor(2 * chanceAt(salt, Math.floor(seconds / 4))),
        errors: seconds / 900,
      };
    },
  },
  {
    name: 'bursty',
    description: 'near nothing, then all cores for a quarter of each minute or two',
    count: 5,
    load(seconds, salt) {
      const period = 60 + 60 * chanceAt(salt, 1);
      const place = (seconds % period) / period;
      const isBurst = place < 0.25;
      const bursts = Math.floor(seconds / period) + Math.min(1, place * 4);
      return {
        cpuPercent: isBurst ? 92 + 7 * wave(salt + 2, seconds / 2) : 5 + 3 * wave(salt + 2, seconds / 5),
        memory: (isBurst ? 0.62 : 0.3) + 0.04 * wave(salt + 3, seconds / 6),
        executions: bursts * period,
        active: isBurst ? 4 + Math.floor(5 * chanceAt(salt, Math.floor(seconds / 2))) : 0,
        errors: bursts / 3,
      };
    },
  },
  {
    name: 'leaking',
    description: 'memory climbs until the agent is killed and begins anew, every 45 minutes',
    count: 2,
    restartsEverySeconds: RESTART_SECONDS,
    load(seconds, salt) {
      return {
        cpuPercent: 18 + 8 * wave(salt + 1, seconds / 6) + 20 * (seconds / RESTART_SECONDS) ** 6,
        memory: 0.22 + 0.76 * (seconds / RESTART_SECONDS) + 0.01 * wave(salt + 2, seconds / 9),
        executions: seconds * 0.8,
        active: 1,
        errors: (seconds / RESTART_SECONDS) ** 4 * 12,
      };
    },
  },
  {
    name: 'idle',
    description: 'forgotten: a heartbeat of its own and now and then one execution',
    count: 5,
    load(seconds, salt) {
      return {
        cpuPercent: 0.9 + 0.6 * wave(salt + 1, seconds / 11),
        memory: 0.07 + 0.05 * chanceAt(salt, 2),
        executions: seconds / 400,
        active: 0,
        errors: 0,
      };
    },
  },
  {
    name: 'crashing',
    description: 'errors pile up, then the sandbox goes to error, after 25 minutes at the latest',
    count: 1,
    crashesAfterSeconds: CRASH_SECONDS,
    load(seconds, salt) {
      const worse = Math.min(1, seconds / CRASH_SECONDS);
      return {
        cpuPercent: 35 + 55 * worse ** 2 + 8 * wave(salt + 1, seconds / 3),
        memory: 0.4 + 0.5 * worse ** 3 + 0.03 * wave(salt + 2, seconds / 5),
        executions: seconds * 1.2,
        active: 2 + Math.floor(4 * worse),
        errors: 0.02 * seconds + 300 * worse ** 3,
      };
    },
  },
];

/** Those that never end by themselves: what clients create does what they say, and nothing else. */
export const lastingWorkloads = workloads.filter((workload) => workload.crashesAfterSeconds === undefined);

const byName = new Map(workloads.map((workload) => [workload.name, workload]));

export function workloadOf(sandbox: Sandbox): Workload {
  return byName.get(sandbox.workload) ?? workloads[0];
}

/** Smooth chance between -1 and 1: the same place always has the same height. */
function wave(salt: number, place: number): number {
  const left = Math.floor(place);
  const share = place - left;
  const from = chanceAt(salt, left);
  const to = chanceAt(salt, left + 1);
  return 2 * (from + (to - from) * share * share * (3 - 2 * share)) - 1;
}

const inTenths = (value: number) => Math.round(value * 10) / 10;
const within = (value: number, most: number) => Math.min(most, Math.max(0, value));
const MEBIBYTE = 1024 * 1024;

/** The metrics of one machine now. Counters never fall but where the agent begins anew. */
export function sampleOf(sandbox: Sandbox, now: number): MetricsBody {
  const workload = workloadOf(sandbox);
  const uptime = uptimeMs(sandbox, now) / 1000;
  const seconds = workload.restartsEverySeconds ? uptime % workload.restartsEverySeconds : uptime;
  const load = workload.load(seconds, sandbox.salt);
  const {vcpu, memory_mb, disk_gb} = sandbox.template.default_resources;
  const diskShare = within(0.15 + 0.5 * chanceAt(sandbox.salt, 7) + seconds / 4_000_000, 0.98);
  return {
    uptime_seconds: Math.round(seconds * 1000) / 1000,
    total_executions: Math.floor(load.executions),
    active_executions: load.active,
    error_count: Math.floor(load.errors),
    system: {
      cpu: {usage_percent: inTenths(within(load.cpuPercent, 100)), cores: vcpu},
      memory: amount(memory_mb * MEBIBYTE, within(load.memory, 0.99)),
      disk: amount(disk_gb * 1024 * MEBIBYTE, diskShare),
    },
  };
}

function amount(total: number, share: number) {
  const used = Math.round(total * share);
  return {total, used, free: total - used, usage_percent: inTenths(share * 100)};
}
