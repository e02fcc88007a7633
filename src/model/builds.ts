import {OrderedMap} from 'immutable';
import type {BuildStatus} from './template.ts';

/** Builds that are known: the API lists none (there is no such endpoint), so these are those of templates and our own. */
export type Builds = {
  readonly rows: OrderedMap<string, BuildStatus>;
  /** The build under the cursor, by id. */
  readonly cursor: string | undefined;
};

export const noBuilds: Builds = {rows: OrderedMap(), cursor: undefined};
