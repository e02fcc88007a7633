import {OrderedMap} from 'immutable';
import type {Stamp} from './sandbox.ts';
import type {Template} from './template.ts';

/** The templates, as far as they were told. */
export type Templates = {
  readonly rows: OrderedMap<string, Template>;
  readonly phase: 'never' | 'live' | 'polled' | 'failed';
  readonly asOf: Stamp | undefined;
  readonly reason: string | undefined;
  /** The template under the cursor, by id. */
  readonly cursor: string | undefined;
};

export const unreadTemplates: Templates = {
  rows: OrderedMap(),
  phase: 'never',
  asOf: undefined,
  reason: undefined,
  cursor: undefined,
};
