import {expect, onTestFinished, vi} from 'vitest';
import {type FollowOptions, type FollowSignal, followEventStream} from '../../src/api/eventStream.ts';
import {createDispatcher, streamTimeouts} from '../../src/api/exchange.ts';
import {type ManualClock, manualClock} from '../../src/clock/manualClock.ts';

export type Following = {
  readonly signals: readonly FollowSignal[];
  readonly types: () => readonly string[];
  readonly clock: ManualClock;
  /** Resolves when the follower has ended by itself. */
  readonly ended: Promise<void>;
  readonly abort: () => void;
  /** Waits for the pause after the `count`th loss and lets it pass. */
  readonly passPause: (count: number) => Promise<void>;
};

type Over = Omit<Partial<FollowOptions>, 'url' | 'signal' | 'clock'>;

/** Follows a stream on a clock that stands still, and keeps what it tells. */
export function follow(url: URL, over: Over = {}): Following {
  const signals: FollowSignal[] = [];
  const clock = manualClock(Date.UTC(2025, 0, 28));
  const stop = new AbortController();
  const dispatcher = createDispatcher(streamTimeouts);
  const options = {url, clock, dispatcher, signal: stop.signal, random: () => 0.5, ...over};
  const listen = async () => {
    for await (const signal of followEventStream(options)) signals.push(signal);
  };
  const ended = listen();
  onTestFinished(async () => {
    stop.abort();
    await ended;
    expect(clock.waiting()).toBe(0);
    await dispatcher.destroy();
  });
  const losses = () => signals.filter((signal) => signal.type === 'lost');
  return {
    signals,
    clock,
    ended,
    types: () => signals.map(({type}) => type),
    abort: () => stop.abort(),
    async passPause(count) {
      await vi.waitFor(() => {
        expect(losses()).toHaveLength(count);
        expect(clock.waiting()).toBe(1);
      });
      clock.advance(losses().at(-1)?.retryInMs ?? 0);
    },
  };
}

/** What was told last, once it is of that type. */
export async function next<T extends FollowSignal['type']>(
  {signals}: Following,
  type: T,
  count = 1,
): Promise<Extract<FollowSignal, {type: T}>> {
  return await vi.waitFor(() => {
    const found = signals.filter((signal) => signal.type === type)[count - 1];
    if (!found) throw new Error(`no ${type} yet, but ${signals.map((signal) => signal.type).join(' ') || 'nothing'}`);
    return found as Extract<FollowSignal, {type: T}>;
  });
}
