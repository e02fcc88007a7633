import type {State} from '../model/state.ts';
import type {RowView} from '../model/view.ts';
import type {Line} from '../terminal/cells.ts';
import {fitCells} from '../terminal/text.ts';
import {paintEventsOf} from './events.ts';
import {LEAST_LOAD_ROWS, paintLoad, paintPreviewLoad} from './load.ts';
import {type Brush, blankLine, fitBlock, fitLine, joined, lineWidth, span, toned} from './paint.ts';
import {fieldsByNeed, type RecordField, recordFields, sizeOf} from './record.ts';

const LABEL_CELLS = 10;
/** Between two fields that follow one another. */
const FIELD_GAP = '   ';
/** From here on the record stands in two columns. */
const TWO_COLUMNS = 76;
/** Of the lines under the record this part is for the events, where the charts can spare them. */
const EVENTS_PART = 0.2;
/** With fewer lines to spare an event is worth more than air. */
const ROWS_FOR_AIR = 4;

/**
 * Everything known of one sandbox: the record, its load over time, and what happened to it last. Exactly `height`
 * lines.
 */
export function paintDetail(view: RowView | undefined, state: State, height: number, brush: Brush): readonly Line[] {
  const {width} = brush;
  if (!view) return fitBlock([[span(' No sandbox is selected.', brush.theme.styleOf('dim'))]], width, height);
  const record = paintRecord(view, state, brush);
  const room = height - record.length;
  const loadRows = Math.min(room, Math.max(LEAST_LOAD_ROWS, room - Math.floor(room * EVENTS_PART)));
  const load = paintLoad(view, state, loadRows, brush);
  const spare = room - load.length;
  const air = spare >= ROWS_FOR_AIR ? [blankLine(width)] : [];
  const events = paintEventsOf(view.row.sandbox.id, state, spare - 2 * air.length, brush);
  return fitBlock([...record, ...air, ...load, ...air, ...events], width, height);
}

/** Every field with its name, one below the other or in two columns. */
export function paintRecord(view: RowView, state: State, brush: Brush): readonly Line[] {
  if (brush.width < TWO_COLUMNS) return recordFields.map((field) => paintField(field, view, state, brush));
  const half = Math.ceil(recordFields.length / 2);
  // The left half holds the longest line, of the expiry.
  const left = Math.ceil(brush.width * 0.575);
  return recordFields.slice(0, half).map((field, row) => {
    const other = recordFields[half + row];
    return [
      ...paintField(field, view, state, {...brush, width: left}),
      ...(other ? paintField(other, view, state, {...brush, width: brush.width - left}) : []),
    ];
  });
}

function paintField({label, parts}: RecordField, view: RowView, state: State, {width, theme}: Brush): Line {
  const cells = joined(parts(view, state).map((part) => toned(part, theme)));
  return fitLine([span(` ${fitCells(label, LABEL_CELLS)}`, theme.styleOf('dim')), ...cells], width);
}

/** The same where lines are few: field after field, most needed first, in as many lines as they take. */
export function paintFields(view: RowView, state: State, {width, theme}: Brush): readonly Line[] {
  const lines: Line[] = [];
  for (const {label, isNamed, parts} of fieldsByNeed) {
    const name = isNamed === false ? [] : [span(`${label} `, theme.styleOf('dim'))];
    const field = [...name, ...joined(parts(view, state).map((part) => toned(part, theme)))];
    const last = lines.at(-1);
    const isRoom = last !== undefined && lineWidth(last) + FIELD_GAP.length + lineWidth(field) <= width;
    if (isRoom) lines[lines.length - 1] = [...last, span(FIELD_GAP), ...field];
    else lines.push([span(' '), ...field]);
  }
  return lines.map((line) => fitLine(line, width));
}

/** The selected sandbox in two lines, for where there is no room for the whole. */
export function paintPreview(view: RowView | undefined, state: State, brush: Brush): readonly Line[] {
  const {theme, width} = brush;
  if (!view) return [blankLine(width), blankLine(width)];
  const {sandbox} = view.row;
  const dim = theme.styleOf('dim');
  const first = [
    span(` ${sandbox.id}  `, theme.styleOf('bold')),
    toned(sizeOf(sandbox), theme),
    span(`  node ${sandbox.nodeId ?? '?'}`, dim),
    ...(sandbox.publicHost === undefined ? [] : [span(`  ${sandbox.publicHost}`, dim)]),
  ];
  return [fitLine(first, width), paintPreviewLoad(view, state, brush)];
}
