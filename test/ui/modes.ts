import {OrderedSet} from 'immutable';
import type {Dialog} from '../../src/model/act.ts';
import {openBuildLog} from '../../src/model/buildLog.ts';
import {noBuilds} from '../../src/model/builds.ts';
import {newestFirst} from '../../src/model/logView.ts';
import {makePlan} from '../../src/model/planning.ts';
import {reduce} from '../../src/model/reduce.ts';
import type {State} from '../../src/model/state.ts';
import {deleteQuestion} from '../../src/model/templateAsked.ts';
import {unreadTemplates} from '../../src/model/templates.ts';
import type {Mode} from '../../src/ui/command.ts';
import {sandbox, T0} from '../support/builders.ts';
import {specOf, template} from '../support/templates.ts';
import {sketch} from './fleet.ts';

export const ID = 'sb_9f3a71c204';
export const question: Dialog = {
  action: 'stop',
  consent: 'confirm',
  frozen: sandbox(),
  timeoutSeconds: undefined,
  openedAt: T0 - 1000,
  typed: '',
  word: 'c204',
  focus: 'cancel',
  changed: undefined,
};
export const active = sketch().filter.active;
export const prompt = (draft: string) => sketch({filter: {active, draft, mistake: undefined, before: active}});

const marks = {marks: OrderedSet([ID])};
const planOpen = sketch({...marks, plan: makePlan(sketch(marks), T0 - 1000, 'pause', undefined)});

/** A state in which that mode has the keys. */
export const inMode: Readonly<Record<Mode, State>> = {
  list: sketch(),
  focus: sketch({detailOpen: true}),
  filter: prompt('abc'),
  events: sketch({view: 'events'}),
  search: sketch({view: 'events', logView: {...newestFirst, before: ''}}),
  overview: sketch({view: 'overview'}),
  templates: sketch({view: 'templates'}),
  builds: sketch({view: 'builds'}),
  buildLog: sketch({view: 'builds', builds: {...noBuilds, log: openBuildLog('b_1', 1)}}),
  buildSearch: sketch({view: 'builds', builds: {...noBuilds, log: {...openBuildLog('b_1', 1), before: ''}}}),
  word: sketch({templates: {...unreadTemplates, question: deleteQuestion(template(), T0)}}),
  spec: sketch({
    templates: {...unreadTemplates, question: {kind: 'build', spec: specOf(), focus: 'cancel', top: 0, openedAt: T0}},
  }),
  overlay: sketch({overlay: {kind: 'sort', index: 0}}),
  actions: sketch({overlay: {kind: 'actions', index: 0}}),
  palette: sketch({overlay: {kind: 'palette', index: 0}}),
  form: sketch({form: {id: 'timeout', ids: [ID], values: {}, field: 0, mistake: undefined, openedAt: T0 - 1000}}),
  confirm: sketch({dialog: question}),
  type: sketch({dialog: {...question, consent: 'type', action: 'delete'}}),
  plan: planOpen,
  ledger: reduce(planOpen, {type: 'dialog.answered', at: T0, answer: 'yes'})[0],
  line: sketch({screen: {columns: 30, rows: 5, listRows: 1}}),
};
