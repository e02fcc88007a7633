import {OrderedMap} from 'immutable';
import type {Builds} from './builds.ts';
import type {EventOf} from './event.ts';
import {refreshAsked} from './link.ts';
import {logged} from './logging.ts';
import type {Stamp} from './sandbox.ts';
import type {State} from './state.ts';
import {andThen, type Step} from './step.ts';
import type {Template} from './template.ts';
import {movedPlace} from './templateCursor.ts';
import {deletionsSettled} from './templateDeleting.ts';
import {withTemplateRows} from './templateRows.ts';
import type {Templates} from './templates.ts';

const changed = (state: State, change: Partial<Templates>): State => ({
  ...state,
  templates: {...state.templates, ...change},
});

/**
 * The whole list: who is not in it is gone, but for who was told of since it was asked for; and who was deleted since
 * does not come back.
 */
export function templatesListed(state: State, {at, asOf, templates: told}: EventOf<'templates.listed'>): Step {
  const {rows, isOpen, reason, heard, gone} = state.templates;
  const isNewer = (stamp: Stamp) => stamp > asOf;
  const listed = told
    .filter(({id}) => !isNewer(gone.get(id) ?? asOf))
    .map((each): [string, Template] => {
      const held = rows.get(each.id);
      if (!held) return [each.id, each];
      return [each.id, isNewer(heard.get(each.id) ?? asOf) ? merged(each, held) : merged(held, each)];
    });
  const listedIds = new Set(listed.map(([id]) => id));
  const late = [...rows].filter(([id]) => !listedIds.has(id) && isNewer(heard.get(id) ?? asOf));
  const read = changed(state, {
    phase: isOpen ? 'live' : 'polled',
    reason: isOpen ? undefined : reason,
    asOf,
    heard: heard.filter(isNewer),
    gone: gone.filter(isNewer),
  });
  const next = withTemplateRows(read, at, OrderedMap([...listed, ...late]));
  return [deletionsSettled(next, at, asOf)];
}

export const templatesFailed = (state: State, {failure}: EventOf<'templates.failed'>): Step => [
  changed(state, {phase: 'failed', reason: failure.message}),
];

/** Absent keeps; a server's own date decides where both tell one. */
export function templatesObserved(state: State, {at, templates: told}: EventOf<'templates.observed'>): Step {
  const {gone} = state.templates;
  let {rows, heard} = state.templates;
  // Some events name a template by its name: looked up once for all of them.
  const named = new Map([...rows.values()].map((template) => [template.name, template.id]));
  for (const each of told) {
    const held = rows.get(each.id) ?? rows.get(named.get(each.id) ?? '');
    const id = held?.id ?? each.id;
    if (gone.has(id) || isOlder(each, held)) continue;
    rows = rows.set(id, held ? {...merged(held, each), id} : each);
    heard = heard.set(id, at);
  }
  return [rows === state.templates.rows ? state : withTemplateRows(changed(state, {heard}), at, rows)];
}

const isOlder = ({updatedAt}: Template, held: Template | undefined): boolean =>
  updatedAt !== undefined && held?.updatedAt !== undefined && updatedAt < held.updatedAt;

/** What `told` says over what was known. Without a name of its own a template is called by its id. */
function merged(held: Template, told: Template): Template {
  const said = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
  return {...held, ...said, name: told.name === told.id ? held.name : told.name};
}

/** Until it broke, an open stream kept the list as it was told. */
export function templatesStream(state: State, {at, isOpen, reason}: EventOf<'templates.stream'>): Step {
  const {templates} = state;
  const asOf = templates.isOpen && !isOpen && templates.phase === 'live' ? at : templates.asOf;
  const next = changed(state, {isOpen, asOf, reason});
  if (isOpen || reason === undefined || reason === templates.reason) return [next];
  return [logged(next, at, {kind: 'templates', text: `no stream of templates: ${reason}`, tone: 'warn'})];
}

/** The log that has ended, and the build that the server did not know, are asked for once more too. */
export const templatesRefreshAsked = (state: State, {at}: EventOf<'templates.refreshAsked'>): Step =>
  andThen(refreshAsked(state, {type: 'refresh.asked', at}), (next) => [
    {...next, builds: buildsAskedAnew(next.builds)},
    {do: 'templates.read'},
  ]);

function buildsAskedAnew(builds: Builds): Builds {
  const {rows, cursor, log} = builds;
  const build = rows.get(cursor ?? '');
  return {
    ...builds,
    rows: build?.isUnknown ? rows.set(build.id, {...build, isUnknown: false}) : rows,
    log: log?.phase === 'ended' ? {...log, phase: 'opening', reason: undefined} : log,
  };
}

export const templateMoved = (state: State, {by, lines}: EventOf<'template.moved'>): Step => [
  changed(state, movedPlace([...state.templates.rows.keys()], state.templates, by, lines)),
];
