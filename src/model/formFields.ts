import {durationMistake, usualDurations} from './formDuration.ts';
import {maskEnv, readEnv} from './formEnv.ts';
import type {FormId} from './formEvents.ts';
import type {State} from './state.ts';
import {mostFirst, UNTOLD} from './tallies.ts';

export type FormField = {
  /** Its key in the values. */
  readonly id: string;
  readonly label: string;
  /** What may stand in it, while it has the focus. */
  readonly hint: string;
  /** What it means to leave it empty. */
  readonly whenEmpty: string;
  /** What Left and Right offer; empty texts are among them where it may be empty. */
  readonly choices?: (state: State) => readonly string[];
  /** What `choices` has of this kind is shown under the field, and a text that is none of it is doubted. */
  readonly known?: string;
  /** Its text as the screen may show it; present: it holds secrets. */
  readonly masked?: (text: string) => string;
  /** One sentence on what is wrong with it, without any secret; undefined: nothing is. */
  readonly mistake: (text: string) => string | undefined;
};

export type FormKind = {
  /** A verb: what is done once it is sent. */
  readonly verb: string;
  readonly fields: readonly FormField[];
};

const timeout = {
  label: 'timeout',
  choices: (): readonly string[] => usualDurations,
} as const;

/** Every form and its fields, from top to bottom. */
export const forms: Readonly<Record<FormId, FormKind>> = {
  timeout: {
    verb: 'set',
    fields: [
      {
        ...timeout,
        id: 'timeout',
        hint: 'from now: 30m, 2h, 1d12h, 90s or seconds',
        whenEmpty: 'a duration',
        mistake: durationMistake,
      },
    ],
  },
  create: {
    verb: 'create',
    fields: [
      {
        id: 'template',
        label: 'template',
        hint: 'the name of a template',
        whenEmpty: 'needed',
        choices: knownTemplates,
        known: 'template',
        mistake: (text) => nameMistake(text, 'A sandbox needs a template: write its name.'),
      },
      {
        id: 'region',
        label: 'region',
        hint: 'a region; empty: the server chooses',
        whenEmpty: 'the server chooses',
        choices: ({tallies}) => ['', ...namesOf(tallies.region)],
        mistake: (text) => nameMistake(text, undefined),
      },
      {
        ...timeout,
        id: 'timeout',
        hint: 'deleted, with its disk, after 30m, 2h, 1d12h …',
        whenEmpty: 'none: it lives until it is deleted',
        choices: () => ['', ...usualDurations],
        mistake: (text) => (text.trim() === '' ? undefined : durationMistake(text)),
      },
      {
        id: 'internet',
        label: 'internet',
        hint: 'yes or no: may it reach the internet',
        whenEmpty: 'the server chooses',
        choices: () => ['yes', 'no'],
        mistake: (text) => (/^(yes|no|y|n|)$/i.test(text.trim()) ? undefined : 'Write yes or no.'),
      },
      {
        id: 'env',
        label: 'env',
        hint: 'NAME=value NAME2="two words"; values are not shown',
        whenEmpty: 'no variables',
        masked: maskEnv,
        mistake(text) {
          const read = readEnv(text);
          return 'mistake' in read ? read.mistake : undefined;
        },
      },
    ],
  },
  build: {
    verb: 'read',
    fields: [
      {
        id: 'path',
        label: 'spec file',
        hint: 'path of a spec; it is read and shown, nothing is sent',
        whenEmpty: 'needed',
        mistake: (text) => (text.trim() === '' ? 'Write the path of a spec file.' : undefined),
      },
    ],
  },
};

const MOST_NAME = 128;

function nameMistake(text: string, whenEmpty: string | undefined): string | undefined {
  const name = text.trim();
  if (name === '') return whenEmpty;
  return /\s/.test(name) || name.length > MOST_NAME ? `One word, of at most ${MOST_NAME} characters.` : undefined;
}

/** Those of the list of templates; where that has not been read, those that sandboxes are made of. */
function knownTemplates({templates, tallies}: State): readonly string[] {
  const told = [...templates.rows.values()].filter(({isActive}) => isActive !== false).map(({name}) => name);
  return told.length > 0 ? [...new Set(told)].sort() : namesOf(tallies.template);
}

const namesOf = (counts: State['tallies']['region']): readonly string[] =>
  mostFirst(counts)
    .map(({name}) => name)
    .filter((name) => name !== UNTOLD);
