import type {Event} from '../../src/model/event.ts';
import type {State} from '../../src/model/state.ts';
import {listed, patch, told} from '../model/given.ts';
import {DAY, SECOND, T0, WALL0} from '../support/builders.ts';
import {bare, buildStatus, specOf, template} from '../support/templates.ts';

const fleet = listed(
  ...Array.from({length: 6}, (_, index) =>
    patch(`sb_${index}`, {templateName: index < 4 ? 'agent-py311' : 'code-interpreter'}),
  ),
);

/** Four templates, live: of one of them nothing is told but its name. */
export const templatesView: State = told(
  fleet,
  {type: 'view.chosen', at: T0, view: 'templates'},
  {type: 'templates.stream', at: T0, isOpen: true, reason: undefined},
  {
    type: 'templates.listed',
    at: T0,
    asOf: T0,
    templates: [
      template(),
      template({id: '74', name: 'agent-node20', status: 'building', buildId: 'b_5518'}),
      template({id: '1', name: 'code-interpreter', isPublic: true, buildId: undefined, updatedAt: WALL0 - 12 * DAY}),
      bare('odd'),
    ],
  },
);

const failed = buildStatus({
  buildId: 'b_5512',
  templateId: '73',
  status: 'failed',
  progress: 40,
  error: 'apt exit 100: could not find the package',
  durationMs: 58 * SECOND,
  startedAt: WALL0 - DAY,
  estimatedAt: undefined,
});

/** Their two builds: one goes on, one has failed. */
export const buildsView: State = told(
  templatesView,
  {type: 'view.chosen', at: T0, view: 'builds'},
  {type: 'build.observed', at: T0, asOf: T0, build: buildStatus()},
  {type: 'build.observed', at: T0, asOf: T0, build: failed},
);

const words = 'RUN npm ci, and a line that goes on beyond the end of the screen as lines of logs do: xxx yyy zzz';

export const logLines = (count: number): Event => ({
  type: 'buildLog.told',
  at: T0,
  buildId: 'b_5518',
  lines: Array.from({length: count}, (_, index) => ({
    level: index % 7 === 0 ? 'WARN' : 'INFO',
    at: WALL0 - (count - index) * SECOND,
    text: index === 3 ? 'added 812 packages' : `[${index}] ${words}`,
  })),
});

/** The log of the one that goes on, 60 lines of it. */
export const logView: State = told(
  buildsView,
  {type: 'buildLog.shown', at: T0, buildId: 'b_5518'},
  {type: 'buildLog.opened', at: T0, buildId: 'b_5518'},
  logLines(60),
);

export const specQuestion: State = told(
  buildsView,
  {type: 'spec.asked', at: T0, path: 'agent.yaml'},
  {type: 'spec.read', at: T0, path: 'agent.yaml', spec: specOf()},
);

export const deleteQuestion: State = told(templatesView, {type: 'template.deleteAsked', at: T0, id: '74'});
