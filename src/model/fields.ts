import type {Row} from './sandbox.ts';
import type {RowView} from './view.ts';

/**
 * What a field holds: text; a number; a duration in milliseconds that is told as such; or one that moves with the
 * clock, which can be longer or shorter than something but never equal to it.
 */
export type FieldKind = 'text' | 'number' | 'duration' | 'moving';

/** The moment, on the clock of the server, that a field counts from or to. */
export type Counted = {readonly moment: 'createdAt' | 'expiresAt'; readonly direction: 'since' | 'until'};

export type FilterField = {
  readonly name: string;
  readonly aliases: readonly string[];
  /** What help and README say. */
  readonly description: string;
  /** For help, and for a mistake to show what is right. */
  readonly example: string;
  readonly kind: FieldKind;
  /** Only sandboxes with a metric stream tell it. */
  readonly isSampled?: true;
  /** Of a moving field: what it counts. */
  readonly counts?: Counted;
  /** Whether a bare word looks here too. */
  readonly inWords: boolean;
  /** null is told: none; undefined is not told, and matches nothing, no negation either. */
  readonly read: (view: RowView) => string | number | null | undefined;
};

/** Everything a filter term may ask about. The parser, help, README and the mistakes read this table. */
export const filterFields: readonly FilterField[] = [
  {
    name: 'id',
    aliases: ['sandbox'],
    description: 'id of the sandbox',
    example: 'id=sb_9f*',
    kind: 'text',
    inWords: true,
    read: (view) => view.row.sandbox.id,
  },
  {
    name: 'status',
    aliases: ['state', 'st'],
    description: 'status in the words of the server; of a gone sandbox the last one',
    example: 'status=running',
    kind: 'text',
    inWords: true,
    read: (view) => view.row.sandbox.status,
  },
  {
    name: 'template',
    aliases: ['tpl'],
    description: 'name of the template, or its id where no name is told',
    example: 'template=agent*',
    kind: 'text',
    inWords: true,
    read: ({row: {sandbox}}) => sandbox.templateName ?? sandbox.templateId,
  },
  {
    name: 'region',
    aliases: [],
    description: 'region',
    example: 'region=us-east',
    kind: 'text',
    inWords: true,
    read: (view) => view.row.sandbox.region,
  },
  {
    name: 'node',
    aliases: [],
    description: 'node it runs on',
    example: 'node=n-114',
    kind: 'text',
    inWords: true,
    read: (view) => view.row.sandbox.nodeId,
  },
  {
    name: 'host',
    aliases: [],
    description: 'public host',
    example: 'host=https://sb_9f*',
    kind: 'text',
    inWords: true,
    read: (view) => view.row.sandbox.publicHost,
  },
  {
    name: 'age',
    aliases: [],
    description: 'time since it was created; of a gone sandbox, until it went',
    example: 'age>2d',
    kind: 'moving',
    counts: {moment: 'createdAt', direction: 'since'},
    inWords: false,
    read: (view) => sinceCreation(view.row, lastMoment(view)),
  },
  {
    name: 'expires',
    aliases: ['expiry'],
    description: 'time until it is destroyed with its disk; none: never',
    example: 'expires<10m',
    kind: 'moving',
    counts: {moment: 'expiresAt', direction: 'until'},
    inWords: false,
    read: (view) => untilExpiry(view.row, lastMoment(view)),
  },
  {
    name: 'timeout',
    aliases: [],
    description: 'timeout it was given; none: no timeout',
    example: 'timeout=none',
    kind: 'duration',
    inWords: false,
    read: ({row: {sandbox}}) => sandbox.timeoutSeconds && sandbox.timeoutSeconds * 1000,
  },
  {
    name: 'cpu',
    aliases: [],
    description: 'CPU in percent, of sampled sandboxes only',
    example: 'cpu>80',
    kind: 'number',
    isSampled: true,
    inWords: false,
    read: (view) => view.sample?.cpuPercent,
  },
  {
    name: 'mem',
    aliases: ['memory'],
    description: 'memory in percent, of sampled sandboxes only',
    example: 'mem>90',
    kind: 'number',
    isSampled: true,
    inWords: false,
    read: (view) => memoryPercent(view),
  },
  {
    name: 'exec',
    aliases: ['executions'],
    description: 'executions under way, of sampled sandboxes only',
    example: 'exec>0',
    kind: 'number',
    isSampled: true,
    inWords: false,
    read: (view) => view.sample?.activeExecutions,
  },
];

/** The server's time a line speaks of: now or, of a sandbox that is gone, when it went. */
export function lastMoment({row, now, serverNow}: RowView): number {
  return row.tombstone ? serverNow - (now - row.tombstone.diedAt) : serverNow;
}

/** Memory in use, in percent: as told, or from used and total. */
export function memoryPercent({sample}: RowView): number | undefined {
  if (sample?.memoryPercent !== undefined) return sample.memoryPercent;
  const {memoryUsedBytes: used, memoryTotalBytes: total} = sample ?? {};
  return used === undefined || !total ? undefined : (100 * used) / total;
}

const sinceCreation = ({sandbox}: Row, at: number): number | undefined =>
  sandbox.createdAt === undefined ? undefined : Math.max(0, at - sandbox.createdAt);

function untilExpiry({sandbox: {expiresAt}}: Row, at: number): number | null | undefined {
  return expiresAt === undefined || expiresAt === null ? expiresAt : expiresAt - at;
}
