import type {RowView} from './view.ts';

/** What a text means; the theme of the ui turns it into a colour or an attribute. Never colour alone. */
export type Tone = 'plain' | 'dim' | 'bold' | 'accent' | 'good' | 'busy' | 'held' | 'warn' | 'danger' | 'odd';

export type CellText = {readonly text: string; readonly tone: Tone};

/** Orders rows: undefined sorts last in both directions, ties are broken by id. */
export type SortKey = number | string | undefined;

export type ColumnId =
  | 'id'
  | 'status'
  | 'template'
  | 'region'
  | 'node'
  | 'age'
  | 'expires'
  | 'cpu'
  | 'mem'
  | 'executions';

export type Column = {
  readonly id: ColumnId;
  readonly header: string;
  /** What help and README say. */
  readonly description: string;
  /** Cells at the least and at the most; spare width goes to the columns in table order. */
  readonly width: readonly [least: number, most: number];
  readonly align: 'left' | 'right';
  /** 1 stays longest when the terminal is narrow. */
  readonly priority: 1 | 2 | 3 | 4;
  readonly cell: (view: RowView) => CellText;
  readonly sortKey: (view: RowView) => SortKey;
  /** First press of the sort key: biggest first for loads, smallest first for names and expiry. */
  readonly descendingFirst: boolean;
};
