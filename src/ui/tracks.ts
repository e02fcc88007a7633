import type {CellText, Tone} from '../model/columns.ts';
import {formatAge, formatBytes, formatPercent} from '../model/format.ts';
import type {Sample} from '../model/sample.ts';
import type {Stamp} from '../model/sandbox.ts';
import {type Bucket, buckets, COARSE_MS, FINE_MS, type Resolution, type Series} from '../model/series.ts';
import {history, type Reach} from './history.ts';
import {formatCount} from './paint.ts';

/** One quantity over time, ready to be drawn. */
export type Track = {
  readonly title: string;
  /** The newest value; `n/a` when the server does not tell it. */
  readonly value: CellText;
  /** How old the value is, once it may be so no longer: `6m ago`. Empty while it is young. */
  readonly age: string;
  /** What the value is a part of, e.g. `of 2 vCPU`. */
  readonly base: string;
  /** Oldest first, the current slot last; undefined is a gap. */
  readonly values: readonly (number | undefined)[];
  readonly lastSlot: number;
  readonly slotMs: number;
  /** What a full chart means. */
  readonly most: number;
  readonly format: (value: number) => string;
  /** A load: its mean says something. That of a counter would not. */
  readonly isLoad: boolean;
};

/** A sample older than so many of its intervals, and than this, is no longer what is. */
const OLD_INTERVALS = 3;
const YOUNG_MS = 10_000;
const WARN_PERCENT = 70;
const CRITICAL_PERCENT = 90;

const slotWidths: {readonly [R in Resolution]: number} = {fine: FINE_MS, coarse: COARSE_MS};

type Quantity = {
  readonly title: string;
  readonly read: (bucket: Bucket) => number | undefined;
  readonly value: (sample: Sample) => CellText;
  readonly base: (sample: Sample, vcpu: number | undefined) => string;
  /** Undefined: what is seen decides. */
  readonly most: number | undefined;
  readonly format: (value: number) => string;
};

const quantities = {
  cpu: {
    title: 'CPU',
    read: (bucket) => bucket.cpuPercent,
    value: ({cpuPercent}) => percentText(cpuPercent),
    base: (_, vcpu) => (vcpu === undefined ? '' : `of ${vcpu} vCPU`),
    most: 100,
    format: formatPercent,
  },
  memory: {
    title: 'MEM',
    read: (bucket) => bucket.memoryPercent,
    value: ({memoryPercent}) => percentText(memoryPercent),
    base: ({memoryUsedBytes, memoryTotalBytes}) => shareText(memoryUsedBytes, memoryTotalBytes),
    most: 100,
    format: formatPercent,
  },
  active: {
    title: 'EXEC',
    read: (bucket) => bucket.activeExecutions,
    value: ({activeExecutions}) => countText(activeExecutions),
    base: () => 'active',
    most: undefined,
    format: formatCount,
  },
  errors: {
    title: 'ERRORS',
    read: (bucket) => bucket.errorCount,
    value: ({errorCount}) => countText(errorCount),
    base: () => 'since the agent began',
    most: undefined,
    format: formatCount,
  },
} as const satisfies Record<string, Quantity>;

/** How far back and how closely it is looked at. */
export type Look = {
  readonly now: Stamp;
  readonly resolution: Resolution;
  readonly reach: Reach;
  readonly vcpu: number | undefined;
};

/**
 * What is worth a chart: CPU and memory; executions and errors where the server tells neither of them, so that no
 * empty chart stands for a thing nobody measures.
 */
export function tracksOf(series: Series, sample: Sample, at: Look): readonly Track[] {
  const {now, resolution, reach, vcpu} = at;
  const known = resolution === 'fine' ? history(series, now, reach) : buckets(series, resolution, now, reach.slots);
  const age = ageText(series, sample, now);
  const hasLoads = sample.cpuPercent !== undefined || sample.memoryPercent !== undefined;
  const shown: readonly Quantity[] = hasLoads
    ? [quantities.cpu, quantities.memory]
    : [quantities.active, quantities.errors];
  const slotMs = slotWidths[resolution];
  return shown.map((quantity) => {
    const values = known.map((bucket) => bucket && quantity.read(bucket));
    return {
      title: quantity.title,
      value: age === '' ? quantity.value(sample) : {...quantity.value(sample), tone: 'dim'},
      age,
      base: quantity.base(sample, vcpu),
      values,
      lastSlot: Math.floor(now / slotMs),
      slotMs,
      most: quantity.most ?? niceMost(values),
      format: quantity.format,
      isLoad: hasLoads,
    };
  });
}

/** `6m ago` of a sample that is late by more than a few of its intervals; empty of a young one. */
export function ageText({everyMs = 0}: Series, sample: Sample, now: Stamp): string {
  const ageMs = now - sample.at;
  return ageMs > Math.max(YOUNG_MS, OLD_INTERVALS * everyMs) ? `${formatAge(ageMs)} ago` : '';
}

/** The highest value and how long ago its slot began; undefined when nothing is known. */
export function peakOf({values, lastSlot, slotMs}: Track): {readonly value: number; readonly at: Stamp} | undefined {
  let best: {value: number; at: Stamp} | undefined;
  const firstSlot = lastSlot - values.length + 1;
  for (const [index, value] of values.entries()) {
    if (value !== undefined && (!best || value >= best.value)) best = {value, at: (firstSlot + index) * slotMs};
  }
  return best;
}

/** Mean and 95th percentile (nearest rank) of what is known of the last so many slots; undefined of a counter. */
export function averageOf(
  {values, isLoad}: Track,
  slots: number,
): {readonly mean: number; readonly p95: number} | undefined {
  const known = slots === 0 || !isLoad ? [] : values.slice(-slots).filter((value) => value !== undefined);
  const sorted = known.toSorted((a, b) => a - b);
  const p95 = sorted[Math.ceil(0.95 * sorted.length) - 1];
  if (p95 === undefined) return undefined;
  return {mean: known.reduce((sum, value) => sum + value, 0) / known.length, p95};
}

/** 1, 2, 5, 10, 20 …: a scale that seldom changes. */
function niceMost(values: readonly (number | undefined)[]): number {
  const highest = Math.max(1, ...values.filter((value) => value !== undefined));
  const decade = 10 ** Math.floor(Math.log10(highest));
  return ([1, 2, 5, 10].find((step) => step * decade >= highest) ?? 10) * decade;
}

export function loadTone(percent: number): Tone {
  if (percent >= CRITICAL_PERCENT) return 'danger';
  return percent >= WARN_PERCENT ? 'warn' : 'bold';
}

export const percentText = (percent: number | undefined): CellText =>
  percent === undefined ? {text: 'n/a', tone: 'dim'} : {text: formatPercent(percent), tone: loadTone(percent)};

const countText = (count: number | undefined): CellText =>
  count === undefined ? {text: 'n/a', tone: 'dim'} : {text: formatCount(count), tone: 'bold'};

/** `2.5 of 4.0G`; a total of 0 is a placeholder, not a size. */
export function shareText(used: number | undefined, total: number | undefined): string {
  if (used === undefined) return '';
  return total === undefined || total === 0 ? formatBytes(used) : `${formatBytes(used)} of ${formatBytes(total)}`;
}
