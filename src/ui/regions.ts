import type {State} from '../model/state.ts';

type Pane = {readonly columns: number; readonly rows: number};

/** What stands where, in cells. The rows of what is shown add up to the terminal's. */
export type Regions = {
  /** line: one line; counts: counts and the next to expire; the others but list: over the whole screen. */
  readonly kind: 'line' | 'counts' | Shown;
  readonly columns: number;
  readonly rows: number;
  readonly headerRows: number;
  readonly footerRows: number;
  /** Panes have borders; without, rules part them. */
  readonly framed: boolean;
  readonly list: Pane;
  /** At the foot of the list the newest events and the rule above them, where they have no pane; 0: not shown. */
  readonly footRows: number;
  /** Two lines on the selected sandbox and the rule above them; 0: not shown. */
  readonly previewRows: number;
  /** Beside the list; alone when `kind` is detail. */
  readonly detail: Pane | undefined;
  /** Below the list; alone when `kind` is events. */
  readonly events: Pane | undefined;
  /** Lines of the event log that show entries, where it is alone. */
  readonly logRows: number;
  /** Below them the entry under the cursor in full and the rule above it; 0: not shown. */
  readonly logFootRows: number;
  /** Lines of the list that show sandboxes, whatever covers it. */
  readonly listRows: number;
};

type Shape = {
  readonly framed: boolean;
  readonly footRows: number;
  readonly previewRows: number;
  readonly detailColumns: number;
  readonly eventRows: number;
};

type Step = {readonly columns: number; readonly rows: number; readonly shape: (columns: number, rows: number) => Shape};

/** The first step that fits decides. */
const steps: readonly Step[] = [
  {
    columns: 150,
    rows: 40,
    shape: (columns, rows) => ({
      framed: true,
      footRows: 0,
      previewRows: 0,
      detailColumns: detailColumns(columns),
      eventRows: Math.min(14, Math.floor(rows / 5) + 1),
    }),
  },
  {
    columns: 110,
    rows: 30,
    shape: (columns) => ({
      framed: true,
      footRows: 4,
      previewRows: 0,
      detailColumns: detailColumns(columns),
      eventRows: 0,
    }),
  },
  {
    columns: 80,
    rows: 20,
    // With a rule: three events at 24 rows, two where a status line takes one of them, one at 20.
    shape: (_, rows) => ({
      framed: false,
      footRows: 0,
      previewRows: 3,
      detailColumns: 0,
      eventRows: Math.min(4, 2 + Math.floor((rows - 20) / 2)),
    }),
  },
  {columns: 60, rows: 15, shape: () => ({framed: false, footRows: 0, previewRows: 0, detailColumns: 0, eventRows: 0})},
];

/** Below 40x10 one line; below 60x15 counts and the next five to expire. */
const COUNTS_LEAST: Pane = {columns: 40, rows: 10};
const HEADER_ROWS = 2;
const FOOTER_ROWS = 1;
/** The line of filter and sort, and the headings. */
const LIST_TITLE_ROWS = 2;
const BORDER_ROWS = 2;

const detailColumns = (columns: number) => Math.min(84, Math.max(44, Math.round(columns * 0.385)));

/** What the body of the screen is for. */
export type Shown = 'list' | 'detail' | 'templates' | 'builds' | 'events' | 'overview';

export function shownOf({view, detailOpen}: State): Shown {
  if (view !== 'sandboxes') return view;
  return detailOpen ? 'detail' : 'list';
}

/** Every size has a screen: nothing is refused. */
export function regions(columns: number, rows: number, shown: Shown): Regions {
  const step = steps.find((each) => columns >= each.columns && rows >= each.rows);
  if (!step) return smallRegions(columns, rows, shown);
  const shape = step.shape(columns, rows);
  const bodyRows = rows - HEADER_ROWS - FOOTER_ROWS;
  const listPaneRows = bodyRows - shape.previewRows - shape.eventRows;
  const {framed, footRows} = shape;
  const whole = {
    ...{columns, rows, headerRows: HEADER_ROWS, footerRows: FOOTER_ROWS, framed, footRows},
    ...logRegions(bodyRows, framed),
  };
  const list = {columns: columns - shape.detailColumns, rows: listPaneRows};
  const listRows = listPaneRows - LIST_TITLE_ROWS - shape.footRows - (shape.framed ? BORDER_ROWS : 0);
  if (shown !== 'list') {
    const pane = {columns, rows: bodyRows};
    return {
      ...whole,
      kind: shown,
      list,
      listRows,
      previewRows: 0,
      detail: shown === 'detail' ? pane : undefined,
      events: shown === 'events' ? pane : undefined,
    };
  }
  return {
    ...whole,
    kind: 'list',
    list,
    listRows,
    previewRows: shape.previewRows,
    detail: shape.detailColumns > 0 ? {columns: shape.detailColumns, rows: listPaneRows} : undefined,
    events: shape.eventRows > 0 ? {columns, rows: shape.eventRows} : undefined,
  };
}

/** Less than this, and the log needs most of it. */
const LOG_FOOT_LEAST = 12;
const LOG_FOOT_ROWS = 3;
/** There two lines without a rule say what has no room in the log's own; with less than this nothing does. */
export const LOG_FOOT_BARE = 2;
const LOG_BARE_LEAST = 7;
const LOG_TITLE_ROWS = 1;

function logRegions(bodyRows: number, hasBorder: boolean): Pick<Regions, 'logRows' | 'logFootRows'> {
  const logFootRows = bodyRows >= LOG_FOOT_LEAST ? LOG_FOOT_ROWS : bodyRows >= LOG_BARE_LEAST ? LOG_FOOT_BARE : 0;
  const logRows = bodyRows - LOG_TITLE_ROWS - logFootRows - (hasBorder ? BORDER_ROWS : 0);
  return {logRows: Math.max(1, logRows), logFootRows};
}

function smallRegions(columns: number, rows: number, shown: Shown): Regions {
  const isLine = columns < COUNTS_LEAST.columns || rows < COUNTS_LEAST.rows;
  const bodyRows = rows - HEADER_ROWS - FOOTER_ROWS;
  const pane = {columns, rows: bodyRows};
  return {
    ...logRegions(bodyRows, false),
    kind: isLine ? 'line' : shown === 'list' ? 'counts' : shown,
    columns,
    rows,
    headerRows: isLine ? 0 : HEADER_ROWS,
    footerRows: isLine ? 0 : FOOTER_ROWS,
    framed: false,
    footRows: 0,
    list: {columns, rows: isLine ? rows : bodyRows},
    previewRows: 0,
    detail: shown === 'detail' && !isLine ? pane : undefined,
    events: shown === 'events' && !isLine ? pane : undefined,
    listRows: Math.max(1, bodyRows - LIST_TITLE_ROWS),
  };
}
