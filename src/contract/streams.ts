/**
 * The three SSE streams. HopX documents their paths (docs.hopx.ai overview, Streaming) and one consumer of the
 * metrics stream (docs.hopx.ai observability/monitoring: unnamed events, a flat object of four counters). Event
 * names, payloads, ids, heartbeats and replay are published nowhere: all below is `assumed`, and the reader treats
 * it as a guess.
 */
export const streamPaths = {
  sandboxes: '/v1/sandboxes/stream',
  metrics: (id: string) => `/v1/sandboxes/${encodeURIComponent(id)}/metrics/stream`,
  templates: '/v1/templates/stream',
} as const;

/** assumed: what the simulator's default dialect calls its events. */
export const sandboxEventNames = {
  created: 'sandbox.created',
  updated: 'sandbox.updated',
  deleted: 'sandbox.deleted',
} as const;

/** assumed: the same for templates. */
export const templateEventNames = {
  created: 'template.created',
  updated: 'template.updated',
  deleted: 'template.deleted',
} as const;

/** assumed: keys under which a wrapper may hold the list or the object, tried in this order. */
export const listKeys = ['data', 'sandboxes', 'templates', 'items'] as const;
export const objectKeys = ['data', 'sandbox', 'template', 'payload', 'resource', 'object'] as const;

/** assumed: where a message names what happened, tried in this order after the SSE event name. */
export const verbKeys = ['type', 'event', 'event_type', 'action', 'op'] as const;

/**
 * assumed: verbs and statuses that mean the sandbox is gone. The last word says it, and what stands before it is the
 * sandbox: `delete_failed`, `tag_removed` and `token.expired` are told of one that lives.
 */
export const GONE_VERB =
  /^(?:(?:.*[._:\-/ ])?(?:sandbox(?:es)?|vms?|instances?|lifecycle|resource|object)[._:\-/ ])?(?:deleted?|kill(?:ed)?|destroy(?:ed)?|removed?|terminated?|expired?)$/i;

/** assumed: verbs that are a sign of life only, of whomever: the last word says it. */
export const ALIVE_VERB = /(?:^|[._:\-/ ])(?:ping|pong|heart[_-]?beat|keep[_ -]?alive)$/i;
/** assumed: what only a connection says of itself. Of a sandbox, `sandbox.ready`, the same words are news. */
export const CONNECTED_VERB =
  /^(?:(?:stream|sse|server|client|connection|system)[._:\-/ ])?(?:connect(?:ed|ion)?|ready|hello|welcome|open(?:ed)?)$/i;

/** assumed: the last word of an event that holds the whole list, rather than some rows of it. */
export const WHOLE_LIST_VERB = /(?:^|[._:\-/ ])(?:snapshot|list|sync|init|initial|state|full)$/i;

/** The documented metrics sample: four counters. The rest is optional. */
export type MetricsBody = {
  readonly uptime_seconds: number;
  readonly total_executions: number;
  readonly active_executions: number;
  readonly error_count: number;
  readonly system?: {
    readonly cpu: {readonly usage_percent: number; readonly cores: number};
    readonly memory: {
      readonly total: number;
      readonly used: number;
      readonly free: number;
      readonly usage_percent: number;
    };
    readonly disk: {
      readonly total: number;
      readonly used: number;
      readonly free: number;
      readonly usage_percent: number;
    };
  };
};
