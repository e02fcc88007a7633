import type {Effect, EventOf} from './event.ts';
import type {FileEffect} from './fileEvents.ts';
import {ownEntriesSince} from './log.ts';
import {entryOf, logged, noticed, type Said} from './logging.ts';
import type {Stamp} from './sandbox.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

type JournalEffect = Extract<FileEffect, {do: 'journal'}>;

/**
 * What a step has put into the log that is the user's own doing, for the journal, oldest first: whoever logs an act need
 * not think of it. Costs what was logged, and a comparison where nothing was.
 */
export function journalled(before: State, {session, log}: State): readonly JournalEffect[] {
  if (log.mine === before.log.mine || !session.keepsJournal) return [];
  return ownEntriesSince(log, before.log).map(({seq: _, ...entry}) => ({do: 'journal', entry}));
}

/** For the journal alone: what the log leaves out because its next line says it too. The program may end between the two. */
export const journalledNow = (state: State, at: Stamp, said: Said): readonly JournalEffect[] =>
  state.session.keepsJournal ? [{do: 'journal', entry: entryOf(state, at, said)}] : [];

/** Those of a step that write the journal, and all others. */
export const parted = (effects: readonly Effect[]): readonly [readonly JournalEffect[], readonly Effect[]] => [
  effects.filter((effect) => effect.do === 'journal'),
  effects.filter((effect) => effect.do !== 'journal'),
];

/** Whoever relies on the journal has to know at once; the program goes on. */
export function journalFailed(state: State, {at, reason}: EventOf<'journal.failed'>): Step {
  const text = `${reason}: acts are no longer written`;
  const told = logged(state, at, {kind: 'journal', text, tone: 'danger'});
  return [noticed(told, at, `journal: ${text}`, 'danger')];
}
