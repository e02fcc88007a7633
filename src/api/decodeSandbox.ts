import * as v from 'valibot';
import {type WireSandbox, wireSandbox} from '../contract/sandbox.ts';
import type {Sandbox, SandboxPatch} from '../model/sandbox.ts';
import {sanitize} from '../terminal/text.ts';
import {isObject, type JsonObject} from './json.ts';
import {fromGibibytes, fromMebibytes, readAmount, readFlag, readText, readTime, told} from './read.ts';

type Field = Exclude<keyof Sandbox, 'id'>;
type Reader<K extends Field> = (wire: WireSandbox) => NonNullable<Sandbox[K]> | null | undefined;

/** How each field of a Sandbox is read from the wire. Undefined: not told; null: told to be none. */
const readers: {readonly [K in Field]: Reader<K>} = {
  // A sandbox is always in some state, so null tells nothing.
  status: (wire) => told(wire.status, readText) ?? undefined,
  templateId: (wire) => told(wire.template_id, readText),
  templateName: (wire) => told(wire.template_name, readText),
  region: (wire) => told(wire.region, readText),
  nodeId: (wire) => told(wire.node_id, readText),
  organizationId: (wire) => told(wire.organization_id, readText),
  publicHost: (wire) => told(wire.public_host ?? wire.direct_url ?? wire.preview_url, readText),
  createdAt: (wire) => told(wire.created_at, readTime),
  updatedAt: (wire) => told(wire.updated_at, readTime),
  expiresAt: (wire) => told(wire.expires_at, readTime),
  timeoutSeconds: (wire) => told(wire.timeout_seconds, readAmount),
  tokenExpiresAt: (wire) => told(wire.token_expires_at, readTime),
  vcpu: (wire) => told(wire.resources, (resources) => told(resources.vcpu, readAmount)),
  memoryBytes: (wire) => told(wire.resources, (resources) => told(resources.memory_mb, fromMebibytes)),
  diskBytes: (wire) => told(wire.resources, diskBytesOf),
  internetAccess: (wire) => told(wire.internet_access, readFlag),
  liveMode: (wire) => told(wire.live_mode, readFlag),
};

const fields = Object.entries(readers);

/** `disk_mb` on docs.hopx.ai and in OpenAPI, `disk_gb` on docs.hopx.dev. */
function diskBytesOf({disk_mb, disk_gb}: NonNullable<WireSandbox['resources']>): number | null | undefined {
  return told(disk_mb, fromMebibytes) ?? told(disk_gb, fromGibibytes) ?? (disk_mb === null ? null : undefined);
}

/**
 * The id of a sandbox object, sanitized: `id` as documented, or an alias. One that says it is the sandbox's goes
 * first, since an envelope may have an `id` of its own. A number beyond 2^53 has lost digits and would name another
 * sandbox.
 */
export function idOf(raw: JsonObject): string | undefined {
  for (const id of [raw.sandbox_id, raw.sandboxId, raw.id, raw.vm_id]) {
    if (typeof id === 'string' && id !== '') return showable(id);
    if (Number.isSafeInteger(id)) return String(id);
  }
  return undefined;
}

/** Room for the mark below within what the sanitizer leaves of a text. */
const ID_CELLS = 500;

/** An id that had to be changed to be shown gets a mark of what it was: two sandboxes must never share one row. */
function showable(id: string): string {
  const clean = sanitize(id, ID_CELLS);
  return clean === id ? id : `${clean}~${markOf(id)}`;
}

/** FNV-1a over UTF-16 units, 32 bits (draft-eastlake-fnv): to tell apart, not to protect. */
function markOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** What the object says of a sandbox; undefined when it does not say of which. `id` when that is known otherwise. */
export function decodeSandbox(raw: unknown, id = isObject(raw) ? idOf(raw) : undefined): SandboxPatch | undefined {
  const wire = v.safeParse(wireSandbox, raw);
  if (!wire.success || id === undefined) return undefined;
  const patch: Record<string, unknown> = {id};
  for (const [field, read] of fields) {
    const value = read(wire.output);
    if (value !== undefined) patch[field] = value;
  }
  return patch as SandboxPatch;
}

/** True when the patch tells anything but the id. */
export const tellsSomething = (patch: SandboxPatch): boolean => Object.keys(patch).length > 1;
