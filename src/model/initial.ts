import {Map as ImmutableMap, OrderedSet as ImmutableOrderedSet, Set as ImmutableSet, OrderedMap} from 'immutable';
import {noBuilds} from './builds.ts';
import {type Filter, noFilter} from './filter.ts';
import {emptyLog} from './log.ts';
import {newestFirst} from './logView.ts';
import {emptyOrder} from './order.ts';
import type {Millis, Stamp} from './sandbox.ts';
import type {Link, Listing, Session, State} from './state.ts';
import {unreadTemplates} from './templates.ts';
import {NEVER} from './times.ts';

export type Start = {
  readonly session: Session;
  readonly now: Stamp;
  readonly wall: Millis;
  readonly filter?: Filter;
  readonly sort?: State['sort'];
  readonly screen?: State['screen'];
};

const unconnected: Omit<Link, 'since'> = {
  phase: 'connecting',
  heardAt: undefined,
  beatAt: undefined,
  heartbeatMs: undefined,
  staleSince: undefined,
  attempt: 0,
  retryAt: undefined,
  reason: undefined,
  openedAt: undefined,
  polling: false,
  renewedAt: undefined,
  lostAt: undefined,
  unreadable: 0,
  late: ImmutableSet(),
  missed: 0,
  unaccounted: undefined,
};

const unread: Listing = {
  run: 0,
  phase: 'never',
  beganAt: undefined,
  endedAt: undefined,
  pages: 0,
  readAsOf: undefined,
  seen: ImmutableSet(),
  again: false,
  nextAt: undefined,
  failures: 0,
  reason: undefined,
  disturbed: false,
  repeats: 0,
};

/** Soonest to expire first: those need somebody. */
const soonestFirst: State['sort'] = {column: 'expires', descending: false};

/** Before the first byte. The screen is 80x24 until the terminal says otherwise. */
export function initialState({session, now, wall, filter = noFilter, sort = soonestFirst, screen}: Start): State {
  return {
    session,
    now,
    wall,
    skewMs: 0,
    skewFloorMs: undefined,
    jumpedAt: NEVER,
    lastAsked: undefined,
    startedAt: now,
    link: {...unconnected, since: now},
    listing: unread,
    budget: undefined,
    rows: ImmutableMap(),
    counts: ImmutableMap(),
    tallies: {region: ImmutableMap(), template: ImmutableMap(), node: ImmutableMap(), end: ImmutableMap()},
    live: 0,
    tombstones: [],
    // Oldest first, so that forgetting costs what is forgotten.
    remembered: OrderedMap(),
    suspects: ImmutableMap(),
    checking: 0,
    order: emptyOrder(sort.descending),
    expiring: emptyOrder(false),
    created: undefined,
    placed: undefined,
    touched: ImmutableSet(),
    resorts: ImmutableMap(),
    filter: {active: filter, draft: undefined, mistake: undefined, before: filter},
    sort,
    view: 'sandboxes',
    logView: newestFirst,
    screen: screen ?? {columns: 80, rows: 24, listRows: 20},
    cursor: {id: undefined, index: 0},
    top: 0,
    scrolledAt: NEVER,
    lastKeyAt: NEVER,
    overlay: undefined,
    detailOpen: false,
    dialog: undefined,
    form: undefined,
    palette: '',
    creation: undefined,
    marks: ImmutableOrderedSet(),
    lastMarked: undefined,
    plan: undefined,
    bulk: undefined,
    templates: unreadTemplates,
    builds: noBuilds,
    notice: undefined,
    metrics: ImmutableMap(),
    pinned: ImmutableSet(),
    rotation: undefined,
    acts: ImmutableMap(),
    unsupported: ImmutableSet(),
    log: emptyLog,
    unread: ImmutableMap(),
    quitting: false,
    lastFailure: undefined,
  };
}
