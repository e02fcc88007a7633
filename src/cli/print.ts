import {type Column, type ColumnId, columnOf} from '../model/columns.ts';
import type {Millis, Sandbox} from '../model/sandbox.ts';
import type {RowView} from '../model/view.ts';
import {cellWidth, fitCells} from '../terminal/text.ts';

/** What one look can know: no metrics, since nobody has been streaming. Fixed, so that a script can count on it. */
const printedColumns: readonly ColumnId[] = ['id', 'status', 'template', 'region', 'age', 'expires'];

const GAP = '  ';
/** A column is no wider: one hostile name must not push the others off every line. */
const MOST_CELLS = 40;

/**
 * The list as text, one line a sandbox under a line of headings, without escapes. A value of more than 40 cells is cut
 * with `…`; JSON has it whole.
 */
export function tableText(views: readonly RowView[]): string {
  const printed = printedColumns.map((id) => printColumn(columnOf(id), views));
  const lines = Array.from({length: views.length + 1}, (_, line) =>
    printed
      .map((column) => column[line] ?? '')
      .join(GAP)
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

function printColumn(column: Column, views: readonly RowView[]): readonly string[] {
  const texts = [column.header, ...views.map((view) => column.cell(view).text)];
  const cells = Math.min(
    MOST_CELLS,
    texts.reduce((most, text) => Math.max(most, cellWidth(text)), 0),
  );
  return texts.map((text) => fitCells(text, cells, column.align));
}

type JsonValue = string | number | boolean | null | undefined;

/**
 * Fields of a sandbox in `-o json`, in this order: names of the API, times in RFC 3339 (UTC), sizes in bytes. What the
 * server did not tell is left out; null is told: none. The VM's `auth_token` is never among them.
 */
const jsonFields: readonly (readonly [name: string, read: (sandbox: Sandbox) => JsonValue])[] = [
  ['id', ({id}) => id],
  ['status', ({status}) => status],
  ['template_id', ({templateId}) => templateId],
  ['template_name', ({templateName}) => templateName],
  ['region', ({region}) => region],
  ['node_id', ({nodeId}) => nodeId],
  ['organization_id', ({organizationId}) => organizationId],
  ['public_host', ({publicHost}) => publicHost],
  ['created_at', ({createdAt}) => timeText(createdAt)],
  ['updated_at', ({updatedAt}) => timeText(updatedAt)],
  ['expires_at', ({expiresAt}) => timeText(expiresAt)],
  ['timeout_seconds', ({timeoutSeconds}) => timeoutSeconds],
  ['vcpu', ({vcpu}) => vcpu],
  ['memory_bytes', ({memoryBytes}) => memoryBytes],
  ['disk_bytes', ({diskBytes}) => diskBytes],
  ['internet_access', ({internetAccess}) => internetAccess],
  ['live_mode', ({liveMode}) => liveMode],
];

/** Beyond this a Date has no RFC 3339 form (ECMA-262, time values). */
const LAST_TIME: Millis = 8.64e15;

function timeText(at: Millis | null | undefined): string | null | undefined {
  if (typeof at !== 'number') return at;
  return Math.abs(at) <= LAST_TIME ? new Date(at).toISOString() : undefined;
}

/** `{"schema": 1, "complete": …, "sandboxes": […]}`; a part of the list is never `complete`. */
export function jsonText(views: readonly RowView[], complete: boolean): string {
  const sandboxes = views.map(({row}) =>
    Object.fromEntries(jsonFields.map(([name, read]) => [name, read(row.sandbox)])),
  );
  return `${JSON.stringify({schema: 1, complete, sandboxes}, undefined, 2)}\n`;
}
