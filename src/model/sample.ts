import type {Stamp} from './sandbox.ts';

/**
 * What one metrics event said. The documented stream carries only the four agent counters (docs.hopx.ai,
 * observability/monitoring); everything else is optional, and absent is not zero.
 */
export type Sample = {
  readonly at: Stamp;
  readonly cpuPercent: number | undefined;
  readonly memoryPercent: number | undefined;
  readonly memoryUsedBytes: number | undefined;
  readonly memoryTotalBytes: number | undefined;
  readonly diskPercent: number | undefined;
  readonly diskUsedBytes: number | undefined;
  readonly diskTotalBytes: number | undefined;
  readonly uptimeSeconds: number | undefined;
  /** Counters since the agent started: one that falls is a restart. */
  readonly totalExecutions: number | undefined;
  readonly activeExecutions: number | undefined;
  readonly errorCount: number | undefined;
  readonly requestsTotal: number | undefined;
  readonly p95DurationMs: number | undefined;
};
