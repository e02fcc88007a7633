import {creationDropped} from './creating.ts';
import type {Stamp} from './sandbox.ts';
import type {State} from './state.ts';
import {deletionDropped, deletionTakenBack, isDeletionUnsent} from './templateDeleting.ts';
import {buildDropped, buildTakenBack} from './templateSpec.ts';

/** Something beside the acts on sandboxes that was agreed to and has not left, and how it ends without leaving. */
type Unsent = {
  readonly askedAt: Stamp;
  readonly putBack: (state: State, at: Stamp, why: string) => State;
  readonly takenBack: (state: State, at: Stamp) => State;
};

const unsentOf = (state: State): readonly Unsent[] => [...deletions(state), ...creation(state), ...build(state)];

const deletions = ({templates}: State): readonly Unsent[] =>
  [...templates.deletions]
    .filter(([, deletion]) => isDeletionUnsent(deletion))
    .map(([id, {phase, askedAt}]) => ({
      askedAt,
      putBack: (state, at, why) =>
        deletionDropped(
          state,
          at,
          id,
          `not sent: ${why} ${phase === 'grace' ? 'during its 5 s of grace' : 'before it left'}`,
        ),
      takenBack: (state, at) => deletionTakenBack(state, at, id),
    }));

function creation({creation: made}: State): readonly Unsent[] {
  if (made?.phase !== 'queued') return [];
  return [
    {
      askedAt: made.askedAt,
      putBack: (state, at, why) => creationDropped(state, at, made, `not sent: ${why} before it left`, 'danger'),
      takenBack: (state, at) => creationDropped(state, at, made, 'taken back: nothing was made', 'plain'),
    },
  ];
}

/** What it has uploaded changes nothing: no build has begun. */
function build({builds: {sending}}: State): readonly Unsent[] {
  if (!sending || sending.phase === 'sent') return [];
  return [
    {
      askedAt: sending.askedAt,
      putBack: (state, at, why) => buildDropped(state, at, sending, `not begun: ${why} before it left`),
      takenBack: (state, at) => buildTakenBack(state, at, sending),
    },
  ];
}

/** Whether `u` has something to take back beside acts on sandboxes. */
export const waitsToLeave = (state: State): boolean => unsentOf(state).length > 0;

/** While nobody could see them, or take them back, none of these leaves: not in that time, and not after it. */
export const requestsPutBack = (state: State, at: Stamp, why: string): State =>
  unsentOf(state).reduce((next, {putBack}) => putBack(next, at, why), state);

/** `u`: the newest of these; undefined: none waits. */
export function newestTakenBack(state: State, at: Stamp): State | undefined {
  const newest = unsentOf(state).reduce<Unsent | undefined>((a, b) => (a && a.askedAt > b.askedAt ? a : b), undefined);
  return newest?.takenBack(state, at);
}
