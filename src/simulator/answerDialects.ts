import {problem} from './reply.ts';
import {type sandboxBody, timeText} from './sandbox.ts';
import type {Dialect} from './speech.ts';
import {tokenBody} from './token.ts';

const seedFields: readonly string[] = [
  'id',
  'object',
  'status',
  'public_host',
  'template_name',
  'region',
  'created_at',
];

const noSuchRoute = problem(404, 'No such route');

/** TABLE of ways to answer. */
export const answerDialects = {
  versions: {
    does: 'tells updated_at, to the millisecond',
    source: 'docs.hopx.ai data-model',
    change: ({row}) => ({
      row: (sandbox, place) => ({...row(sandbox, place), updated_at: new Date(sandbox.changedAt).toISOString()}),
    }),
  },
  'coarse-versions': {
    does: 'tells updated_at in whole seconds: two changes may have the same',
    source: 'docs.hopx.ai: every example has whole seconds',
    change: ({row}) => ({
      row: (sandbox, place) => ({...row(sandbox, place), updated_at: timeText(sandbox.changedAt)}),
    }),
  },
  'sparse-list': {
    does: `lists ${seedFields.join(', ')} alone`,
    source: 'docs.hopx.ai list-sandboxes',
    change: ({row}) => ({
      row(sandbox, place) {
        if (place !== 'list') return row(sandbox, place);
        return Object.fromEntries(Object.entries(row(sandbox, place)).filter(([name]) => seedFields.includes(name)));
      },
    }),
  },
  'sandbox-id': {
    does: 'calls the id sandbox_id',
    source: 'official SDK 0.5.1 reads it',
    change: ({row}) => ({
      row(sandbox, place) {
        const {id, ...rest} = row(sandbox, place) as ReturnType<typeof sandboxBody>;
        return {sandbox_id: id, ...rest};
      },
    }),
  },
  'old-fields': {
    does: 'tells disk_gb, an organization_id of letters and no live_mode',
    source: 'docs.hopx.dev get-sandbox',
    change: ({row}) => ({
      row(sandbox, place) {
        const {live_mode: _, resources, ...rest} = row(sandbox, place) as ReturnType<typeof sandboxBody>;
        if (!resources) return rest;
        const {disk_mb, ...others} = resources;
        return {...rest, organization_id: 'org-abc123', resources: {...others, disk_gb: disk_mb / 1024}};
      },
    }),
  },
  tokens: {
    does: "tells the agent's token in every row and event",
    source: 'OpenAPI models.Sandbox',
    change: ({row}) => ({row: (sandbox, place) => ({...row(sandbox, place), ...tokenBody(sandbox)})}),
  },
  'page-100': {
    does: 'refuses a list of more than 100 a page',
    source: 'OpenAPI and docs.hopx.ai pagination',
    change: () => ({pages: {usual: 20, most: 100, tooLarge: 'refused'}}),
  },
  'page-cut': {
    does: 'lists 100 a page, whatever was asked for',
    source: 'OpenAPI and docs.hopx.ai pagination leave it open',
    change: () => ({pages: {usual: 20, most: 100, tooLarge: 'cut'}}),
  },
  'offset-cursor': {
    does: 'counts rows in its cursor, so that a page shifts while others come and go',
    source: 'docs.hopx.ai pagination calls the cursor opaque',
    change: () => ({
      writeCursor: ({told}) => told,
      readCursor: (cursor) => (/^\d{1,9}$/.test(cursor) ? {skip: Number(cursor)} : undefined),
    }),
  },
  'no-cursor': {
    does: 'says that a list has more, and not how to go on',
    source: 'OpenAPI: has_more without next_cursor',
    change: ({list}) => ({
      list(page) {
        const {next_cursor: _, ...body} = list(page) as {readonly next_cursor?: unknown};
        return body;
      },
    }),
  },
  'bare-list': {
    does: 'answers a list that fits on one page as a bare array',
    source: 'docs.hopx.dev list-templates comes near it: {data} alone',
    change: ({list}) => ({list: (page) => (page.hasMore ? list(page) : page.rows)}),
  },
  'error-message': {
    does: 'says its errors as {error, message}, without a code',
    source: 'docs.hopx.dev delete-template',
    change: () => ({problem: ({error, code: _, ...rest}) => ({...rest, error: 'Request failed', message: error})}),
  },
  'error-object': {
    does: 'says its errors as {error: {message, code, request_id, details}}',
    source: 'official Python SDK',
    change: () => ({
      problem: ({error: message, ...rest}) => {
        const {retry_after: retry_after_seconds, ...said} = rest as {readonly retry_after?: number};
        const details = retry_after_seconds === undefined ? {} : {details: {retry_after_seconds}};
        return {error: {message, ...said, ...details}};
      },
    }),
  },
  'no-start-stop': {
    does: 'can neither start nor stop',
    source: 'changelogs of both official SDKs',
    change: ({missing}) => ({
      missing: {...missing, '/v1/sandboxes/:id/start': noSuchRoute, '/v1/sandboxes/:id/stop': noSuchRoute},
    }),
  },
  'wrong-state-404': {
    does: 'answers 404 to an act that the status forbids',
    source: 'OpenAPI lists 403, 404 and 500 for acts, no 409',
    change: () => ({wrongState: 404}),
  },
  'wrong-state-500': {
    does: 'answers 500 to an act that the status forbids',
    source: 'OpenAPI lists 403, 404 and 500 for acts, no 409',
    change: () => ({wrongState: 500}),
  },
  'text-logs': {
    does: 'answers the log of a build as text from an offset on, whatever was asked for',
    source: 'official SDKs and CLIs poll it so',
    change: () => ({buildLogs: 'text'}),
  },
  'stream-logs': {
    does: 'streams the log of a build, whatever was asked for',
    source: 'OpenAPI knows text/event-stream alone',
    change: () => ({buildLogs: 'stream'}),
  },
  'delete-204': {
    does: 'answers a delete, of a sandbox or a template, with 204 and nothing',
    source: 'docs.hopx.dev delete-template',
    change: () => ({deleted: () => ({status: 204, body: undefined})}),
  },
} as const satisfies Readonly<Record<string, Dialect>>;
