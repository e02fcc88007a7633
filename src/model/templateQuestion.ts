import {answerTo, heardBy, lessTyped, moreTyped} from './answering.ts';
import type {EventOf} from './event.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';
import {withQuestion} from './templateAsked.ts';
import {deletionAgreed} from './templateDeleting.ts';
import {buildAgreed} from './templateSpec.ts';

const heard = heardBy(({templates}) => templates.question);

export const questionTyped = heard<EventOf<'question.typed'>>((state, question, {text}) =>
  question.kind === 'delete'
    ? [withQuestion({...state, notice: undefined}, {...question, typed: moreTyped(question.typed, text)})]
    : [state],
);

export const questionErased = heard<EventOf<'question.erased'>>((state, question) =>
  question.kind === 'delete' ? [withQuestion(state, {...question, typed: lessTyped(question.typed)})] : [state],
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

export const questionAnswered = heard<EventOf<'question.answered'>>((state, question, event) => {
  const closed = withQuestion(state, undefined);
  return answerTo(question, state, event, {
    agreed: () =>
      question.kind === 'build'
        ? buildAgreed(closed, event.at, question.spec)
        : deletionAgreed(closed, event.at, question.frozen.id),
    closed,
    otherwise: (word) => `that is not ${word}: nothing is deleted; Esc closes`,
  });
});
