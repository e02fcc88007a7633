import {describe, expect, test} from 'vitest';
import {logLineAt} from '../../src/model/buildLog.ts';
import type {Event} from '../../src/model/event.ts';
import {ringSize} from '../../src/model/ring.ts';
import {selectWantedBuilds, selectWantedLog} from '../../src/model/templateWanted.ts';
import {T0, WALL0} from '../support/builders.ts';
import {buildStatus, specOf, template} from '../support/templates.ts';
import {failure, listed, logLines, play, told} from './given.ts';

const at = (ms: number) => T0 + ms;
const answer = (how: 'enter' | 'yes' | 'no', ms = 1000): Event => ({
  type: 'question.answered',
  at: at(ms),
  answer: how,
});
const ask: Event = {type: 'spec.asked', at: T0, path: 'agent.yaml'};
const read: Event = {type: 'spec.read', at: T0, path: 'agent.yaml', spec: specOf()};
const refusedSpec: Event = {type: 'spec.refused', at: T0, path: 'agent.yaml', mistake: 'steps: not a list'};
const started: Event = {
  type: 'build.started',
  at: at(5000),
  specId: 1,
  name: 'agent-node20',
  buildId: 'b_5518',
  templateId: '74',
  status: 201,
  requestId: 'r_1',
};

describe('a spec', () => {
  const asked = told(listed(), ask, read);
  const sent = play(asked, answer('yes'));

  test('is read when asked for; nothing is sent', () => {
    const {state, effects} = play(listed(), {type: 'spec.asked', at: T0, path: 'agent.yaml'});
    expect(effects).toEqual([{do: 'spec.read', path: 'agent.yaml'}]);
    expect(state.builds.reading).toBe('agent.yaml');
  });

  test('what is wrong with it is said', () => {
    const state = told(listed(), ask, refusedSpec);
    expect(state.notice?.text).toBe('agent.yaml: steps: not a list');
  });

  test('Cancel has the focus: Enter and Esc send nothing, typing ahead neither', () => {
    for (const how of ['enter', 'no'] as const) {
      const {state, effects} = play(asked, answer(how));
      expect(effects).toEqual([]);
      expect(state.templates.question).toBeUndefined();
    }
    expect(play(asked, answer('yes', 399)).effects).toEqual([]);
  });

  test('yes sends it once; another waits for its outcome', () => {
    expect(sent.effects).toEqual([{do: 'build', specId: 1, name: 'agent-node20'}]);
    const again = play(sent.state, {type: 'spec.asked', at: at(2000), path: 'b.yaml'});
    expect(again.effects).toEqual([]);
    expect(again.state.notice?.text).toContain('still being sent');
  });

  test('the upload is told as far as it is', () => {
    const state = told(sent.state, {
      type: 'upload.progressed',
      at: at(2000),
      specId: 1,
      sentBytes: 700,
      totalBytes: 2100,
    });
    expect(state.builds.sending).toMatchObject({sentBytes: 700, totalBytes: 2100});
  });

  test('begun: its build is under the cursor, its log open, and the log of events says so', () => {
    const {state} = play(sent.state, started);
    expect(state.view).toBe('builds');
    expect(state.builds).toMatchObject({cursor: 'b_5518', sending: undefined, log: {buildId: 'b_5518'}});
    expect(logLines(state)).toContain('you | build | build b_5518 of agent-node20 started');
  });

  test('somebody who types meanwhile keeps the screen', () => {
    const state = told(sent.state, {type: 'filter.opened', at: at(4000)}, started);
    expect(state.view).toBe('sandboxes');
    expect(state.builds.rows.has('b_5518')).toBe(true);
  });

  test('refused: it can be asked for anew', () => {
    const state = told(sent.state, {
      type: 'build.refused',
      at: at(5000),
      specId: 1,
      name: 'agent-node20',
      failure: failure({kind: 'conflict', message: 'the name exists', mayHaveHappened: false}),
    });
    expect(state.notice?.text).toBe('build of agent-node20 refused: the name exists');
    expect(play(state, {type: 'spec.asked', at: at(6000), path: 'agent.yaml'}).effects).toHaveLength(1);
  });
});

describe('builds that are known', () => {
  const listedTemplates: Event = {type: 'templates.listed', at: T0, asOf: T0, templates: [template()]};
  const shown = told(listed(), {type: 'view.chosen', at: T0, view: 'builds'}, listedTemplates);
  const seen = (over: Parameters<typeof buildStatus>[0], asOf = T0): Event => ({
    type: 'build.observed',
    at: asOf,
    asOf,
    build: buildStatus(over),
  });

  test('are asked for until they are final, and only while they are on the screen', () => {
    const ids = (...events: readonly Event[]) => selectWantedBuilds(told(shown, ...events)).map(({id}) => id);
    expect(ids()).toEqual(['b_5512']);
    expect(ids(seen({buildId: 'b_5512', status: 'building'}))).toEqual(['b_5512']);
    expect(ids(seen({buildId: 'b_5512', status: 'failed'}))).toEqual([]);
    expect(ids({type: 'view.chosen', at: T0, view: 'templates'})).toEqual([]);
  });

  test('one that the server does not know is not asked for again until r', () => {
    const missing = told(shown, {
      type: 'build.unread',
      at: T0,
      buildId: 'b_5512',
      failure: failure({kind: 'not-found', message: 'no such build'}),
    });
    expect(selectWantedBuilds(missing)).toEqual([]);
    expect(selectWantedBuilds(told(missing, {type: 'templates.refreshAsked', at: T0}))).toHaveLength(1);
  });

  test('an older answer says nothing', () => {
    const state = told(shown, seen({buildId: 'b_5512', status: 'failed'}, at(10)), seen({buildId: 'b_5512'}, at(5)));
    expect(state.builds.rows.get('b_5512')?.status?.status).toBe('failed');
  });

  test('one that is named is shown, under the cursor', () => {
    const state = told(listed(), {type: 'build.named', at: T0, buildId: 'b_77'});
    expect(state).toMatchObject({view: 'builds', builds: {cursor: 'b_77'}});
    expect(told(listed(), {type: 'build.named', at: T0, buildId: '../x'}).notice?.text).toBe(
      'no build has such an id: write it as 3 lists it, in letters, digits, dots and dashes',
    );
  });

  test('those that templates no longer name are forgotten but for 200; what was asked for here is not', () => {
    let state = told(shown, {type: 'build.named', at: T0, buildId: 'mine'});
    for (let round = 0; round < 300; round += 1) {
      const templates = [template({buildId: `b_${round}`})];
      state = told(state, {type: 'templates.listed', at: T0 + round, asOf: T0 + round, templates});
    }
    expect(state.builds.rows.size).toBe(202);
    expect(state.builds.rows.has('mine')).toBe(true);
    expect(state.builds.rows.has('b_299')).toBe(true);
  });
});

describe('the log of a build', () => {
  const say = (...texts: readonly string[]): Event => ({
    type: 'buildLog.told',
    at: T0,
    buildId: 'b_1',
    lines: texts.map((text) => ({level: 'INFO', text, at: WALL0})),
  });
  const opened = told(
    listed(),
    {type: 'build.named', at: T0, buildId: 'b_1'},
    {type: 'buildLog.shown', at: T0, buildId: 'b_1'},
    {type: 'buildLog.opened', at: T0, buildId: 'b_1'},
  );
  const logOf = (...events: readonly Event[]) => {
    const {log} = told(opened, ...events).builds;
    if (!log) throw new Error('no log is open');
    return log;
  };

  test('keeps the last 5,000 lines, cut where one is endless', () => {
    const lines = Array.from({length: 5010}, (_, index) => `line ${index}`);
    const log = logOf(say(...lines), say('x'.repeat(9000)));
    expect(ringSize(log.lines)).toBe(5000);
    expect(log.total).toBe(5011);
    expect(logLineAt(log, 10)).toBeUndefined();
    expect(logLineAt(log, 11)?.text).toBe('line 11');
    expect(logLineAt(log, 5010)?.text).toHaveLength(2049);
  });

  test('begins anew when it is opened anew', () => {
    expect(logOf(say('a', 'b'), {type: 'buildLog.opened', at: T0, buildId: 'b_1'}).total).toBe(0);
  });

  test("another build's lines are not taken for its own", () => {
    const other: Event = {type: 'buildLog.told', at: T0, buildId: 'b_2', lines: [{level: undefined, text: 'x', at: 0}]};
    expect(logOf(other).total).toBe(0);
  });

  test('is followed while it is on the screen and until it has ended', () => {
    expect(selectWantedLog(opened)).toEqual({buildId: 'b_1', opening: 1, templateId: undefined});
    expect(selectWantedLog(told(opened, {type: 'view.chosen', at: T0, view: 'events'}))).toBeUndefined();
    const over = told(opened, {
      type: 'buildLog.ended',
      at: T0,
      buildId: 'b_1',
      reason: undefined,
      status: 'active',
    });
    expect(over.builds.log).toMatchObject({phase: 'ended', reason: 'active'});
    expect(selectWantedLog(over)).toBeUndefined();
  });

  test('a search goes to the finds, one after the other and round', () => {
    const searched = [
      say('one', 'Two npm', 'three', 'four NPM'),
      {type: 'buildLog.searchOpened', at: T0},
      {type: 'buildLog.searched', at: T0, text: 'npm'},
      {type: 'buildLog.searchKept', at: T0, first: 0},
    ] as const;
    const next = (first: number, by: 1 | -1 = 1): Event => ({type: 'buildLog.foundNext', at: T0, first, by});
    expect(logOf(...searched).from).toBe(1);
    expect(logOf(...searched, next(1)).from).toBe(3);
    expect(logOf(...searched, next(3)).from).toBe(1);
    expect(logOf(...searched, next(1, -1)).from).toBe(3);
  });

  test('what is held is saved, with times', () => {
    const {effects} = play(told(opened, say('npm ci')), {type: 'buildLog.saveAsked', at: T0});
    expect(effects).toEqual([
      {do: 'save', what: 'log', path: 'hopx-top-b_1.log', text: '2025-11-14T14:02:11.000Z INFO npm ci\n'},
    ]);
  });
});
