import * as fc from 'fast-check';
import {sample, T0, WALL0} from '../support/builders.ts';
import type {Network} from './network.ts';

export type Move = {readonly kind: (typeof kinds)[number]; readonly pick: number; readonly ms: number};

const statuses = ['running', 'paused', 'stopped', 'error', 'rebooting'];

const someId = (net: Network, pick: number): string | undefined =>
  [...net.truth.keys()][pick % Math.max(1, net.truth.size)];

/** What may happen to a server, a network and a monitor, each by its name. */
const moves = {
  create: (net: Network) => net.create(),
  status: (net: Network, pick: number) => {
    const status = statuses[pick % statuses.length] ?? 'running';
    net.change(someId(net, pick) ?? '', {status});
  },
  expiry: (net: Network, pick: number) => {
    const hour = 3_600_000 + (pick % 50) * 1000;
    const soon = net.now() - T0 + (pick % 50) * 500;
    net.change(someId(net, pick) ?? '', {expiresAt: [null, WALL0 + hour, WALL0 + soon][pick % 3] ?? null});
  },
  sample: (net: Network, pick: number) => {
    const id = someId(net, pick);
    if (id === undefined) return;
    net.take({type: 'metrics.opened', at: net.now(), id});
    net.take({type: 'metrics.sampled', id, sample: sample({at: net.now(), cpuPercent: pick % 100})});
  },
  skew: (net: Network, pick: number) =>
    net.take({type: 'server.dated', at: net.now(), skewMs: (pick % 17) * 1000 - 8000}),
  remove: (net: Network, pick: number) => net.remove(someId(net, pick) ?? ''),
  connect: (net: Network) => net.connect(),
  cut: (net: Network) => net.cut(),
  event: (net: Network) => net.deliverEvent(),
  repeat: (net: Network, pick: number) => net.repeatEvent(pick),
  answer: (net: Network, pick: number) => net.deliverAnswer(pick),
  wait: (net: Network) => net.pass(2000),
  refresh: (net: Network) => net.take({type: 'refresh.asked', at: net.now()}),
} satisfies Record<string, (net: Network, pick: number) => void>;

const kinds = [
  'create',
  'status',
  'expiry',
  'sample',
  'skew',
  'remove',
  'connect',
  'cut',
  'event',
  'repeat',
  'answer',
  'wait',
  'refresh',
] as const;

/** Weighted so that histories are long enough to be interesting and broken often enough to be hard. */
const kind = fc.oneof(
  {weight: 3, arbitrary: fc.constant('create' as const)},
  {weight: 4, arbitrary: fc.constant('status' as const)},
  {weight: 2, arbitrary: fc.constant('expiry' as const)},
  {weight: 2, arbitrary: fc.constant('sample' as const)},
  {weight: 1, arbitrary: fc.constant('skew' as const)},
  {weight: 2, arbitrary: fc.constant('remove' as const)},
  {weight: 2, arbitrary: fc.constant('connect' as const)},
  {weight: 1, arbitrary: fc.constant('cut' as const)},
  {weight: 7, arbitrary: fc.constant('event' as const)},
  {weight: 1, arbitrary: fc.constant('repeat' as const)},
  {weight: 7, arbitrary: fc.constant('answer' as const)},
  {weight: 1, arbitrary: fc.constant('wait' as const)},
  {weight: 1, arbitrary: fc.constant('refresh' as const)},
);

export const history: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.record({kind, pick: fc.nat(1000), ms: fc.integer({min: 1, max: 400})}),
  {maxLength: 70, size: 'max'},
);

export const networkOptions = fc.record({
  versions: fc.boolean(),
  sparseEvents: fc.boolean(),
  pageSize: fc.integer({min: 1, max: 4}),
});

export function move(net: Network, {kind: name, pick, ms}: Move): void {
  net.pass(ms);
  moves[name](net, pick);
}
