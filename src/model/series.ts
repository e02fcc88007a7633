import {emptyRing, lastItems, newest, type Ring, withItem, withNewest} from './ring.ts';
import type {Sample} from './sample.ts';
import type {Stamp} from './sandbox.ts';

/**
 * What is known of one slot of time: of loads the highest, so that a short peak shows in a coarse chart too; of
 * counters the last. Absent is not zero.
 */
export type Bucket = {
  /** Monotonic time divided by the width of a slot. */
  readonly slot: number;
  readonly cpuPercent?: number | undefined;
  readonly memoryPercent?: number | undefined;
  readonly diskPercent?: number | undefined;
  readonly memoryUsedBytes?: number | undefined;
  readonly totalExecutions?: number | undefined;
  readonly activeExecutions?: number | undefined;
  readonly errorCount?: number | undefined;
};

/** The samples of one sandbox, in slots of time: only the last cell of a chart ever moves. */
export type Series = {
  /** When its stream was opened last. */
  readonly openedAt: Stamp;
  /** Undefined while its stream is open. */
  readonly closedAt: Stamp | undefined;
  readonly latest: Sample | undefined;
  /** How often samples come, learned; undefined until two came over one stream. */
  readonly everyMs: number | undefined;
  readonly fine: Ring<Bucket>;
  readonly coarse: Ring<Bucket>;
  /** How often the agent began anew: a counter or its uptime fell. */
  readonly restarts: number;
};

export type Resolution = 'fine' | 'coarse';

/** Ten minutes in 300 slots. */
export const FINE_MS = 2000;
/** An hour in 300 slots. */
export const COARSE_MS = 12_000;

const SLOTS = 300;
const widths: {readonly [R in Resolution]: number} = {fine: FINE_MS, coarse: COARSE_MS};

/** A sample stands for the time until the next is overdue by this factor: past it there is a gap. */
const OVERDUE = 2.5;
/** Until it is learned how often samples come. */
const ASSUMED_EVERY_MS = 4000;
/** A stall must not pass for a new rhythm at once: what is learned grows by this factor at the most. */
const SLOWER_BY = 1.25;
const RATE_WINDOW_MS = 60_000;

/** `previous` is what an earlier stream of the same sandbox left: its past stays, with a gap before now. */
export function openSeries(at: Stamp, previous?: Series): Series {
  if (previous) return {...previous, openedAt: at, closedAt: undefined, everyMs: undefined};
  return {
    openedAt: at,
    closedAt: undefined,
    latest: undefined,
    everyMs: undefined,
    fine: emptyRing(SLOTS),
    coarse: emptyRing(SLOTS),
    restarts: 0,
  };
}

export const closeSeries = (series: Series, at: Stamp): Series => ({...series, closedAt: at});

/** A sample older than the latest is dropped: a chart must never run backwards. */
export function withSample(series: Series, sample: Sample): Series {
  const {latest} = series;
  if (latest && sample.at < latest.at) return series;
  const follows = latest !== undefined && latest.at >= series.openedAt;
  const sinceMs = follows ? sample.at - latest.at : undefined;
  const isOnTime = sinceMs !== undefined && sinceMs <= overdueMs(series);
  return {
    ...series,
    latest: sample,
    everyMs: sinceMs === undefined ? series.everyMs : learned(series.everyMs, sinceMs),
    fine: withBucket(series.fine, bucketOf(sample, FINE_MS), isOnTime),
    coarse: withBucket(series.coarse, bucketOf(sample, COARSE_MS), isOnTime),
    restarts: series.restarts + (latest && isRestart(latest, sample) ? 1 : 0),
  };
}

/**
 * The last `count` slots, the one of `now` at the end; undefined is a gap. A slot between two samples that came in
 * their usual rhythm is no gap, nor is the running one before its sample is overdue: they hold the value before.
 */
export function buckets(
  series: Series,
  resolution: Resolution,
  now: Stamp,
  count: number,
): readonly (Bucket | undefined)[] {
  const first = slotOf(now, widths[resolution]) - count + 1;
  const slots: (Bucket | undefined)[] = Array.from({length: count}, () => undefined);
  for (const bucket of lastItems(series[resolution], count)) {
    if (bucket.slot >= first && bucket.slot < first + count) slots[bucket.slot - first] = bucket;
  }
  const last = newest(series[resolution]);
  const isHeld = series.closedAt === undefined && series.latest && now - series.latest.at <= overdueMs(series);
  if (!last || !isHeld) return slots;
  for (let slot = Math.max(first, last.slot + 1); slot < first + count; slot += 1)
    slots[slot - first] = {...last, slot};
  return slots;
}

/**
 * Executions a minute over about the last minute, from the counter's deltas; undefined when fewer than two slots of
 * it are known. A counter that falls began anew, so what it shows is what was done since.
 */
export function executionsPerMinute(series: Series, now: Stamp): number | undefined {
  const window = RATE_WINDOW_MS / FINE_MS;
  const from = slotOf(now, FINE_MS) - window;
  const known = lastItems(series.fine, window + 1).filter(
    (bucket) => bucket.slot >= from && bucket.totalExecutions !== undefined,
  );
  const [oldest, latest] = [known[0], known.at(-1)];
  if (!oldest || !latest || latest.slot === oldest.slot) return undefined;
  const done = known.reduce((sum, bucket, index) => {
    const total = bucket.totalExecutions ?? 0;
    const before = known[index - 1]?.totalExecutions ?? total;
    return sum + (total < before ? total : total - before);
  }, 0);
  return (done * 60_000) / ((latest.slot - oldest.slot) * FINE_MS);
}

const slotOf = (at: Stamp, widthMs: number): number => Math.floor(at / widthMs);

const overdueMs = (series: Series): number => OVERDUE * Math.max(FINE_MS, series.everyMs ?? ASSUMED_EVERY_MS);

const learned = (everyMs: number | undefined, sinceMs: number): number =>
  Math.max(FINE_MS, Math.min(sinceMs, (everyMs ?? ASSUMED_EVERY_MS) * SLOWER_BY));

const fell = (before: number | undefined, after: number | undefined): boolean =>
  before !== undefined && after !== undefined && after < before;

const isRestart = (before: Sample, after: Sample): boolean =>
  fell(before.uptimeSeconds, after.uptimeSeconds) ||
  fell(before.totalExecutions, after.totalExecutions) ||
  fell(before.errorCount, after.errorCount);

const bucketOf = (sample: Sample, widthMs: number): Bucket => ({
  slot: slotOf(sample.at, widthMs),
  cpuPercent: sample.cpuPercent,
  memoryPercent: sample.memoryPercent,
  diskPercent: sample.diskPercent,
  memoryUsedBytes: sample.memoryUsedBytes,
  totalExecutions: sample.totalExecutions,
  activeExecutions: sample.activeExecutions,
  errorCount: sample.errorCount,
});

function withBucket(ring: Ring<Bucket>, bucket: Bucket, isOnTime: boolean): Ring<Bucket> {
  const last = newest(ring);
  if (last?.slot === bucket.slot) return withNewest(ring, merged(last, bucket));
  if (!last || !isOnTime) return withItem(ring, bucket);
  const missing = Math.min(SLOTS, bucket.slot - last.slot - 1);
  const held = Array.from({length: missing}, (_, index) => ({...last, slot: bucket.slot - missing + index}));
  return [...held, bucket].reduce(withItem, ring);
}

/** Two samples in one slot. What only one of them told is kept. */
const merged = (before: Bucket, after: Bucket): Bucket => ({
  slot: after.slot,
  cpuPercent: highest(before.cpuPercent, after.cpuPercent),
  memoryPercent: highest(before.memoryPercent, after.memoryPercent),
  diskPercent: highest(before.diskPercent, after.diskPercent),
  memoryUsedBytes: highest(before.memoryUsedBytes, after.memoryUsedBytes),
  activeExecutions: highest(before.activeExecutions, after.activeExecutions),
  totalExecutions: after.totalExecutions ?? before.totalExecutions,
  errorCount: after.errorCount ?? before.errorCount,
});

const highest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
