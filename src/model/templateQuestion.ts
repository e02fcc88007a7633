import type {EventOf} from './event.ts';
import {noticed} from './logging.ts';
import type {Stamp} from './sandbox.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';
import {type BuildQuestion, type DeleteQuestion, type Question, withQuestion} from './templateAsked.ts';
import {deletionAgreed} from './templateDeleting.ts';
import {buildAgreed} from './templateSpec.ts';

/** Keys typed ahead of a question must not answer it. */
const DEAF_MS = 400;
const MOST_TYPED = 64;

/** A key for the open question: nothing happens without one, or while it does not listen yet. */
function heard<E extends {readonly at: Stamp}>(change: (state: State, question: Question, event: E) => Step) {
  return (state: State, event: E): Step => {
    const {question} = state.templates;
    return !question || event.at - question.openedAt < DEAF_MS ? [state] : change(state, question, event);
  };
}

export const questionTyped = heard<EventOf<'question.typed'>>((state, question, {text}) =>
  question.kind === 'delete'
    ? [
        withQuestion(
          {...state, notice: undefined},
          {...question, typed: `${question.typed}${text}`.slice(0, MOST_TYPED)},
        ),
      ]
    : [state],
);

export const questionErased = heard<EventOf<'question.erased'>>((state, question) =>
  question.kind === 'delete' ? [withQuestion(state, {...question, typed: question.typed.slice(0, -1)})] : [state],
);

export const questionFocused = heard<EventOf<'question.focused'>>((state, question, {on}) =>
  question.kind === 'build' ? [withQuestion(state, {...question, focus: on})] : [state],
);

/** Looking is no answer: the list of files moves at once. */
export function questionScrolled(state: State, {by, lines}: EventOf<'question.scrolled'>): Step {
  const {question} = state.templates;
  if (question?.kind !== 'build') return [state];
  const most = Math.max(0, question.spec.listing.length - Math.max(1, lines));
  return [withQuestion(state, {...question, top: Math.max(0, Math.min(question.top + by, most))})];
}

export const questionAnswered = heard<EventOf<'question.answered'>>((state, question, {at, answer}) => {
  if (answer === 'no') return [withQuestion(state, undefined)];
  return question.kind === 'build'
    ? buildAnswered(state, question, at, answer)
    : deleteAnswered(state, question, at, answer);
});

function buildAnswered(state: State, question: BuildQuestion, at: Stamp, answer: 'enter' | 'yes'): Step {
  const closed = withQuestion(state, undefined);
  return answer === 'yes' || question.focus === 'confirm' ? buildAgreed(closed, at, question.spec) : [closed];
}

/** `y` is no answer to a word. */
function deleteAnswered(state: State, question: DeleteQuestion, at: Stamp, answer: 'enter' | 'yes'): Step {
  const {typed, word, frozen} = question;
  if (answer === 'yes') return [state];
  if (typed === word) return deletionAgreed(withQuestion(state, undefined), at, frozen.id);
  if (typed === '') return [withQuestion(state, undefined)];
  return [noticed(state, at, `that is not ${word}: nothing is deleted; Esc closes`, 'warn')];
}
