import {metricsShare} from '../model/limit.ts';
import {isPlainId} from '../model/sandbox.ts';
import {selectSampled} from '../model/select.ts';
import type {State} from '../model/state.ts';
import type {RowView} from '../model/view.ts';
import {formatCount} from './paint.ts';

/** Why there is no number: never a zero, never silence. */
export function whyUnsampled({sampling, row}: RowView, state: State): string {
  if (sampling !== 'none') return 'waiting for the first sample';
  if (row.tombstone) return 'not sampled: it is gone';
  if (row.sandbox.status !== 'running') return 'not sampled: only running sandboxes are';
  if (!isPlainId(row.sandbox.id)) return 'not sampled: its id holds characters that no request may carry';
  return whyNoStream(state);
}

/** The tightest limit first: what the flag allows, what the server does; else it is only a matter of time. */
function whyNoStream(state: State): string {
  const {metricsLimit} = state.session;
  const {sampled, running} = selectSampled(state);
  if (metricsLimit === 0) return 'not sampled: --metrics 0 opens no streams';
  if (state.link.polling && sampled === 0) return 'not sampled: this server has shown no stream so far';
  if (sampled >= metricsLimit) return `not sampled: more sandboxes than the ${streams(metricsLimit)} of --metrics`;
  const limit = state.budget?.limit ?? Number.POSITIVE_INFINITY;
  const opens = metricsShare(limit);
  if (opens < metricsLimit) {
    return `not sampled yet: the request budget of ${formatCount(limit)} a minute leaves ${streams(opens)} a minute`;
  }
  return `not sampled yet: ${formatCount(sampled)} of ${formatCount(running)} running sandboxes are`;
}

const streams = (count: number) => `${formatCount(count)} ${count === 1 ? 'stream' : 'streams'}`;
