import type {OrderedMap} from 'immutable';
import {buildsOfTemplates} from './buildsKnown.ts';
import type {Stamp} from './sandbox.ts';
import type {State} from './state.ts';
import type {Template} from './template.ts';
import {questionAfter} from './templateAsked.ts';
import {keptPlace} from './templateCursor.ts';

/** Other rows: in order, the cursor kept, their builds known, an open question looked at again. */
export function withTemplateRows(state: State, at: Stamp, told: OrderedMap<string, Template>): State {
  const rows = told.sort(byOwnerAndName);
  const place = keptPlace([...state.templates.rows.keys()], [...rows.keys()], state.templates);
  const changed = {...state, templates: {...state.templates, ...place, rows}};
  return questionAfter(buildsOfTemplates(changed), at);
}

/** One's own first: those can be changed. */
function byOwnerAndName(one: Template, other: Template): number {
  const isPublic = Number(one.isPublic === true) - Number(other.isPublic === true);
  return isPublic || (one.name < other.name ? -1 : Number(one.name > other.name));
}
