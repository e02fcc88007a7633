import {heldBackReason} from '../model/refusal.ts';
import type {State} from '../model/state.ts';
import {buildRefusal} from '../model/templateSpec.ts';
import {deleteRefusal} from '../model/templateUse.ts';
import {buildLogCommands} from './buildLogCommands.ts';
import {type Command, type Mode, regionsOf} from './command.ts';
import {listedRows} from './templateQuestion.ts';

const TEMPLATES: readonly Mode[] = ['templates'];
const BUILDS: readonly Mode[] = ['builds'];
const WORD: readonly Mode[] = ['word'];
const SPEC: readonly Mode[] = ['spec'];

/** The row of another key says what this one does. */
const SAID_ELSEWHERE = '';

const templateAt = ({templates}: State) => templates.rows.get(templates.cursor ?? '');
const buildIdAt = (state: State): string | undefined =>
  state.view === 'builds' ? state.builds.cursor : templateAt(state)?.buildId;

/** Keys of the views of templates and builds, and of the questions there. */
export const templateCommands: readonly Command[] = [
  {
    id: 'templateBuild',
    keys: ['enter'],
    label: 'its build',
    description: 'to its last build',
    group: 'Templates',
    modes: TEMPLATES,
    event(state, at) {
      const buildId = buildIdAt(state);
      return buildId === undefined ? undefined : {type: 'build.named', at, buildId};
    },
    disabledReason: (state) => (buildIdAt(state) === undefined ? 'its build is not told' : undefined),
    inFooter: 5,
  },
  {
    id: 'buildLog',
    keys: ['enter'],
    label: 'log',
    description: 'the log of the build',
    group: 'Templates',
    modes: BUILDS,
    event({builds: {cursor}}, at) {
      return cursor === undefined ? undefined : {type: 'buildLog.shown', at, buildId: cursor};
    },
    disabledReason: ({builds}) => (builds.cursor === undefined ? 'no build is selected' : undefined),
    inFooter: 5,
  },
  {
    id: 'templateCreate',
    keys: ['N'],
    label: 'new sandbox',
    description: 'a sandbox of this template',
    group: 'Act',
    modes: TEMPLATES,
    event(state, at) {
      const template = templateAt(state);
      const reason = heldBackReason(state);
      if (reason !== undefined) return {type: 'notice.shown', at, text: `create: ${reason}`};
      return template && {type: 'form.opened', at, form: 'create', values: {template: template.name}};
    },
    disabledReason: (state) => heldBackReason(state) ?? (templateAt(state) ? undefined : 'no template is selected'),
    inFooter: 10,
  },
  {
    id: 'buildSpec',
    keys: ['B'],
    label: 'build',
    description: 'build from a spec file',
    group: 'Act',
    modes: ['templates', 'builds'],
    event(state, at) {
      const reason = buildRefusal(state);
      if (reason !== undefined) return {type: 'notice.shown', at, text: `build: ${reason}`};
      return {type: 'form.opened', at, form: 'build'};
    },
    disabledReason: buildRefusal,
    inFooter: 11,
  },
  {
    id: 'templateDelete',
    keys: ['D'],
    label: 'delete',
    description: 'delete the template (typed)',
    group: 'Act',
    modes: TEMPLATES,
    event: ({templates}, at) =>
      templates.cursor === undefined ? undefined : {type: 'template.deleteAsked', at, id: templates.cursor},
    disabledReason: (state) => deleteRefusal(state, state.templates.cursor),
    inFooter: 12,
  },
  {
    id: 'templateCopy',
    keys: ['c'],
    label: 'copy id',
    description: 'copy the id',
    group: 'See',
    modes: ['templates', 'builds'],
    event(state, at) {
      const text = state.view === 'builds' ? state.builds.cursor : state.templates.cursor;
      return text === undefined ? undefined : {type: 'copy.asked', at, what: 'id', text};
    },
  },
  ...buildLogCommands,
  {
    id: 'wordAnswer',
    keys: ['enter'],
    label: 'confirm',
    description: SAID_ELSEWHERE,
    group: 'Question',
    modes: WORD,
    event: (_, at) => ({type: 'question.answered', at, answer: 'enter'}),
    inFooter: 3,
  },
  {
    id: 'wordErase',
    keys: ['backspace', 'delete'],
    label: 'erase',
    description: SAID_ELSEWHERE,
    group: 'Question',
    modes: WORD,
    event: (_, at) => ({type: 'question.erased', at}),
  },
  {
    id: 'askedCancel',
    keys: ['escape'],
    label: 'cancel',
    description: SAID_ELSEWHERE,
    group: 'Question',
    modes: [...WORD, ...SPEC],
    event: (_, at) => ({type: 'question.answered', at, answer: 'no'}),
    inFooter: 1,
  },
  {
    id: 'specAnswer',
    keys: ['enter'],
    label: 'press the button',
    description: SAID_ELSEWHERE,
    group: 'Question',
    modes: SPEC,
    event: (_, at) => ({type: 'question.answered', at, answer: 'enter'}),
    inFooter: 3,
  },
  {
    id: 'specYes',
    keys: ['y', 'Y'],
    label: 'yes',
    description: SAID_ELSEWHERE,
    group: 'Question',
    modes: SPEC,
    event: (_, at) => ({type: 'question.answered', at, answer: 'yes'}),
    inFooter: 2,
  },
  {
    id: 'specNo',
    keys: ['n', 'N'],
    label: 'no',
    description: SAID_ELSEWHERE,
    group: 'Question',
    modes: SPEC,
    event: (_, at) => ({type: 'question.answered', at, answer: 'no'}),
  },
  {
    id: 'specOther',
    keys: ['tab', 'shift+tab', 'left', 'right'],
    label: 'other button',
    description: SAID_ELSEWHERE,
    group: 'Question',
    modes: SPEC,
    event({templates: {question}}, at) {
      const isOnCancel = question?.kind === 'build' && question.focus === 'cancel';
      return {type: 'question.focused', at, on: isOnCancel ? 'confirm' : 'cancel'};
    },
    inFooter: 5,
  },
  {
    id: 'specDown',
    keys: ['down', 'j', 'pagedown'],
    label: 'files',
    description: 'more of the files that would leave',
    group: 'Question',
    modes: SPEC,
    event: scrolled(1),
    inFooter: 4,
  },
  {
    id: 'specUp',
    keys: ['up', 'k', 'pageup'],
    label: 'files back',
    description: SAID_ELSEWHERE,
    group: 'Question',
    modes: SPEC,
    event: scrolled(-1),
  },
];

function scrolled(by: -1 | 1): Command['event'] {
  return (state, at) => {
    const {question} = state.templates;
    if (question?.kind !== 'build') return undefined;
    const lines = listedRows(state, question, regionsOf(state).rows - 1);
    return {type: 'question.scrolled', at, by, lines};
  };
}
