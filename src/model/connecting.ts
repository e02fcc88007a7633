import type {EventOf} from './event.ts';
import {allPutBack} from './leaving.ts';
import {logged, noticed} from './logging.ts';
import {isPlainId} from './sandbox.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

const TERMINAL_LENT = 'the terminal was lent';

/**
 * Why the terminal cannot be lent to the configured command for this sandbox, and what to do about it; undefined: it
 * can. Offline it can: the command goes its own way.
 */
export function connectRefusal({session, rows}: State, id: string | undefined): string | undefined {
  if (session.readonly) return 'read-only: start without --readonly to connect';
  const row = id === undefined ? undefined : rows.get(id);
  if (!row) return 'no sandbox selected: move the cursor onto one';
  const {sandbox, tombstone} = row;
  if (tombstone) return `it is gone (${tombstone.cause}): nothing left to connect to`;
  // An argument that begins with a dash is an option to most commands.
  if (!isPlainId(sandbox.id) || sandbox.id.startsWith('-')) {
    return 'its id holds characters that no command may get: connect to it elsewhere';
  }
  if (sandbox.status !== 'running') return `it is ${sandbox.status}, not running`;
  if (session.canConnect) return undefined;
  return 'set connect: [hopx,terminal,connect] in ~/.config/hopx-top/config.yaml';
}

/** Nobody sees the screen while somebody else has the terminal: what has not left is put back, as before a stop. */
export function connectAsked(state: State, {at, id}: EventOf<'connect.asked'>): Step {
  const reason = connectRefusal(state, id);
  if (reason !== undefined) return [noticed(state, at, `connect: ${reason}`, 'warn')];
  const lent = logged(allPutBack(state, at, TERMINAL_LENT), at, {
    kind: 'connect',
    id,
    source: 'you',
    text: 'terminal lent to the configured command',
  });
  return [lent, {do: 'connect', id}];
}

export function connectEnded(state: State, {at, id, mistake}: EventOf<'connect.ended'>): Step {
  const text = mistake ?? 'the terminal is back';
  const tone = mistake === undefined ? 'plain' : 'warn';
  const told = logged(state, at, {kind: 'connect', id, source: 'you', text, tone});
  return [noticed(told, at, `connect ${id}: ${text}`, tone)];
}
