import {encode} from 'eventsource-encoder';
import {sandboxEventNames, streamPaths, templateEventNames} from '../contract/streams.ts';
import {problem, type Reply} from './reply.ts';
import type {Dialect, Speech} from './speech.ts';

const verbs = {created: 'create', updated: 'update', deleted: 'delete'} as const;

const withoutStreams =
  (reply: Reply) =>
  ({missing}: Speech): Partial<Speech> => ({
    missing: {
      ...missing,
      [streamPaths.sandboxes]: reply,
      [streamPaths.templates]: reply,
      '/v1/sandboxes/:id/metrics/stream': reply,
    },
  });

/** TABLE of ways to stream. */
export const streamDialects = {
  snapshot: {
    does: 'opens its sandbox stream with one event that holds the whole list',
    source: 'docs.hopx.ai overview leaves it open; seen in other list-and-watch servers',
    change: () => ({
      snapshot: ({row, everybody}) => ({event: 'snapshot', data: {object: 'list', data: everybody().map(row)}}),
    }),
  },
  'whole-list': {
    does: 'sends the whole list, unnamed, at every change',
    source: 'docs.hopx.ai overview says "list changes" of a stream',
    change: () => ({
      hasEventIds: false,
      snapshot: ({row, everybody}) => ({data: everybody().map(row)}),
      event: (_, {row, everybody}) => ({data: everybody().map(row)}),
      templateEvent: (_, {everything}) => ({data: everything()}),
    }),
  },
  bare: {
    does: 'sends unnamed events that are the sandbox itself; a deleted one has that status',
    source: 'docs.hopx.ai monitoring: its samples read unnamed events and flat objects',
    change: () => ({
      event: ({sandbox}, {row}) => ({data: row(sandbox)}),
      templateEvent: ({template}) => ({data: template}),
    }),
  },
  envelope: {
    does: 'names the event inside its data: {event, data: {sandbox}}',
    source: 'assumed: usual for webhooks',
    change: () => ({
      event: ({type, sandbox}, {row}) => ({data: {event: sandboxEventNames[type], data: {sandbox: row(sandbox)}}}),
      templateEvent: ({type, template}) => ({data: {event: templateEventNames[type], data: {template}}}),
    }),
  },
  action: {
    does: 'says {action: create|update|delete, resource} in unnamed events',
    source: 'assumed: usual for resource streams',
    change: () => ({
      event: ({type, sandbox}, {row}) => ({data: {action: verbs[type], resource: row(sandbox)}}),
      templateEvent: ({type, template}) => ({data: {action: verbs[type], resource: template}}),
    }),
  },
  'id-only': {
    does: 'tells in an event which sandbox changed, and nothing else',
    source: 'assumed: the payload of the stream is published nowhere',
    change: () => ({event: ({type, sandbox}) => ({event: sandboxEventNames[type], data: {id: sandbox.id}})}),
  },
  hints: {
    does: 'tells in an event that something changed, and not of whom',
    source: 'assumed: the payload of the stream is published nowhere',
    change: () => ({event: () => ({event: 'sandboxes.changed', data: {}})}),
  },
  'sparse-events': {
    does: 'tells in an event the id and the status alone',
    source: 'docs.hopx.ai pause-sandbox: answers to acts are {id, status}',
    change: () => ({
      event: ({type, sandbox: {id, status}}) => ({
        event: sandboxEventNames[type],
        data: {type: sandboxEventNames[type], sandbox: {id, status}},
      }),
    }),
  },
  killed: {
    does: 'tells a delete as an update to the status killed',
    source: 'docs.hopx.ai kill-sandbox',
    change: (speech) => ({
      event: (change, told) =>
        change.type === 'deleted'
          ? speech.event({type: 'updated', sandbox: {...change.sandbox, status: 'killed'}}, told)
          : speech.event(change, told),
    }),
  },
  'no-event-ids': {
    does: 'numbers no events, so that none is repeated after a break',
    source: 'docs.hopx.ai leaves it open',
    change: () => ({hasEventIds: false}),
  },
  'no-heartbeats': {
    does: 'is silent while nothing happens',
    source: 'docs.hopx.ai leaves it open',
    change: () => ({heartbeat: undefined}),
  },
  'ping-events': {
    does: 'sends its heartbeats as events called ping, and a hello first',
    source: 'docs.hopx.ai monitoring: a title promises different event types',
    change: ({opening}) => ({
      opening: opening + encode({event: 'connected', data: '{"id":"conn_1"}'}),
      heartbeat: encode({event: 'ping', data: '{}'}),
    }),
  },
  'no-retry': {
    does: 'never says when to come back',
    source: 'docs.hopx.ai leaves it open',
    change: () => ({opening: ''}),
  },
  crlf: {
    does: 'ends the lines of its streams with CR LF, after a byte order mark',
    source: 'WHATWG HTML, 9.2.5: all of it is allowed',
    change: ({opening, spell}) => ({
      opening: `\uFEFF${opening}`,
      spell: (text) => spell(text).replaceAll('\n', '\r\n'),
    }),
  },
  cr: {
    does: 'ends the lines of its streams with CR',
    source: 'WHATWG HTML, 9.2.5: all of it is allowed',
    change: ({spell}) => ({spell: (text) => spell(text).replaceAll('\n', '\r')}),
  },
  'no-streams': {
    does: 'has no stream: it takes the word stream for the id of a sandbox',
    source: 'OpenAPI has no stream; hopx-ai/cli uses none',
    change: withoutStreams(problem(404, 'Sandbox not found')),
  },
  'streams-later': {
    does: 'answers 501 to every stream',
    source: 'OpenAPI has no stream; hopx-ai/cli uses none',
    change: withoutStreams({status: 501, body: {error: 'Not implemented', code: 'NOT_IMPLEMENTED'}}),
  },
  'four-counters': {
    does: 'samples the four documented counters alone: no CPU, no memory',
    source: 'docs.hopx.ai monitoring',
    change: () => ({sample: ({system: _, ...counters}) => counters}),
  },
  'agent-counters': {
    does: 'samples total_requests, total_errors and maps by endpoint',
    source: 'docs.hopx.dev agent/metrics; docs.hopx.ai metrics',
    change: () => ({
      sample: ({uptime_seconds, total_executions, error_count}) => ({
        uptime_seconds,
        total_requests: total_executions,
        total_errors: error_count,
        requests_total: {'/execute': total_executions},
        avg_duration_ms: {'/execute': 12.5},
      }),
    }),
  },
  'wrapped-metrics': {
    does: 'wraps a sample as {metrics} and calls its load cpu_usage_percent',
    source: 'hopx-ai cookbook, 01_basic_operations.py',
    change: () => ({
      sample: ({system, ...counters}) => ({
        metrics: {...counters, cpu_usage_percent: system?.cpu.usage_percent},
      }),
    }),
  },
} as const satisfies Readonly<Record<string, Dialect>>;
