import {encode, encodeComment} from 'eventsource-encoder';
import {type Cancel, type Clock, every} from '../clock/clock.ts';

/** Where the bytes of one stream go. A sink that is not read must cut itself off; after `end` nothing is written. */
export type Sink = {readonly write: (text: string) => void; readonly end: () => void};
/** Called once the client has gone. */
export type Leave = () => void;

/** Written first on every stream: when to come back after a break. */
export const OPENING = encode({retry: 3000});
const HEARTBEAT_MS = 15_000;
const HEARTBEAT = encodeComment('keep-alive');

/** How many events a channel can repeat for `Last-Event-ID`. */
export const REPLAY_EVENTS = 1000;

/** A comment to every open stream, every 15 s; no timer while none is open. */
export type Heart = {readonly add: (sink: Sink) => Leave; readonly close: () => void};

export function createHeart(clock: Clock): Heart {
  const sinks = new Set<Sink>();
  let stop: Cancel | undefined;
  const beat = () => {
    for (const sink of sinks) sink.write(HEARTBEAT);
  };
  const rest = () => {
    stop?.();
    stop = undefined;
  };
  return {
    add(sink) {
      sinks.add(sink);
      stop ??= every(clock, HEARTBEAT_MS, beat);
      return () => {
        sinks.delete(sink);
        if (sinks.size === 0) rest();
      };
    },
    close() {
      for (const sink of [...sinks]) sink.end();
      sinks.clear();
      rest();
    },
  };
}

/** One event stream with any number of readers. */
export type Channel = {
  /** `lastEventId`: events after it are repeated, as far as they are still held. */
  readonly open: (sink: Sink, lastEventId: string | undefined) => Leave;
  /** Sends an event under the next id; ids count from 1 without a hole. */
  readonly publish: (event: string, body: object) => void;
};

export function createChannel(heart: Heart): Channel {
  const readers = new Set<Sink>();
  const ring: string[] = [];
  let sent = 0;
  return {
    open(sink, lastEventId) {
      sink.write(OPENING);
      for (const frame of missed(ring, sent, lastEventId)) sink.write(frame);
      readers.add(sink);
      const leave = heart.add(sink);
      return () => {
        readers.delete(sink);
        leave();
      };
    },
    publish(event, body) {
      sent += 1;
      const frame = encode({event, id: sent, data: JSON.stringify(body)});
      ring[sent % REPLAY_EVENTS] = frame;
      for (const reader of readers) reader.write(frame);
    },
  };
}

/** Nothing for an id that was never given out; for one that is too old, what is left: the hole shows in the ids. */
function missed(ring: readonly string[], sent: number, lastEventId: string | undefined): readonly string[] {
  if (lastEventId === undefined || !/^\d{1,15}$/.test(lastEventId)) return [];
  const last = Number(lastEventId);
  if (last >= sent) return [];
  const first = Math.max(last, sent - REPLAY_EVENTS) + 1;
  return Array.from({length: sent - first + 1}, (_, place) => ring[(first + place) % REPLAY_EVENTS] ?? '');
}
