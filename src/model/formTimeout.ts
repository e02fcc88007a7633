import type {Form} from './form.ts';
import {durationMistake, secondsOf} from './formDuration.ts';
import type {Millis} from './sandbox.ts';
import type {State} from './state.ts';
import {serverAt} from './times.ts';

/** Less is how differently a server reckons the same expiry twice. Assumed. */
const SAME_MS = 2000;

/** What a new timeout would do to one life, if it were sent now. */
export type TimeoutOutlook = {
  /** On the server's clock, like `after`. */
  readonly before: Millis | null | undefined;
  readonly after: Millis;
  /** first: it had no end; unknown: its end is not told. */
  readonly change: 'longer' | 'shorter' | 'same' | 'first' | 'unknown';
};

/** The control plane counts a timeout from when it takes the request (docs.hopx.ai set-timeout). Undefined: no duration. */
export function timeoutOutlook(state: State, {ids, values}: Form): TimeoutOutlook | undefined {
  const text = values.timeout ?? '';
  const seconds = secondsOf(text);
  if (seconds === undefined || durationMistake(text) !== undefined) return undefined;
  const after = serverAt(state, state.now) + seconds * 1000;
  const before = ids.length === 1 ? state.rows.get(ids[0] ?? '')?.sandbox.expiresAt : undefined;
  return {before, after, change: changeOf(before, after)};
}

function changeOf(before: Millis | null | undefined, after: Millis): TimeoutOutlook['change'] {
  if (before === undefined) return 'unknown';
  if (before === null) return 'first';
  if (Math.abs(after - before) < SAME_MS) return 'same';
  return after > before ? 'longer' : 'shorter';
}
