import {Map as ImmutableMap} from 'immutable';
import type {Dialog} from '../../src/model/act.ts';
import {emptyLog, withLogEntry} from '../../src/model/log.ts';
import {newestFirst} from '../../src/model/logView.ts';
import type {Row} from '../../src/model/sandbox.ts';
import type {State} from '../../src/model/state.ts';
import {sanitize} from '../../src/terminal/text.ts';
import {row, sandbox, T0, WALL0} from '../support/builders.ts';
import {countersOnly, sketch, stateOf} from './fleet.ts';

export const question: Dialog = {
  action: 'delete',
  consent: 'type',
  frozen: sandbox({id: 'sb_9f3a71c204'}),
  timeoutSeconds: undefined,
  openedAt: T0,
  typed: 'c2',
  word: 'c204',
  focus: 'cancel',
  changed: 'status is now paused, it was running',
};

const hostile = (name: string, index: number): Row =>
  row({
    sandbox: sandbox({
      id: sanitize(`${name}${index}`),
      templateName: sanitize(name),
      region: sanitize(name),
      status: index % 2 === 0 ? 'running' : sanitize(name),
      publicHost: sanitize(name),
      nodeId: undefined,
      expiresAt: index % 2 === 0 ? undefined : null,
    }),
  });

export const names = [
  'サンドボックス',
  '한국어이름',
  'e\u0301\u0301\u0301',
  '\u202eevil',
  '\u001b[2J',
  '👨‍👩‍👧',
  'x'.repeat(300),
  '',
];
const manyEvents = names.reduce(
  (log, name, index) =>
    withLogEntry(log, {
      ...{at: T0 + index, wall: WALL0, kind: 'created', id: sanitize(`${name}${index}`), text: sanitize(name)},
      ...{source: 'stream', requestId: undefined, status: undefined, tone: 'plain'},
    }),
  emptyLog,
);
const hostileRows = names.map(hostile);

const sketchFilter = sketch().filter;
/** What a screen may have to show. */
export const states: Readonly<Record<string, State>> = {
  usual: sketch(),
  'detail open': sketch({detailOpen: true}),
  'no loads': sketch({detailOpen: true, metrics: ImmutableMap({sb_9f3a71c204: countersOnly()})}),
  hostile: stateOf(hostileRows, {cursor: {id: hostileRows[0]?.sandbox.id, index: 0}}),
  empty: stateOf([]),
  'filtered away': sketch({
    order: stateOf([]).order,
    filter: {...sketchFilter, active: {...sketchFilter.active, text: 'zz'}},
  }),
  prompt: sketch({
    filter: {...sketchFilter, draft: 'ステータス'.repeat(30), mistake: 'There is no field x: write status.'},
  }),
  'events, none yet': sketch({view: 'events'}),
  events: sketch({view: 'events', log: manyEvents}),
  'events, searched': sketch({view: 'events', log: manyEvents, logView: {...newestFirst, search: 'サ', before: ''}}),
  question: sketch({dialog: question}),
  help: sketch({overlay: {kind: 'help', index: 0}}),
  'sort menu': sketch({overlay: {kind: 'sort', index: 9}}),
  notice: sketch({
    notice: {text: 'cannot start what is running, only what is stopped'.repeat(5), tone: 'warn', at: T0},
  }),
};
