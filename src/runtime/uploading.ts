import {failureOf} from '../api/errors.ts';
import {wait} from '../clock/clock.ts';
import type {Failure} from '../model/failure.ts';
import {formatAge} from '../model/format.ts';
import {LONGEST_UNSENT_MS, MOST_REFUSALS} from '../model/limit.ts';
import type {Stamp} from '../model/sandbox.ts';
import {type Outcome, outcomeOf} from './failures.ts';
import type {Ports} from './ports.ts';
import type {PackedCopy} from './specPort.ts';

/** Between two words about an upload. */
const PROGRESS_EVERY_MS = 250;

const stopped = failureOf('cancelled', 'cancelled');

/** Brings every archive to where the server wants it; answers what failed. */
export async function uploadAll(
  ports: Ports,
  specId: number,
  archives: readonly PackedCopy[],
): Promise<Failure | undefined> {
  const progress = createProgress(ports, specId, archives);
  for (const {filesHash, content} of archives) {
    const link = await linkFor(ports, specId, () => ports.api.uploadLink(filesHash, content.byteLength));
    if (!link) return stopped;
    if ('failure' in link) return link.failure;
    const {isPresent, url} = link.value.value;
    if (!isPresent && url) {
      const done = await outcomeOf(() => ports.api.upload(url, content, progress.sent, ports.stopping));
      if ('failure' in done) return done.failure;
    }
    progress.finished(content.byteLength);
  }
  return undefined;
}

/** Waits out 429s, each for itself, as long as somebody may still expect it. Undefined: let go of meanwhile. */
async function linkFor<T>(ports: Ports, specId: number, ask: () => Promise<T>): Promise<Outcome<T> | undefined> {
  const {clock, dispatch, governor, stopping} = ports;
  const held = (until: Stamp) => dispatch({type: 'build.queued', at: clock.monotonic(), specId, until});
  for (let refusals = 0; ; refusals += 1) {
    await governor.admit('act', stopping, held);
    if (stopping.aborted) return undefined;
    const outcome = await outcomeOf(ask);
    if ('value' in outcome || outcome.failure.kind !== 'rate-limited') return outcome;
    const ms = governor.waitsUntil(outcome.failure.retryAfterMs) - clock.monotonic();
    if (refusals === MOST_REFUSALS) return outcome;
    if (ms > LONGEST_UNSENT_MS) {
      const told = formatAge(outcome.failure.retryAfterMs ?? ms);
      return {failure: {...outcome.failure, message: `the server allows the next upload in ${told}: ask again then`}};
    }
    held(clock.monotonic() + ms);
    await wait(clock, ms, stopping);
  }
}

/** Tells of all uploads of a build together; what is there already counts as sent. */
function createProgress({clock, dispatch}: Ports, specId: number, archives: readonly PackedCopy[]) {
  const totalBytes = archives.reduce((sum, {content}) => sum + content.byteLength, 0);
  let before = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  const tell = (sentBytes: number) => {
    toldAt = clock.monotonic();
    dispatch({type: 'upload.progressed', at: toldAt, specId, sentBytes, totalBytes});
  };
  return {
    sent(bytes: number) {
      if (clock.monotonic() - toldAt >= PROGRESS_EVERY_MS) tell(before + bytes);
    },
    finished(bytes: number) {
      before += bytes;
      if (before === totalBytes) tell(before);
    },
  };
}
