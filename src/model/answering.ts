import {noticed} from './logging.ts';
import type {Stamp} from './sandbox.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

/** Keys typed ahead of what opens must not answer it. */
const DEAF_MS = 400;
const MOST_TYPED = 64;

type Opened = {readonly openedAt: Stamp};

export const isDeaf = ({openedAt}: Opened, at: Stamp): boolean => at - openedAt < DEAF_MS;

/** A key for the question that is open: nothing happens without one, or while it does not listen yet. */
export const heardBy =
  <Q extends Opened>(openOf: (state: State) => Q | undefined) =>
  <E extends {readonly at: Stamp}>(change: (state: State, question: Q, event: E) => Step) =>
  (state: State, event: E): Step => {
    const question = openOf(state);
    return !question || isDeaf(question, event.at) ? [state] : change(state, question, event);
  };

export const moreTyped = (typed: string, text: string): string => `${typed}${text}`.slice(0, MOST_TYPED);

export const lessTyped = (typed: string): string => typed.slice(0, -1);

/** With a word, that is typed; without one a button has the focus. */
type Asked = {
  readonly word?: string | undefined;
  readonly typed?: string;
  readonly focus?: 'cancel' | 'confirm';
};

type Outcomes = {
  readonly agreed: () => Step;
  readonly closed: State;
  /** What is said of another word than this. */
  readonly otherwise: (word: string) => string;
};

type Answer = {readonly at: Stamp; readonly answer: 'enter' | 'yes' | 'no'};

/** Enter says yes only where that was chosen: by moving to it, or by typing the word. `y` is no answer to a word. */
export function answerTo({word, typed = '', focus}: Asked, state: State, {at, answer}: Answer, end: Outcomes): Step {
  if (answer === 'no') return [end.closed];
  if (word === undefined) return answer === 'yes' || focus === 'confirm' ? end.agreed() : [end.closed];
  if (answer === 'yes') return [state];
  if (typed === word) return end.agreed();
  return [typed === '' ? end.closed : noticed(state, at, end.otherwise(word), 'warn')];
}
