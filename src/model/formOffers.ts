import type {FormField} from './formFields.ts';
import type {State} from './state.ts';

/** What is offered for the text of a field so far, and what speaks against it: no proof, since lists are not whole. */
export type Offer = {readonly names: readonly string[]; readonly doubt: string | undefined};

/** Undefined: nothing is known of what may stand there. */
export function offerOf(state: State, {choices, known}: FormField, text: string): Offer | undefined {
  const all = known === undefined ? [] : (choices?.(state) ?? []);
  if (all.length === 0) return undefined;
  const typed = text.trim();
  const names = typed === '' ? all : all.filter((name) => name.toLowerCase().includes(typed.toLowerCase()));
  if (typed === '' || all.includes(typed)) return {names, doubt: undefined};
  const nearest = names[0] ?? all.find((name) => name.slice(0, 2) === typed.slice(0, 2));
  return {names, doubt: `no ${known} is called ${typed}${nearest === undefined ? '' : `: ${nearest}?`}`};
}
