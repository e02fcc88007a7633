import {encode, encodeComment} from 'eventsource-encoder';
import {pageLimits} from '../contract/envelope.ts';
import {type MetricsBody, sandboxEventNames, templateEventNames} from '../contract/streams.ts';
import type {TemplateBody} from '../contract/template.ts';
import type {TemplateChange} from './registry.ts';
import type {Reply} from './reply.ts';
import {type Sandbox, sandboxBody} from './sandbox.ts';
import type {Change} from './world.ts';

/** One event before it is bytes; without a name it is an unnamed one. */
export type Frame = {readonly event?: string; readonly data: unknown};

/** Where a sandbox is told of: in a list, in an answer of its own, in an event. */
type Place = 'list' | 'answer' | 'event';

/** Where a page goes on: below a number, or after so many rows; neither: at the start. */
type PagePlace = {readonly before?: number; readonly skip?: number};

type ListPage = {
  readonly url: string;
  readonly rows: readonly object[];
  readonly cursor: string | number | null;
  /** Whether there is more, whatever the cursor says. */
  readonly hasMore: boolean;
};

/** An error in words, before it has a shape. */
type Problem = {readonly error: string; readonly code: string; readonly request_id: string};

/** What an event may tell of. */
export type Told = {
  readonly wall: number;
  readonly row: (sandbox: Sandbox) => object;
  readonly everybody: () => readonly Sandbox[];
};

/** What an event of the template stream may tell of. */
type TemplatesTold = {readonly wall: number; readonly everything: () => readonly TemplateBody[]};

/** How a control plane puts what is so: everything in which plausible servers differ. */
export type Speech = {
  readonly row: (sandbox: Sandbox, place: Place) => object;
  readonly list: (page: ListPage) => object;
  readonly pages: {readonly usual: number; readonly most: number; readonly tooLarge: 'refused' | 'cut'};
  readonly writeCursor: (next: {readonly lastNumber: number; readonly told: number}) => string | number | null;
  /** Undefined: not a cursor of this server. */
  readonly readCursor: (cursor: string) => PagePlace | undefined;
  readonly problem: (problem: Problem) => object;
  /** Routes that this server has not, by their path in the table: what it says instead. */
  readonly missing: Readonly<Record<string, Reply>>;
  /** The status of an act that the sandbox's own status forbids. */
  readonly wrongState: 404 | 409 | 500;
  readonly deleted: (id: string) => Reply;
  readonly event: (change: Change, told: Told) => Frame;
  readonly templateEvent: (change: TemplateChange, told: TemplatesTold) => Frame;
  /** The form of a build's log. */
  readonly buildLogs: 'as asked' | 'text' | 'stream';
  /** First of all to whoever opens the sandbox stream. */
  readonly snapshot: (told: Told) => Frame | undefined;
  readonly hasEventIds: boolean;
  /** Written first on every stream, as it stands. */
  readonly opening: string;
  /** Written on every stream every 15 s, as it stands; undefined: nothing is. */
  readonly heartbeat: string | undefined;
  readonly sample: (body: MetricsBody) => object;
  /** What is written on a stream, once more: its line ends. */
  readonly spell: (text: string) => string;
};

/** How one plausible server differs. Several go together: each changes what the ones before it made. */
export type Dialect = {
  /** Completes "a server that …". */
  readonly does: string;
  /** Where it was seen, or what leaves it open. */
  readonly source: string;
  readonly change: (speech: Speech) => Partial<Speech>;
};

/** What every dialect starts from: docs.hopx.ai to the letter, and a guess of ours where it is silent. */
export const plainSpeech: Speech = {
  row: sandboxBody,
  list: ({url, rows, hasMore, cursor}) => ({object: 'list', data: rows, has_more: hasMore, next_cursor: cursor, url}),
  pages: {usual: pageLimits.default, most: pageLimits.most, tooLarge: 'refused'},
  // Opaque to clients, the number of the last row told to us: it holds whatever is deleted meanwhile.
  writeCursor: ({lastNumber}) => Buffer.from(`before:${lastNumber}`).toString('base64url'),
  readCursor(cursor) {
    const number = /^before:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
    return number === undefined ? undefined : {before: Number(number)};
  },
  problem: (problem) => problem,
  missing: {},
  wrongState: 409,
  deleted: (id) => ({status: 200, body: {id, status: 'deleted'}}),
  // assumed: the payload of the sandbox stream is published nowhere.
  event: ({type, sandbox}, {wall, row}) => ({
    event: sandboxEventNames[type],
    data: {type: sandboxEventNames[type], timestamp: new Date(wall).toISOString(), sandbox: row(sandbox)},
  }),
  // assumed: as for sandboxes.
  templateEvent: ({type, template}, {wall}) => ({
    event: templateEventNames[type],
    data: {type: templateEventNames[type], timestamp: new Date(wall).toISOString(), template},
  }),
  buildLogs: 'as asked',
  snapshot: () => undefined,
  hasEventIds: true,
  /** When to come back after a break. */
  opening: encode({retry: 3000}),
  heartbeat: encodeComment('keep-alive'),
  sample: (body) => body,
  spell: (text) => text,
};
