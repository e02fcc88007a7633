import type {Stamp} from './sandbox.ts';
import type {State} from './state.ts';
import type {SpecSummary, Template} from './template.ts';

/** What has to be agreed to before anything is sent. */
export type Question = DeleteQuestion | BuildQuestion;

export type DeleteQuestion = {
  readonly kind: 'delete';
  /** The template as it was when the question was asked. */
  readonly frozen: Template;
  /** What must be typed. */
  readonly word: string;
  readonly typed: string;
  /** How the template changed under the question; it has to be answered anew then. */
  readonly changed: string | undefined;
  readonly openedAt: Stamp;
};

export type BuildQuestion = {
  readonly kind: 'build';
  readonly spec: SpecSummary;
  readonly focus: 'cancel' | 'confirm';
  /** Index of the first file shown. */
  readonly top: number;
  readonly openedAt: Stamp;
};

const SHORT_NAME = 12;
const TYPED_CHARACTERS = 4;
/** What a keyboard can type. */
const TYPEABLE = /^[\x21-\x7e]+$/;

/** The whole of a short name, the end of a longer one; of a name that cannot be typed, the end of the id. */
function wordFor({id, name}: Template): string {
  if (!TYPEABLE.test(name)) return id.slice(-TYPED_CHARACTERS);
  return name.length < SHORT_NAME ? name : name.slice(-TYPED_CHARACTERS);
}

export const deleteQuestion = (frozen: Template, openedAt: Stamp): DeleteQuestion => ({
  kind: 'delete',
  frozen,
  word: wordFor(frozen),
  typed: '',
  changed: undefined,
  openedAt,
});

export const withQuestion = (state: State, question: Question | undefined): State => ({
  ...state,
  templates: {...state.templates, question},
});

/** The template under the open question has changed: said in it, and it has to be answered anew. */
export function questionAfter(state: State, at: Stamp): State {
  const {question, rows} = state.templates;
  if (question?.kind !== 'delete') return state;
  const now = rows.get(question.frozen.id);
  const changed = changeOf(question.frozen, now);
  if (changed === undefined || (!now && changed === question.changed)) return state;
  return withQuestion(state, {...deleteQuestion(now ?? question.frozen, at), changed});
}

/** Fields whose change makes it another question. */
const decisive = ['name', 'status', 'isPublic', 'buildId'] as const satisfies readonly (keyof Template)[];

function changeOf(frozen: Template, now: Template | undefined): string | undefined {
  if (!now) return 'it is no longer in the list';
  const field = decisive.find((each) => frozen[each] !== undefined && frozen[each] !== now[each]);
  return field && `${labels[field]} is now ${now[field]}, it was ${frozen[field]}`;
}

const labels: Readonly<Record<(typeof decisive)[number], string>> = {
  name: 'its name',
  status: 'its status',
  isPublic: 'public',
  buildId: 'its build',
};
