import * as v from 'valibot';
import {textOrNumber, told} from './told.ts';

const text = v.string();
/** RFC 3339, e.g. 2025-01-28T00:00:00Z; a server that sends Unix seconds or milliseconds is read too. */
const time = textOrNumber;

/** `resources` of a sandbox: `disk_mb` on docs.hopx.ai get-sandbox and in OpenAPI, `disk_gb` on docs.hopx.dev. */
const wireResources = v.object({
  vcpu: told(v.number()),
  memory_mb: told(v.number()),
  disk_mb: told(v.number()),
  disk_gb: told(v.number()),
});

/**
 * The sandbox object. Documented: docs.hopx.ai list-sandboxes, get-sandbox; OpenAPI models.Sandbox.
 * `updated_at` only on docs.hopx.ai concepts/data-model. `auth_token` (a JWT) is left out on purpose: what is
 * not in the schema is dropped at the edge.
 */
export const wireSandbox = v.object({
  id: told(textOrNumber),
  sandbox_id: told(textOrNumber),
  sandboxId: told(textOrNumber),
  vm_id: told(textOrNumber),
  status: told(text),
  public_host: told(text),
  direct_url: told(text),
  preview_url: told(text),
  template_id: told(textOrNumber),
  template_name: told(text),
  organization_id: told(textOrNumber),
  node_id: told(textOrNumber),
  region: told(text),
  resources: told(wireResources),
  internet_access: told(v.boolean()),
  live_mode: told(v.boolean()),
  timeout_seconds: told(v.number()),
  expires_at: told(time),
  created_at: told(time),
  updated_at: told(time),
  token_expires_at: told(time),
});

export type WireSandbox = v.InferOutput<typeof wireSandbox>;

/** What the control plane documents to send for a sandbox: the simulator's promise, field by field. */
export type SandboxBody = {
  readonly id: string;
  readonly object: 'sandbox';
  readonly status: string;
  readonly public_host: string;
  readonly direct_url: string;
  readonly preview_url: string;
  readonly template_id: string;
  readonly template_name: string;
  readonly organization_id: number;
  readonly node_id: string;
  readonly region: string;
  readonly resources: {readonly vcpu: number; readonly memory_mb: number; readonly disk_mb: number};
  readonly internet_access: boolean;
  readonly live_mode: boolean;
  readonly timeout_seconds: number | null;
  readonly expires_at: string | null;
  readonly created_at: string;
  readonly updated_at?: string;
};

/** Statuses the `status` filter documents (docs.hopx.ai list-sandboxes). The reader keeps any other word as it is. */
export const filterableStatuses = ['running', 'stopped', 'paused', 'creating'] as const;

/** Statuses in use: data-model adds error and deleted, kill-sandbox killed. */
export const documentedStatuses = [...filterableStatuses, 'error', 'deleted', 'killed'] as const;
