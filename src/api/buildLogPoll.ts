import type {Clock} from '../clock/clock.ts';
import type {Failure} from '../model/failure.ts';
import type {Stamp} from '../model/sandbox.ts';
import {pauseMs, usualBackOff} from './backoff.ts';
import type {BuildSecrets} from './buildCalls.ts';
import {decodeLogChunk, type LogChunk} from './decodeBuild.ts';
import {ApiError, failureOf} from './errors.ts';
import type {Door} from './http.ts';
import {understood} from './reply.ts';
import type {BuildLogNews, StreamOptions, StreamSignal} from './types.ts';
import {pauseFor, untilAborted} from './waiting.ts';

/** What a log that was read to its end ends with: `done` came before it. */
export const logIsComplete: Failure = failureOf('cancelled', 'the log is complete');

const cancelled = failureOf('cancelled', 'cancelled');

/** Between two readings: what the official SDKs and CLIs do. */
const POLL_MS = 2_000;

type Signal = StreamSignal<BuildLogNews>;

type Polling = {
  readonly door: Door;
  readonly clock: Clock;
  readonly random: () => number;
  readonly secrets: BuildSecrets;
  readonly path: string;
};

/** Follows the JSON form from its first answer on, until it is complete; answers why it ended. */
export async function* pollBuildLog(
  polling: Polling,
  first: LogChunk,
  options: StreamOptions,
): AsyncGenerator<Signal, Failure> {
  const {clock, random} = polling;
  const reader = createReader(clock.monotonic);
  yield {type: 'opened', at: clock.monotonic()};
  yield* reader.read(first);
  let {isFinal} = first;
  let pause = POLL_MS;
  for (let failures = 0; !isFinal; ) {
    await pauseFor(clock, pause, {signal: options.signal, hurry: options.hurry});
    await untilAborted(options.admit, options.signal);
    if (options.signal.aborted) return cancelled;
    const answer = await readOn(polling, reader.offset(), options.signal);
    if ('lines' in answer) {
      failures = 0;
      pause = POLL_MS;
      yield {type: 'heard', at: clock.monotonic()};
      yield* reader.read(answer);
      isFinal = answer.isFinal;
      continue;
    }
    if (!mayPass(answer)) return answer;
    failures += 1;
    pause = pauseMs({failures, retryMs: POLL_MS, retryAfterMs: answer.retryAfterMs}, usualBackOff, random);
    yield {type: 'lost', at: clock.monotonic(), failure: answer, attempt: failures, retryInMs: pause};
  }
  return logIsComplete;
}

async function readOn(
  {door, path, secrets}: Polling,
  offset: number,
  signal: AbortSignal,
): Promise<LogChunk | Failure> {
  try {
    const reply = await door({method: 'GET', path, query: {offset: String(offset)}, signal, secrets: secrets.all()});
    return understood(decodeLogChunk(reply.body), reply, false);
  } catch (error) {
    return error instanceof ApiError ? error.failure : failureOf('bad-answer', 'the log could not be read');
  }
}

const passing: readonly string[] = ['server', 'unreachable', 'timed-out', 'rate-limited', 'exhausted'];

const mayPass = ({kind}: Failure): boolean => passing.includes(kind);

/**
 * Tells the lines of each answer. An answer that says where the next one begins is followed by it; where none does
 * (`offset` missing, or as it was), the next answer holds the same lines again, so the log is told anew instead.
 */
function createReader(now: () => Stamp) {
  let offset = 0;
  let toldHere = '';
  return {
    offset: () => offset,
    *read({lines, offset: next, status, isFinal}: LogChunk): Generator<Signal> {
      const text = lines.map((line) => line.text).join('\n');
      if (text !== '' && text !== toldHere) {
        if (toldHere !== '') yield {type: 'opened', at: now()};
        yield {type: 'message', at: now(), value: {kind: 'lines', lines}};
      }
      const hasMoved = next !== undefined && next > offset;
      toldHere = hasMoved ? '' : text || toldHere;
      offset = hasMoved ? next : offset;
      if (isFinal) yield {type: 'message', at: now(), value: {kind: 'done', status}};
    },
  };
}
