import type {Sample} from '../model/sample.ts';
import type {Stamp} from '../model/sandbox.ts';
import {isObject, type JsonObject, parseJson} from './json.ts';
import {fromMebibytes, readAmount} from './read.ts';

/** Where a figure may stand, and how it is read: the first that tells one wins. */
type Place = readonly [path: readonly string[], read: (value: unknown) => number | undefined];
type Figure = Exclude<keyof Sample, 'at'>;

const at = (path: string, read: Place[1] = readAmount): Place => [path.split('.'), read];

/** assumed: keys under which a wrapper may hold the figures. */
const wrapperKeys = ['data', 'metrics', 'snapshot'];
const MOST_WRAPPERS = 2;

/** Above these a figure is a mistake, not a load: 256 cores full; memory and disk with a rounding to spare. */
const MOST_CPU_PERCENT = 25_600;
const MOST_SHARE_PERCENT = 110;

const atMost =
  (most: number): Place[1] =>
  (value) => {
    const amount = readAmount(value);
    return amount === undefined || amount > most ? undefined : amount;
  };
const load = atMost(MOST_CPU_PERCENT);
const share = atMost(MOST_SHARE_PERCENT);

/**
 * Every spelling seen: docs.hopx.ai observability/monitoring and metrics (the four counters), docs.hopx.dev
 * agent/metrics, the official SDKs' types, and the VM agent's published description. A map by endpoint is summed.
 */
const places: {readonly [K in Figure]: readonly Place[]} = {
  cpuPercent: [
    at('system.cpu.usage_percent', load),
    at('cpu.usage_percent', load),
    at('cpu_percent', load),
    at('cpu_usage_percent', load),
    at('cpu_usage', load),
    at('cpu', load),
  ],
  memoryPercent: [
    at('system.memory.usage_percent', share),
    at('memory.usage_percent', share),
    at('memory_percent', share),
    at('mem_percent', share),
  ],
  memoryUsedBytes: [
    at('system.memory.used'),
    at('memory.used'),
    at('memory_used_mb', fromMebibytes),
    at('memory_mb', fromMebibytes),
  ],
  memoryTotalBytes: [
    at('system.memory.total'),
    at('memory.total'),
    at('memory_total_mb', fromMebibytes),
    at('resources.memory_mb', fromMebibytes),
  ],
  diskPercent: [at('system.disk.usage_percent', share), at('disk.usage_percent', share), at('disk_percent', share)],
  diskUsedBytes: [at('system.disk.used'), at('disk.used'), at('disk_used_mb', fromMebibytes)],
  diskTotalBytes: [
    at('system.disk.total'),
    at('disk.total'),
    at('disk_total_mb', fromMebibytes),
    at('resources.disk_mb', fromMebibytes),
  ],
  uptimeSeconds: [at('uptime_seconds')],
  totalExecutions: [at('total_executions', sum)],
  activeExecutions: [at('active_executions', sum)],
  errorCount: [at('error_count', sum), at('total_errors', sum)],
  requestsTotal: [at('requests_total', sum), at('total_requests', sum)],
  p95DurationMs: [at('p95_duration_ms')],
};

/** One message of a metrics stream, stamped with when it came; undefined when it holds no figure. Never throws. */
export function decodeSample(data: string, at: Stamp): Sample | undefined {
  const body = unwrap(parseJson(data));
  if (!body) return undefined;
  const figures: Record<string, number | undefined> = {};
  for (const [figure, tried] of Object.entries(places)) figures[figure] = firstFigure(body, tried);
  const told = figures as Omit<Sample, 'at'>;
  if (Object.values(told).every((figure) => figure === undefined)) return undefined;
  return {
    ...told,
    at,
    memoryPercent: told.memoryPercent ?? percent(told.memoryUsedBytes, told.memoryTotalBytes),
    diskPercent: told.diskPercent ?? percent(told.diskUsedBytes, told.diskTotalBytes),
  };
}

function unwrap(value: unknown): JsonObject | undefined {
  let body = value;
  for (let wrappers = 0; wrappers < MOST_WRAPPERS && isObject(body); wrappers += 1) {
    const outer = body;
    body = wrapperKeys.map((key) => outer[key]).find(isObject) ?? outer;
  }
  return isObject(body) ? body : undefined;
}

function firstFigure(body: JsonObject, tried: readonly Place[]): number | undefined {
  for (const [path, read] of tried) {
    const figure = read(path.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), body));
    if (figure !== undefined) return figure;
  }
  return undefined;
}

/** A counter, or a map of endpoint to count. A map without any number tells nothing. */
function sum(value: unknown): number | undefined {
  if (!isObject(value)) return readAmount(value);
  const counts = Object.values(value)
    .map(readAmount)
    .filter((count) => count !== undefined);
  return counts.length === 0 ? undefined : readAmount(counts.reduce((total, count) => total + count, 0));
}

function percent(used: number | undefined, total: number | undefined): number | undefined {
  return used === undefined || !total ? undefined : share((used / total) * 100);
}
