import {type Cancel, every} from '../clock/clock.ts';
import type {Sink} from './broadcast.ts';
import {type Fault, isEvent, perEvent, type Scene, streaming} from './fault.ts';

const SECOND = 1000;
const MEBIBYTE = 2 ** 20;

/** No JSON, wrong types, nothing, no id, names nobody knows: none of it is about a sandbox that is there. */
const garbage = [
  'data: {"type":"sandbox.updated","sandbox":{\n\n',
  'data: null\n\n',
  'event: sandbox.updated\ndata: [1,true,"x",{}]\n\n',
  'event: sandbox.updated\ndata: {"sandbox":{"id":{},"status":7,"expires_at":false}}\n\n',
  'event: weather.changed\ndata: {"sky":"blue"}\n\n',
  'event\ndata\n\n',
  ': \u0000\n\n:\n\nid: \u0000\n\n',
];

/** Bytes that are no UTF-8, in a comment and in an event. */
const notUtf8 = Buffer.concat([
  Buffer.from([0x3a, 0xff, 0xfe, 0xc0, 0x0a, 0x0a]),
  Buffer.from('event: sandbox.updated\ndata: {"sandbox":{"region":"'),
  Buffer.from([0xed, 0xa0, 0x80, 0xf5]),
  Buffer.from('"}}\n\n'),
]);

const muted = streaming((sink, {isOn}) => ({write: (text) => (isOn() ? undefined : sink.write(text))}));

/** Ends what is written to after a while, once. */
function endingAfter(run: (sink: Sink) => void): Fault['strike'] {
  return streaming((sink, {clock, value, strikes}) => ({
    left: clock.after(Number(value) * SECOND, () => strikes() && run(sink)),
  }));
}

/** TABLE of faults of streams. */
export const streamFaults = {
  cut: {
    does: 'closes every stream, in good order, so many seconds after it was opened',
    source: 'reliability 1',
    value: {name: 'SECONDS', usual: '5'},
    usual: {route: 'streams'},
    strike: endingAfter((sink) => sink.end()),
  },
  restart: {
    does: 'resets all its streams at once, every so many seconds',
    source: 'reliability 31',
    value: {name: 'SECONDS', usual: '10'},
    usual: {route: 'streams'},
    strike: streaming((sink, {clock, value, strikes}) => {
      const period = Number(value) * SECOND;
      return {left: clock.after(period - (clock.monotonic() % period), () => strikes() && sink.cut())};
    }),
  },
  reset: {
    does: 'resets the connection in the middle of an event',
    source: 'reliability 2',
    usual: {route: 'streams', p: 0.5},
    strike: perEvent((sink) => (event) => {
      sink.write(event.slice(0, event.length / 2));
      sink.cut();
    }),
  },
  'mid-character': {
    does: 'closes the stream inside a character of an event',
    source: 'reliability 2, 26',
    usual: {route: 'streams', p: 0.5},
    strike: perEvent((sink) => (event) => {
      sink.write(Buffer.from(`${event.slice(0, event.length / 2)}東`).subarray(0, -1));
      sink.end();
    }),
  },
  mute: {
    does: 'writes nothing to its streams, and keeps them open',
    source: 'reliability 3, 4',
    usual: {route: 'streams'},
    strike: muted,
  },
  'half-open': {
    does: 'falls silent altogether: nothing is answered, nothing is written, every connection stays',
    source: 'reliability 3',
    usual: {route: 'all'},
    strike: (scene, passed) =>
      scene.isOn() ? passed.respond({status: 0, headers: {}, lost: 'silence'}) : muted(scene, passed),
  },
  'no-comments': {
    does: 'stops its heartbeats; events go on',
    source: 'reliability 5',
    usual: {route: 'streams'},
    strike: streaming((sink, {isOn}) => ({
      write: (text) => (typeof text === 'string' && text.startsWith(':') && isOn() ? undefined : sink.write(text)),
    })),
  },
  drop: {
    does: 'loses events without a trace but the hole in their ids',
    source: 'reliability 6',
    usual: {route: 'streams', p: 0.5},
    strike: perEvent(() => () => undefined),
  },
  duplicate: {
    does: 'sends events twice',
    source: 'reliability 7',
    usual: {route: 'streams', p: 0.5},
    strike: perEvent((sink) => (event) => {
      sink.write(event);
      sink.write(event);
    }),
  },
  replay: {
    does: 'sends events again, so many seconds later',
    source: 'reliability 8',
    value: {name: 'SECONDS', usual: '4'},
    usual: {route: 'streams', p: 0.5},
    strike: later({alsoNow: true}),
  },
  reorder: {
    does: 'holds events back so many seconds, and lets others overtake them',
    source: 'reliability 8',
    value: {name: 'SECONDS', usual: '2'},
    usual: {route: 'streams', p: 0.5},
    strike: later({alsoNow: false}),
  },
  'one-byte': {
    does: 'writes each byte of its streams by itself',
    source: 'reliability 26',
    usual: {route: 'streams'},
    strike: streaming((sink, {isOn}) => ({
      write(text) {
        if (!isOn()) return sink.write(text);
        for (const byte of Buffer.from(text)) sink.write(Uint8Array.of(byte));
      },
    })),
  },
  drip: {
    does: 'writes its streams at so many bytes a second',
    source: 'reliability 27',
    value: {name: 'BYTES', usual: '400'},
    usual: {route: 'streams'},
    strike: streaming(dripping),
  },
  garbage: {
    does: 'sends before events what is no event: bad JSON, wrong types, no id, unknown names',
    source: 'reliability 24',
    usual: {route: 'streams'},
    strike: perEvent((sink) => {
      let sent = 0;
      return (event) => {
        sink.write(garbage[sent % garbage.length] ?? '');
        sent += 1;
        sink.write(event);
      };
    }),
  },
  'not-utf8': {
    does: 'sends bytes before events that are no UTF-8',
    source: 'reliability 26',
    usual: {route: 'streams'},
    strike: perEvent((sink) => (event) => {
      sink.write(notUtf8);
      sink.write(event);
    }),
  },
  'big-event': {
    does: 'sends one event of so many megabytes in place of another',
    source: 'reliability 25',
    value: {name: 'MEGABYTES', usual: '20'},
    usual: {route: 'stream', times: 1},
    strike: perEvent((sink, {value}) => () => {
      sink.write(`event: sandbox.updated\ndata: {"fill":"${'x'.repeat(Number(value) * MEBIBYTE)}"}\n\n`);
    }),
  },
  'endless-line': {
    does: 'writes a line without an end in place of an event, a megabyte at a time',
    source: 'reliability 25',
    usual: {route: 'stream', times: 1},
    strike: streaming((sink, {clock, strikes}) => {
      let stop: Cancel = () => undefined;
      let isStuck = false;
      return {
        write(text) {
          if (isStuck) return;
          if (typeof text !== 'string' || !isEvent(text) || !strikes()) return sink.write(text);
          isStuck = true;
          sink.write('data: ');
          stop = every(clock, 50, () => sink.write('x'.repeat(MEBIBYTE)));
        },
        left: () => stop(),
      };
    }),
  },
} as const satisfies Readonly<Record<string, Fault>>;

function later({alsoNow}: {readonly alsoNow: boolean}): Fault['strike'] {
  return perEvent((sink, {clock, value}) => (event) => {
    if (alsoNow) sink.write(event);
    clock.after(Number(value) * SECOND, () => sink.write(event));
  });
}

/** Ten times a second, so that a byte a second is one too. */
const DRIPS_PER_SECOND = 10;
/** What does not fit is lost, whole writes of it: a line without an end must not fill the memory while it drips. */
const MOST_HELD_BYTES = 8 * MEBIBYTE;

function dripping(sink: Sink, {clock, value, isOn}: Scene) {
  const held: Uint8Array[] = [];
  let heldBytes = 0;
  let allowed = 0;
  const pour = (most: number) => {
    for (let left = most; left > 0; ) {
      const first = held.shift();
      if (!first) return;
      const now = first.subarray(0, left);
      if (now.length < first.length) held.unshift(first.subarray(left));
      sink.write(now);
      left -= now.length;
      heldBytes -= now.length;
    }
  };
  const stop = every(clock, SECOND / DRIPS_PER_SECOND, () => {
    allowed = Math.min(allowed + Number(value) / DRIPS_PER_SECOND, Math.max(Number(value), 1));
    const bytes = isOn() ? Math.min(Math.floor(allowed), heldBytes) : heldBytes;
    allowed = Math.max(0, allowed - bytes);
    pour(bytes);
  });
  return {
    write(text: string | Uint8Array) {
      const bytes = typeof text === 'string' ? Buffer.from(text) : text;
      if (heldBytes + bytes.length > MOST_HELD_BYTES) return;
      held.push(bytes);
      heldBytes += bytes.length;
    },
    left: stop,
  };
}
