import type {NonEmpty} from './random.ts';

export type ActName = 'pause' | 'resume' | 'stop' | 'start';

export type Transition = {
  /** Statuses it is legal in. */
  readonly from: NonEmpty<string>;
  readonly to: string;
  /** How long the machine takes: at least, at most. */
  readonly delayMs: readonly [number, number];
  /** What happens to the agent's uptime and counters. */
  readonly uptime: 'begins' | 'goes on' | 'stands';
};

/**
 * TABLE of legal changes (docs.hopx.ai overview, pause-sandbox, resume-sandbox; docs.hopx.dev lifecycle/stop-sandbox,
 * start-sandbox). The delays are ours: well under the 2 s in which the official tests expect to see a pause.
 */
export const transitions: Readonly<Record<ActName, Transition>> = {
  pause: {from: ['running'], to: 'paused', delayMs: [120, 350], uptime: 'stands'},
  resume: {from: ['paused'], to: 'running', delayMs: [150, 400], uptime: 'goes on'},
  stop: {from: ['running', 'paused'], to: 'stopped', delayMs: [200, 500], uptime: 'stands'},
  start: {from: ['stopped'], to: 'running', delayMs: [300, 700], uptime: 'begins'},
};

/** From `creating`, after a create. */
export const boot: Transition = {from: ['creating'], to: 'running', delayMs: [600, 1400], uptime: 'begins'};

/** The same for machines that are found `creating`: spread out, so that a fleet does not begin with a burst. */
export const lateBoot: Transition = {...boot, delayMs: [1000, 25_000]};

/** Out of a running machine that broke. */
export const crash: Transition = {from: ['running'], to: 'error', delayMs: [0, 0], uptime: 'stands'};

export const isLegal = (transition: Transition, status: string): boolean => transition.from.includes(status);
