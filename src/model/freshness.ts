import type {Tone} from './columns.ts';
import {formatStopwatch} from './format.ts';
import type {Row, Stamp} from './sandbox.ts';
import type {Link, State} from './state.ts';

export type Freshness = {
  readonly word: 'CONNECTING' | 'LIVE' | 'SLOW' | 'STALE' | 'POLL' | 'OFFLINE' | 'AUTH';
  /** The word, and what goes with it: `STALE 02:13 (try 5, next 8s)`. */
  readonly text: string;
  readonly tone: Tone;
};

/** What was seen last before a gap, or is missing from a whole list and not asked for yet: it may be something else. */
export function isOutdated({link, suspects}: State, {asOf, tombstone, sandbox}: Row): boolean {
  if (tombstone) return false;
  const {staleSince, lostAt = staleSince} = link;
  return (lostAt !== undefined && asOf <= lostAt) || suspects.get(sandbox.id)?.isTold === false;
}

/** How old the list is while nothing tells of changes; undefined: events do. */
export const listAsOf = ({link: {staleSince}, listing: {readAsOf}}: State): Stamp | undefined =>
  staleSince === undefined ? undefined : Math.max(staleSince, readAsOf ?? staleSince);

/** A silence shorter than this is usual even where the heartbeat is not learned yet. */
const USUAL_SILENCE_MS = 20_000;
/** Nor is one below this many heartbeats a fault. */
const HEARTBEATS = 1.5;
/** A list of a polled server is this old at the most before its age is shown. */
const USUAL_POLL_MS = 10_000;

/** How sure we are of the screen. LIVE and POLL carry no number while all is as it should be: nothing then changes. */
export const selectFreshness = (state: State): Freshness => phases[state.link.phase](state);

const phases: {readonly [P in Link['phase']]: (state: State) => Freshness} = {
  connecting: ({link, now}) => ({
    word: 'CONNECTING',
    text: link.attempt > 1 ? `CONNECTING${nextTry(link, now)}` : 'CONNECTING',
    tone: 'busy',
  }),
  live: liveOrSlow,
  stale: (state) => withoutNews(state, 'STALE', 'warn'),
  poll: polled,
  offline: (state) => withoutNews(state, 'OFFLINE', 'danger'),
  auth: () => ({word: 'AUTH', text: 'AUTH', tone: 'danger'}),
};

function liveOrSlow({link, now}: State): Freshness {
  const silenceMs = now - (link.heardAt ?? link.since);
  if (silenceMs <= Math.max(USUAL_SILENCE_MS, HEARTBEATS * (link.heartbeatMs ?? 0))) {
    return {word: 'LIVE', text: 'LIVE', tone: 'good'};
  }
  return {word: 'SLOW', text: `SLOW ${shortStopwatch(silenceMs)}`, tone: 'warn'};
}

function polled({link, listing, now}: State): Freshness {
  const ageMs = now - (listing.endedAt ?? link.heardAt ?? link.since);
  return {word: 'POLL', text: ageMs > USUAL_POLL_MS ? `POLL ${shortStopwatch(ageMs)}` : 'POLL', tone: 'busy'};
}

function withoutNews({link, now}: State, word: 'STALE' | 'OFFLINE', tone: Tone): Freshness {
  const sinceMs = now - (link.staleSince ?? link.since);
  return {word, text: `${word} ${formatStopwatch(sinceMs)}${nextTry(link, now)}`, tone};
}

function nextTry({attempt, retryAt}: Link, now: number): string {
  if (attempt < 1) return '';
  const waitS = retryAt === undefined ? 0 : Math.ceil((retryAt - now) / 1000);
  return waitS > 0 ? ` (try ${attempt}, next ${waitS}s)` : ` (try ${attempt})`;
}

/** `0:21` rather than `00:21`: a silence is mostly short. */
const shortStopwatch = (ms: number): string => formatStopwatch(ms).replace(/^0(?=\d:)/, '');
