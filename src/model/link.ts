import type {EventOf} from './event.ts';
import type {Failure} from './failure.ts';
import {formatAge} from './format.ts';
import {denied, gapBegun, inPhase, noticeAfter, withLink} from './gap.ts';
import {listBegun, RE_READING} from './listing.ts';
import {logged, noticed} from './logging.ts';
import {listPause, pollPause} from './pacing.ts';
import type {Millis, Stamp} from './sandbox.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

/** A single stall must not teach that such silence is usual. */
const LONGEST_HEARTBEAT_MS = 60_000;
/** How much of a longer silence is still expected after each shorter one. */
const HEARTBEAT_DECAY = 0.98;

export function streamConnecting(state: State, {at, attempt}: EventOf<'stream.connecting'>): Step {
  const phase = state.link.phase === 'auth' ? 'connecting' : state.link.phase;
  return [withLink(state, {...inPhase(state.link, phase, at), attempt, retryAt: undefined})];
}

/** Open is not yet live: what was missed is known only once a list that was asked for from now on has been read. */
export function streamOpened(state: State, {at}: EventOf<'stream.opened'>): Step {
  const {link} = state;
  const phase = link.phase === 'live' || link.phase === 'connecting' ? link.phase : 'stale';
  const opened = withLink(state, {
    ...inPhase(link, phase, at),
    openedAt: at,
    heardAt: at,
    beatAt: undefined,
    heartbeatMs: undefined,
    attempt: 0,
    retryAt: undefined,
    polling: false,
    reason: phase === 'live' ? undefined : 'the stream is open; reading the list',
  });
  return listBegun({...opened, notice: noticeAfter(state)}, at);
}

/** Events come when something happens: only from heartbeats is it learned how long a stream may be silent. */
export function streamHeard(state: State, {at, isBeat}: EventOf<'stream.heard'>): Step {
  const {beatAt, heartbeatMs} = state.link;
  if (!isBeat) return [withLink(state, {heardAt: at})];
  if (beatAt === undefined) return [withLink(state, {heardAt: at, beatAt: at})];
  const silence = Math.min(LONGEST_HEARTBEAT_MS, at - beatAt);
  const usual = Math.max(silence, (heartbeatMs ?? 0) * HEARTBEAT_DECAY);
  return [withLink(state, {heardAt: at, beatAt: at, heartbeatMs: usual})];
}

export function streamLost(state: State, event: EventOf<'stream.lost'>): Step {
  const {at, failure, attempt, retryAt} = event;
  const isFirst = state.link.staleSince === undefined;
  // A stream that breaks says only that it is gone; one that cannot be opened may say that the server is.
  const isUnreachable = failure.kind === 'unreachable' && state.link.openedAt === undefined && !isAnswering(state);
  const phase = isUnreachable ? 'offline' : 'stale';
  const lost = withLink(gapBegun(state, at), {
    ...inPhase(state.link, phase, at),
    openedAt: undefined,
    attempt,
    retryAt,
    reason: failure.message,
  });
  const next = {...lost, listing: {...lost.listing, nextAt: nextReading(lost, at)}, lastFailure: failure};
  if (!isFirst && state.link.reason === failure.message) return [next];
  const wait = formatAge(Math.max(0, retryAt - at));
  const text = `stream lost: ${failure.message}; next try in ${wait}`;
  return [logged(next, at, {kind: isFirst ? 'gap' : 'stream', text, tone: 'warn', ...answerOf(failure)})];
}

/** The list has been read in this gap: it is the stream that is down, not the server. */
const isAnswering = ({link: {staleSince}, listing: {endedAt, failures}}: State): boolean =>
  staleSince !== undefined && endedAt !== undefined && endedAt > staleSince && failures === 0;

/** A stream that is down must not keep a server that lists well from being shown: at once if nothing is, else soon. */
function nextReading(state: State, at: Stamp): Stamp {
  if (state.listing.phase === 'never') return at;
  return Math.min(state.listing.nextAt ?? Number.POSITIVE_INFINITY, at + pollPause(state));
}

const answerOf = ({requestId, status}: Failure) => ({requestId, status});

/** No stream here: the list is read at once, and again every few seconds. */
export function streamUnsupported(state: State, {at, reason}: EventOf<'stream.unsupported'>): Step {
  const polling = withLink(state, {
    ...inPhase(state.link, 'poll', at),
    openedAt: undefined,
    attempt: 0,
    retryAt: undefined,
    polling: true,
    reason,
  });
  const text = `no stream: ${reason}; reading the list instead`;
  const isKnown = state.link.polling && state.link.reason === reason;
  return listBegun(isKnown ? polling : logged(polling, at, {kind: 'poll', text, tone: 'warn'}), at);
}

export const accessDenied = (state: State, {at, failure}: EventOf<'access.denied'>): Step => [
  denied(state, at, failure),
];

/** `r`: read the list now, and try the stream now where it is down or was not there. */
export function refreshAsked(state: State, {at}: EventOf<'refresh.asked'>): Step {
  const {link} = state;
  const phase = link.phase === 'auth' ? 'connecting' : link.phase;
  const said = noticed(withLink(state, inPhase(link, phase, at)), at, RE_READING);
  const [listing, ...effects] = listBegun(said, at);
  return link.openedAt === undefined ? [listing, {do: 'reconnect'}, ...effects] : [listing, ...effects];
}

/** The machine slept, or the clock was set: nobody knows what was missed. */
export function slept(state: State, at: Stamp, gapMs: Millis): Step {
  if (state.link.phase !== 'live') return [state];
  return connectedAnew(state, at, `the clock jumped by ${formatAge(gapMs)}: connecting and reading anew`);
}

/** So many heartbeats that do not come, and not before this, are a dead connection that nobody has closed. */
const MISSED_HEARTBEATS = 3;
const LEAST_SILENCE_MS = 45_000;
/** A stream that has never shown a heartbeat may be silent for good reason; it is opened anew now and then all the same. */
const UNKNOWN_SILENCE_MS = 7 * 60_000;
/** A second stream that is not there after this is a sign that the first one is not there either. */
const RENEWAL_MS = 15_000;

/** An open stream may be dead without a word (a NAT that forgot it, a server that stands still): silence is a fault. */
export function silenceEnded(state: State, at: Stamp): Step {
  const {openedAt, heardAt, heartbeatMs, phase} = state.link;
  if (openedAt === undefined || phase === 'auth' || state.quitting) return [state];
  const silenceMs = at - (heardAt ?? openedAt);
  if (heartbeatMs === undefined) return silenceMs < UNKNOWN_SILENCE_MS ? [state] : quietRenewed(state, at, silenceMs);
  if (silenceMs < Math.max(LEAST_SILENCE_MS, MISSED_HEARTBEATS * heartbeatMs)) return [state];
  return connectedAnew(state, at, silentFor(silenceMs));
}

const silentFor = (silenceMs: Millis): string =>
  `the stream was silent for ${formatAge(silenceMs)}: connecting and reading anew`;

/** New before old: if nothing was wrong with it, the screen was LIVE all the time. */
function quietRenewed(state: State, at: Stamp, silenceMs: Millis): Step {
  const {renewedAt = at, openedAt = at, heardAt = openedAt} = state.link;
  const isAsked = state.link.renewedAt !== undefined && renewedAt >= heardAt;
  if (!isAsked) return [withLink(state, {renewedAt: at}), {do: 'renew'}];
  return at - renewedAt < RENEWAL_MS ? [state] : connectedAnew(state, at, silentFor(silenceMs));
}

/** The stream that opens anew reads the list. */
function connectedAnew(state: State, at: Stamp, reason: string): Step {
  const stale = withLink(gapBegun(state, at), {...inPhase(state.link, 'stale', at), openedAt: undefined, reason});
  const later = {...stale, listing: {...stale.listing, nextAt: at + listPause(stale)}};
  return [logged(later, at, {kind: 'gap', text: reason, tone: 'warn'}), {do: 'reconnect'}];
}
