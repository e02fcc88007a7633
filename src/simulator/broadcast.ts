import {encode} from 'eventsource-encoder';
import {type Cancel, type Clock, every} from '../clock/clock.ts';
import type {Frame} from './speech.ts';

/** Where the bytes of one stream go. A sink that is not read must cut itself off; after `end` nothing is written. */
export type Sink = {
  readonly write: (text: string | Uint8Array) => void;
  readonly end: () => void;
  /** Breaks the connection off, without an end. */
  readonly cut: () => void;
};
/** Called once the client has gone. */
export type Leave = () => void;

const HEARTBEAT_MS = 15_000;

/** How many events a channel can repeat for `Last-Event-ID`. */
export const REPLAY_EVENTS = 1000;

/** A sign of life to every open stream, every 15 s; no timer while none is open. */
export type Heart = {readonly add: (sink: Sink) => Leave; readonly close: () => void};

export function createHeart(clock: Clock, heartbeat: string | undefined): Heart {
  const sinks = new Set<Sink>();
  let stop: Cancel | undefined;
  const beat = () => {
    if (heartbeat !== undefined) for (const sink of sinks) sink.write(heartbeat);
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
  readonly publish: (frame: Frame) => void;
};

export type ChannelOptions = {
  readonly heart: Heart;
  readonly opening: string;
  readonly hasIds: boolean;
  /** Written to whoever opens it, after what was missed. */
  readonly snapshot?: () => Frame | undefined;
};

export function createChannel({heart, opening, hasIds, snapshot = () => undefined}: ChannelOptions): Channel {
  const readers = new Set<Sink>();
  const ring: string[] = [];
  let sent = 0;
  return {
    open(sink, lastEventId) {
      if (opening !== '') sink.write(opening);
      for (const frame of missed(ring, sent, lastEventId)) sink.write(frame);
      const first = snapshot();
      if (first) sink.write(textOf(first));
      readers.add(sink);
      const leave = heart.add(sink);
      return () => {
        readers.delete(sink);
        leave();
      };
    },
    publish(frame) {
      sent += 1;
      const text = textOf(frame, hasIds ? sent : undefined);
      if (hasIds) ring[sent % REPLAY_EVENTS] = text;
      for (const reader of readers) reader.write(text);
    },
  };
}

function textOf({event, data}: Frame, id?: number): string {
  return encode({...(event !== undefined && {event}), ...(id !== undefined && {id}), data: JSON.stringify(data)});
}

/** Nothing for an id that was never given out; for one that is too old, what is left: the hole shows in the ids. */
function missed(ring: readonly string[], sent: number, lastEventId: string | undefined): readonly string[] {
  if (lastEventId === undefined || !/^\d{1,15}$/.test(lastEventId)) return [];
  const last = Number(lastEventId);
  if (last >= sent) return [];
  const first = Math.max(last, sent - REPLAY_EVENTS) + 1;
  return Array.from({length: sent - first + 1}, (_, place) => ring[(first + place) % REPLAY_EVENTS] ?? '');
}
