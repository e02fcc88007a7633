import type {OrderedMap} from 'immutable';
import {withBuildLogOpened} from './buildLog.ts';
import {type Build, type Builds, isFinal} from './builds.ts';
import type {EventOf} from './event.ts';
import {noticed} from './logging.ts';
import {isPlainId} from './sandbox.ts';
import {isCovered} from './screen.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';
import {keptPlace, movedPlace} from './templateCursor.ts';

const named = (id: string, over: Partial<Build> = {}): Build => ({
  id,
  name: undefined,
  templateId: undefined,
  isOwn: false,
  status: undefined,
  asOf: undefined,
  failure: undefined,
  isUnknown: false,
  ...over,
});

export const withBuilds = (state: State, change: Partial<Builds>): State => ({
  ...state,
  builds: {...state.builds, ...change},
});

/** Of builds that no template names any more, and that nobody here has asked for. */
const MOST_FORMER = 200;

/** What templates name, what is one's own, and of all others those that stand first. */
function remembered({templates}: State, rows: OrderedMap<string, Build>): OrderedMap<string, Build> {
  if (rows.size <= MOST_FORMER) return rows;
  const named = new Set([...templates.rows.values()].map(({buildId}) => buildId));
  let former = 0;
  return rows.filter(({id, isOwn}) => {
    if (isOwn || named.has(id)) return true;
    former += 1;
    return former <= MOST_FORMER;
  });
}

/** Other rows: in order, the cursor kept. */
function withBuildRows(state: State, told: OrderedMap<string, Build>): State {
  const rows = remembered(state, told.sort(byNeed));
  return withBuilds(state, {...keptPlace([...state.builds.rows.keys()], [...rows.keys()], state.builds), rows});
}

/** Those that go on first, then the newest; of which nothing was read stand between. */
function byNeed(one: Build, other: Build): number {
  const isOver = Number(isFinal(one)) - Number(isFinal(other));
  return isOver || (other.status?.startedAt ?? 0) - (one.status?.startedAt ?? 0) || (one.id < other.id ? -1 : 1);
}

/** Every template names its last build. */
export function buildsOfTemplates(state: State): State {
  const {rows} = state.builds;
  const told = rows.withMutations((map) => {
    for (const {id, name, buildId} of state.templates.rows.values()) {
      if (buildId === undefined || !isPlainId(buildId)) continue;
      const known = map.get(buildId);
      if (!known) map.set(buildId, named(buildId, {name, templateId: id}));
      else if (known.name === undefined) map.set(buildId, {...known, name, templateId: known.templateId ?? id});
    }
  });
  return told === rows ? state : withBuildRows(state, told);
}

/** A status that was asked for before the one that is shown says nothing. */
export function buildObserved(state: State, {asOf, build}: EventOf<'build.observed'>): Step {
  const known = state.builds.rows.get(build.buildId) ?? named(build.buildId);
  if (known.asOf !== undefined && known.asOf > asOf) return [state];
  const templateId = known.templateId ?? build.templateId;
  const name = known.name ?? state.templates.rows.get(templateId ?? '')?.name;
  const next = {...known, name, templateId, status: build, asOf, failure: undefined, isUnknown: false};
  return [withBuildRows(state, state.builds.rows.set(known.id, next))];
}

export function buildUnread(state: State, {buildId, failure}: EventOf<'build.unread'>): Step {
  const known = state.builds.rows.get(buildId);
  if (!known) return [state];
  const isUnknown = failure.kind === 'not-found';
  return [withBuilds(state, {rows: state.builds.rows.set(buildId, {...known, failure: failure.message, isUnknown})})];
}

/** Somebody gave the id of a build: it is shown, under the cursor. */
export function buildNamed(state: State, {at, buildId}: EventOf<'build.named'>): Step {
  if (!isPlainId(buildId))
    return [
      noticed(
        state,
        at,
        'no build has such an id: write it as 3 lists it, in letters, digits, dots and dashes',
        'warn',
      ),
    ];
  const known = state.builds.rows.get(buildId) ?? named(buildId);
  const next = withBuildRows(state, state.builds.rows.set(buildId, {...known, isOwn: true, isUnknown: false}));
  return [withBuilds({...next, view: 'builds'}, {cursor: buildId, log: undefined})];
}

/** A build of our own: its log is opened, unless something else has the keys. */
export function withStartedBuild(state: State, told: Pick<Build, 'id' | 'name' | 'templateId'>): State {
  const rows = state.builds.rows.set(told.id, named(told.id, {...told, isOwn: true}));
  const known = withBuilds(withBuildRows(state, rows), {cursor: told.id});
  const isTyping = state.filter.draft !== undefined || state.logView.before !== undefined;
  if (isTyping || isCovered(state)) return known;
  return withBuildLogOpened({...known, view: 'builds'}, told.id);
}

export const buildMoved = (state: State, {by, lines}: EventOf<'build.moved'>): Step => [
  withBuilds(state, movedPlace([...state.builds.rows.keys()], state.builds, by, lines)),
];
