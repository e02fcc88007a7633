import type {DialectName} from '../../src/simulator/dialects.ts';
import type {FaultName} from '../../src/simulator/faults.ts';

/** What shows that a row of the fault matrix (research/reliability.md §11) is met. */
export type Shown = {
  readonly row: number;
  readonly fault: string;
  /** Faults and dialects of the simulator, each watched through by `test/faults`. */
  readonly watched?: readonly (FaultName | DialectName)[];
  /** Tests, by file and a part of the title as it stands in the file. */
  readonly tests?: readonly (readonly [file: string, title: string])[];
  /** A row of `npm run chaos`. */
  readonly isInChaos?: true;
  /** What no test shows, and why. */
  readonly left?: string;
};

export const matrix: readonly Shown[] = [
  {row: 1, fault: 'stream closed by the server', watched: ['cut', 'restart']},
  {row: 2, fault: 'reset in the middle of an event', watched: ['reset', 'refuse', 'half-answer']},
  {row: 3, fault: 'half-open', watched: ['half-open', 'mute'], isInChaos: true},
  {row: 4, fault: 'silent but alive', watched: ['mute', 'no-heartbeats']},
  {row: 5, fault: 'heartbeats stop, events go on', watched: ['no-comments']},
  {row: 6, fault: 'dropped events', watched: ['drop']},
  {row: 7, fault: 'duplicated events', watched: ['duplicate']},
  {row: 8, fault: 'reordered and replayed events', watched: ['reorder', 'replay']},
  {row: 9, fault: 'delete between pages', watched: ['shift', 'offset-cursor']},
  {row: 10, fault: 'create between pages', watched: ['shift', 'offset-cursor']},
  {row: 11, fault: 'a page fails half-way', watched: ['page-500']},
  {row: 12, fault: 'empty or short list', watched: ['empty-list', 'short-list']},
  {row: 13, fault: 'cursor loops, or is missing', watched: ['same-cursor', 'lost-cursor', 'no-cursor']},
  {row: 14, fault: 'limit cut to 100', watched: ['page-cut', 'page-100']},
  {
    row: 15,
    fault: '429 on the list',
    watched: ['too-many'],
    tests: [['test/runtime/listing.test.ts', '429 waits for the time it names and goes on at the same page']],
  },
  {
    row: 16,
    fault: '429 with odd forms of when',
    watched: ['too-many'],
    tests: [['test/api/limits.test.ts', 'Retry-After %s']],
  },
  {
    row: 17,
    fault: '429 on metrics streams',
    tests: [['test/runtime/metricsRefused.test.ts', '429 on a stream holds everything but acts']],
  },
  {row: 18, fault: 'key refused, or revoked later', watched: ['key-revoked']},
  {row: 19, fault: '503, with Retry-After and without', watched: ['unavailable', 'status']},
  {row: 20, fault: '204 on a stream', watched: ['no-content']},
  {row: 21, fault: 'pages of HTML', watched: ['portal', 'bad-gateway']},
  {row: 22, fault: 'no stream here', watched: ['no-streams', 'streams-later', 'wrong-type']},
  {
    row: 23,
    fault: 'redirects',
    watched: ['redirect'],
    tests: [
      ['test/api/redirect.test.ts', 'another origin never sees the key'],
      ['test/e2e/otherServer.test.ts', 'a redirect to another origin is refused, and the key never goes there'],
    ],
  },
  {
    row: 24,
    fault: 'bad JSON, wrong types, unknown events',
    watched: ['garbage', 'cut-json'],
    tests: [['test/api/decode.fuzz.test.ts', '100,000 events decode to news without one exception']],
  },
  {row: 25, fault: 'events and lines too large', watched: ['big-event', 'endless-line']},
  {
    row: 26,
    fault: 'split, invalid and odd UTF-8',
    watched: ['one-byte', 'not-utf8', 'mid-character', 'cr', 'crlf'],
    tests: [['test/api/sse.property.test.ts', 'any bytes in any chunks are read as the specification says']],
  },
  {row: 27, fault: 'a byte a second', watched: ['drip'], isInChaos: true},
  {row: 28, fault: '5,000 events a second', isInChaos: true},
  {
    row: 29,
    fault: '10,000 sandboxes',
    tests: [['test/model/cost.test.ts', '10,000 rows at once are counted and put in order']],
    isInChaos: true,
    left: 'memory and frames at 10,000 are figures of npm run bench',
  },
  {row: 30, fault: '100 creates and deletes a second', isInChaos: true},
  {
    row: 31,
    fault: 'many streams, the server restarts',
    watched: ['restart'],
    tests: [
      ['test/runtime/metricsRefused.test.ts', 'after a restart of the server its streams come back ten a second'],
    ],
  },
  {row: 32, fault: 'headers that never come', watched: ['hang', 'slow']},
  {
    row: 33,
    fault: 'the answer to an act is lost',
    watched: ['lost-reply'],
    tests: [['test/api/http.test.ts', 'a request that changes something is sent exactly once']],
  },
  {row: 34, fault: 'acts refused', watched: ['refused-act', 'quota', 'wrong-state-404', 'no-start-stop']},
  {
    row: 35,
    fault: 'a key twice, held down, pasted',
    tests: [
      ['test/model/lengthening.test.ts', 'a key that is held down is one act'],
      ['test/e2e/acting.test.ts', 'a paste is no command'],
      ['test/e2e/acting.test.ts', 'what was typed ahead of the dialog answers nothing'],
    ],
  },
  {
    row: 36,
    fault: 'the row changes under an open dialog',
    tests: [
      ['test/model/dialogue.test.ts', '%s: it says so, and what was typed does not count'],
      ['test/ui/words.test.tsx', 'a question on a stale screen, changed meanwhile, says both'],
    ],
  },
  {
    row: 37,
    fault: 'read-only',
    tests: [
      ['test/e2e/acting.test.ts', 'read-only: every act key is refused, and nothing but GET leaves'],
      ['test/api/http.test.ts', '%s throws before a socket is opened'],
    ],
  },
  {
    row: 38,
    fault: 'hostile strings in every field',
    watched: ['long-ids'],
    tests: [['test/e2e/hostile.test.ts', 'every hostile string, in every field of a row and in errors, is only text']],
  },
  {
    row: 39,
    fault: 'the terminal is gone',
    tests: [['test/e2e/endings.test.ts', '$name ends it and leaves a clean terminal']],
    isInChaos: true,
    left: 'on Node 20 and 22: tried by hand',
  },
  {
    row: 40,
    fault: 'a terminal that nobody reads',
    tests: [
      [
        'test/e2e/unread.test.ts',
        'nobody reads: the program goes on, holds a frame, and shows the newest one when somebody reads again',
      ],
    ],
  },
  {
    row: 41,
    fault: 'a slow terminal',
    tests: [['test/e2e/unread.test.ts', 'the monitor, unread while its user pages and a sandbox stops']],
    left: '4 and 20 kB/s are figures of the README',
  },
  {
    row: 42,
    fault: 'a storm of resizes',
    tests: [
      ['test/e2e/sizes.test.ts', 'a storm of resizes ends in the screen that a program has which was never resized'],
    ],
  },
  {row: 43, fault: 'Ctrl-Z and fg', tests: [['test/e2e/endings.test.ts', 'Ctrl-Z and fg']]},
  {
    row: 44,
    fault: 'signals and exceptions',
    tests: [
      ['test/e2e/endings.test.ts', '$name ends it and leaves a clean terminal'],
      ['test/cli/endings.test.ts', '%s: one sentence, no stack, exit code 1'],
    ],
  },
  {
    row: 45,
    fault: 'pipes, no terminal, TERM=dumb',
    tests: [['test/e2e/plain.test.ts', 'no terminal means the table, and a word on stderr']],
  },
  {
    row: 46,
    fault: 'the wall clock jumps',
    tests: [
      ['test/model/lengthening.test.ts', 'one answer with a clock an hour ahead does not cost an hour'],
      ['test/model/link.test.ts', 'the wall clock was set an hour on'],
      ['test/model/link.test.ts', 'the wall clock was set an hour back'],
    ],
  },
  {
    row: 47,
    fault: 'the machine slept',
    tests: [
      ['test/model/link.test.ts', 'the machine slept'],
      ['test/model/stopped.test.ts', 'after a sleep e reads the expiry first'],
    ],
  },
  {
    row: 48,
    fault: 'no address, or another one, behind the name',
    tests: [
      ['test/api/names.test.ts', 'a server that has moved behind its name is found at its new address'],
      ['test/api/names.test.ts', 'a stream whose name resolves again later opens then'],
    ],
  },
  {
    row: 49,
    fault: 'no more files',
    tests: [['test/e2e/fewFiles.test.ts', 'with few files to open the fleet is LIVE, fewer are sampled']],
  },
  {
    row: 50,
    fault: 'disk full',
    tests: [['test/cli/debugFile.test.ts', 'a full disk is said once, and nothing else is the matter']],
  },
  {
    row: 51,
    fault: 'certificates that are not trusted',
    tests: [
      ['test/api/tls.test.ts', 'an unknown authority is refused'],
      ['test/api/tls.test.ts', 'who is not is refused, with one sentence'],
      ['test/api/tls.test.ts', 'a certificate %s is refused though its authority is trusted'],
    ],
  },
  {
    row: 52,
    fault: 'proxies',
    tests: [
      ['test/api/proxy.test.ts', 'a proxy that is down is not taken for the server'],
      ['test/api/proxy.test.ts', 'a stream is tried again, and opens when the proxy is back'],
      ['test/api/tls.test.ts', 'through a proxy that is spoken to by TLS itself'],
      ['test/api/proxy.test.ts', 'a proxy that answers %i: one sentence, and nothing has been sent'],
    ],
  },
  {row: 53, fault: 'GOAWAY', left: 'does not apply: HTTP/1.1 alone is spoken'},
  {row: 54, fault: 'little memory', isInChaos: true},
  {
    row: 55,
    fault: 'all at once',
    isInChaos: true,
    tests: [['test/model/converge.property.test.ts', 'without a fault the rows are right']],
  },
];
