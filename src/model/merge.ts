import type {Knowledge, Millis, Row, Sandbox, SandboxPatch, Stamp, Via} from './sandbox.ts';

/** What one answer or event said of one sandbox, and how old that knowledge is. */
export type Seen = {
  readonly at: Stamp;
  readonly asOf: Stamp;
  readonly via: Via;
  readonly patch: SandboxPatch;
  readonly verb?: string;
};

type FieldName = Exclude<keyof Sandbox, 'id'>;

/** Null is an answer here ("never"), not merely the absence of one. */
const tellsNone: ReadonlySet<string> = new Set<FieldName>(['expiresAt', 'timeoutSeconds']);

const blank: Omit<Sandbox, 'id' | 'status'> = {
  templateId: undefined,
  templateName: undefined,
  region: undefined,
  nodeId: undefined,
  organizationId: undefined,
  publicHost: undefined,
  createdAt: undefined,
  updatedAt: undefined,
  expiresAt: undefined,
  timeoutSeconds: undefined,
  tokenExpiresAt: undefined,
  vcpu: undefined,
  memoryBytes: undefined,
  diskBytes: undefined,
  internetAccess: undefined,
  liveMode: undefined,
};

/** The status of a sandbox of which only other things were told. */
export const UNTOLD_STATUS = 'unknown';

/**
 * A row with what was seen merged in. Absent keeps, null clears. Newer knowledge wins; older knowledge only fills
 * what nobody has told, so that a page and a later event give the same row in either order.
 * The same row comes back when nothing was learned: an event that repeats the row teaches nothing, not even that it
 * is current, because a server may send an old event again.
 */
export function mergedRow(row: Row | undefined, seen: Seen): Row {
  if (!row) return told(emptyRow(seen), seen);
  return isNewer(row, seen) ? told(row, seen) : filled(row, seen);
}

function emptyRow({patch, asOf}: Seen): Row {
  return {
    sandbox: {...blank, id: patch.id, status: UNTOLD_STATUS},
    asOf,
    version: undefined,
    versionFloor: undefined,
    parts: undefined,
    cleared: [],
    expiryAsOf: undefined,
    readAsOf: undefined,
    tombstone: undefined,
  };
}

/** The server's version decides where both have one that differs; otherwise the younger question. */
function isNewer(row: Row, {patch, asOf}: Seen): boolean {
  const version = patch.updatedAt ?? undefined;
  // An event without a version may have come since: what was replayed from before it is old all the same.
  if (version !== undefined && row.versionFloor !== undefined && version < row.versionFloor) return false;
  return isNewerThan(row, {asOf, version});
}

export const isNewerThan = (known: Knowledge, {asOf, version}: Knowledge): boolean =>
  version !== undefined && known.version !== undefined && version !== known.version
    ? version > known.version
    : asOf >= known.asOf;

function told(row: Row, seen: Seen): Row {
  const {patch, asOf, via} = seen;
  const sandbox = overlaid(row.sandbox, patch, () => true);
  const cleared = clearedAfter(row.cleared, patch);
  if (via === 'event' && sandbox === row.sandbox && cleared === row.cleared) return row;
  return ifChanged(row, {
    ...row,
    sandbox,
    asOf: Math.max(row.asOf, asOf),
    version: patch.updatedAt ?? undefined,
    versionFloor: highest(row.versionFloor, patch.updatedAt ?? undefined),
    parts: via === 'event' ? partsAfter(row, seen) : undefined,
    cleared,
    expiryAsOf: patch.expiresAt === undefined ? row.expiryAsOf : latest(row.expiryAsOf, asOf),
    readAsOf: via === 'read' ? latest(row.readAsOf, asOf) : row.readAsOf,
  });
}

/** An event that leaves out what the row knows makes a part of it newer than the rest. */
function partsAfter({sandbox, parts, asOf, version}: Row, seen: Seen): Row['parts'] {
  const isWhole = fieldNames(sandbox).every((name) => seen.patch[name] !== undefined);
  if (isWhole) return undefined;
  const now = knowledgeOf(seen);
  const told = Object.fromEntries(toldNames(seen.patch).map((name) => [name, now]));
  return {rest: parts?.rest ?? {asOf, version}, told: {...parts?.told, ...told}};
}

const knowledgeOf = ({asOf, patch}: Seen): Knowledge => ({asOf, version: patch.updatedAt ?? undefined});

const toldNames = (patch: SandboxPatch): readonly FieldName[] =>
  (Object.keys(patch) as (keyof SandboxPatch)[]).filter(
    (name): name is FieldName => name !== 'id' && patch[name] !== undefined,
  );

const fieldNames = (sandbox: Sandbox): readonly FieldName[] =>
  (Object.keys(sandbox) as (keyof Sandbox)[]).filter(
    (name): name is FieldName => name !== 'id' && name !== 'updatedAt' && sandbox[name] !== undefined,
  );

/** Older than the row, but newer than a part of it: that part is as it says. Else it fills what nobody has told. */
function filled(row: Row, seen: Seen): Row {
  const {patch, asOf, via} = seen;
  const {parts} = row;
  const now = knowledgeOf(seen);
  const isOfUse = parts !== undefined && via !== 'event' && isNewerThan(parts.rest, now);
  const mayTake = (name: FieldName) => isOfUse && isNewerThan(parts.told[name] ?? parts.rest, now);
  const isMissing = (name: FieldName) => row.sandbox[name] === undefined && !row.cleared.includes(name);
  const sandbox = overlaid(row.sandbox, patch, (name) => name !== 'updatedAt' && (mayTake(name) || isMissing(name)));
  const tellsExpiry = patch.expiresAt !== undefined && (mayTake('expiresAt') || row.sandbox.expiresAt === undefined);
  return ifChanged(row, {
    ...row,
    sandbox,
    parts: isOfUse ? {...parts, rest: now} : parts,
    expiryAsOf: tellsExpiry ? latest(row.expiryAsOf, asOf) : row.expiryAsOf,
    readAsOf: via === 'read' ? latest(row.readAsOf, asOf) : row.readAsOf,
  });
}

const highest = (a: Millis | undefined, b: Millis | undefined): Millis | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);

/** Null in a field of which it is no answer takes it away; a value puts it back. */
function clearedAfter(cleared: readonly string[], patch: SandboxPatch): readonly string[] {
  const names = toldNames(patch);
  const gone = names.filter((name) => patch[name] === null && !tellsNone.has(name) && !cleared.includes(name));
  const back = cleared.some((name) => names.includes(name as FieldName) && patch[name as FieldName] !== null);
  if (gone.length === 0 && !back) return cleared;
  return [...cleared.filter((name) => (patch[name as FieldName] ?? null) === null), ...gone];
}

const latest = (before: Stamp | undefined, asOf: Stamp): Stamp => Math.max(before ?? asOf, asOf);

const rowFields = [
  'sandbox',
  'asOf',
  'version',
  'versionFloor',
  'parts',
  'cleared',
  'expiryAsOf',
  'readAsOf',
] as const satisfies (keyof Row)[];

const ifChanged = (before: Row, after: Row): Row =>
  rowFields.every((field) => before[field] === after[field]) ? before : after;

/** The sandbox with the fields of the patch that `may` be taken; the same object when none differs. */
function overlaid(sandbox: Sandbox, patch: SandboxPatch, may: (name: FieldName) => boolean): Sandbox {
  const changes: [string, string | number | boolean | null | undefined][] = [];
  for (const name of Object.keys(patch) as (keyof SandboxPatch)[]) {
    if (name === 'id' || patch[name] === undefined || !may(name)) continue;
    if (name === 'status' && patch.status === null) continue;
    const value = patch[name] === null && !tellsNone.has(name) ? undefined : patch[name];
    if (value !== sandbox[name]) changes.push([name, value]);
  }
  return changes.length === 0 ? sandbox : {...sandbox, ...Object.fromEntries(changes)};
}
