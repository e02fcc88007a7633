import type {SandboxBody} from '../contract/sandbox.ts';
import type {TemplateBody} from '../contract/template.ts';
import {ORGANIZATION_ID} from './catalogue.ts';
import type {Transition} from './transitions.ts';
import type {WorkloadName} from './workload.ts';

/** One machine of the simulated fleet. Times are milliseconds of the wall clock. */
export type Sandbox = {
  readonly id: string;
  /** Place in the order of birth, from 1. */
  readonly number: number;
  readonly status: string;
  readonly template: TemplateBody;
  readonly region: string;
  readonly nodeId: string;
  readonly publicHost: string;
  readonly internetAccess: boolean;
  readonly createdAt: number;
  /** When anything last changed that is told of it: its version, for the dialects that tell one. */
  readonly changedAt: number;
  readonly timeoutSeconds: number | null;
  readonly expiresAt: number | null;
  /** When the agent's uptime was 0, had it never stood still. Counts only while running. */
  readonly bootedAt: number;
  /** Uptime at which the agent stands, while not running. */
  readonly stoodAtMs: number;
  readonly workload: WorkloadName;
  /** Makes its metrics its own. */
  readonly salt: number;
  /** Made or changed by a client: churn leaves it alone. */
  readonly touched: boolean;
  /** How many agent tokens were issued, and when the last. */
  readonly tokens: number;
  readonly tokenIssuedAt: number;
};

export type Draft = Omit<Sandbox, 'number'>;

export function withTransition(sandbox: Sandbox, transition: Transition, now: number): Sandbox {
  const status = transition.to;
  switch (transition.uptime) {
    case 'begins':
      return {...sandbox, status, bootedAt: now};
    case 'goes on':
      return {...sandbox, status, bootedAt: now - sandbox.stoodAtMs};
    case 'stands':
      return {...sandbox, status, stoodAtMs: uptimeMs(sandbox, now)};
  }
}

export function uptimeMs(sandbox: Sandbox, now: number): number {
  return sandbox.status === 'running' ? Math.max(0, now - sandbox.bootedAt) : sandbox.stoodAtMs;
}

/** RFC 3339 without a fraction, as in every example of the documents. */
export function timeText(wall: number): string {
  return `${new Date(wall).toISOString().slice(0, 19)}Z`;
}

/** The whole documented object (docs.hopx.ai get-sandbox, OpenAPI models.Sandbox) without the agent's token. */
export function sandboxBody(sandbox: Sandbox): SandboxBody {
  const {vcpu, memory_mb, disk_gb} = sandbox.template.default_resources;
  return {
    id: sandbox.id,
    object: 'sandbox',
    status: sandbox.status,
    public_host: sandbox.publicHost,
    direct_url: sandbox.publicHost,
    preview_url: sandbox.publicHost,
    template_id: sandbox.template.id,
    template_name: sandbox.template.name,
    organization_id: ORGANIZATION_ID,
    node_id: sandbox.nodeId,
    region: sandbox.region,
    resources: {vcpu, memory_mb, disk_mb: disk_gb * 1024},
    internet_access: sandbox.internetAccess,
    live_mode: true,
    timeout_seconds: sandbox.timeoutSeconds,
    expires_at: sandbox.expiresAt === null ? null : timeText(sandbox.expiresAt),
    created_at: timeText(sandbox.createdAt),
  };
}
