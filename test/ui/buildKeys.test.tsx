import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import {reduce} from '../../src/model/reduce.ts';
import type {State} from '../../src/model/state.ts';
import {eventFor, eventForPaste, eventInBurst} from '../../src/ui/keymap.ts';
import {failure, listed, told} from '../model/given.ts';
import {MINUTE, SECOND, T0} from '../support/builders.ts';
import {specOf} from '../support/templates.ts';
import {buildsView, deleteQuestion, logLines, logView, specQuestion, templatesView} from './buildViews.ts';
import {show, sized} from './show.tsx';

const LATER = T0 + SECOND;

/** The state after these keys, on a screen of 80x24. */
const press = (state: State, ...chords: readonly string[]): State =>
  chords.reduce(
    (next, chord) => {
      const event = eventFor(next, chord, LATER);
      return event ? reduce(next, event)[0] : next;
    },
    sized(state, 80, 24),
  );

const meaning = (state: State, chord: string) => eventFor(sized(state, 80, 24), chord, LATER);
const picture = (state: State) => show(state, 80, 24);

describe('templates', () => {
  test('2 and 3 come from the list, Esc goes back', () => {
    expect(press(listed(), '2').view).toBe('templates');
    expect(press(listed(), '3').view).toBe('builds');
    expect(press(templatesView, 'escape').view).toBe('sandboxes');
  });

  test('j k g G move the cursor', () => {
    const cursor = (...chords: readonly string[]) => press(templatesView, ...chords).templates.cursor;
    expect(cursor('G')).toBe('1');
    expect(cursor('G', 'k')).toBe('odd');
    expect(cursor('G', 'g', 'j')).toBe('73');
  });

  test('N opens the form for a sandbox of it, B that of a spec', () => {
    expect(meaning(press(templatesView, 'g'), 'N')).toEqual({
      type: 'form.opened',
      at: LATER,
      form: 'create',
      values: {template: 'agent-node20'},
    });
    expect(meaning(templatesView, 'B')).toEqual({type: 'form.opened', at: LATER, form: 'build'});
    expect(meaning(buildsView, 'B')).toMatchObject({type: 'form.opened', form: 'build'});
  });

  test('in a read-only session nothing is made, and it is said why', () => {
    const state = {...templatesView, session: {...templatesView.session, readonly: true}};
    for (const chord of ['N', 'B', 'D']) expect(press(state, chord).notice?.text).toContain('read-only');
    expect(picture(state)).not.toContain('D delete');
  });

  test('D says by how many it is used', () => {
    expect(press(templatesView, 'g', 'j', 'D').notice?.text).toBe('delete: blocked: 4 sandboxes use it');
  });

  test('Enter goes to its build', () => {
    expect(press(templatesView, 'g', 'enter')).toMatchObject({view: 'builds', builds: {cursor: 'b_5518'}});
  });

  test('r reads them, and the sandboxes too', () => {
    expect(meaning(templatesView, 'r')).toEqual({type: 'templates.refreshAsked', at: LATER});
    expect(meaning(listed(), 'r')).toEqual({type: 'refresh.asked', at: LATER});
  });

  test('keys that come in a burst answer nothing', () => {
    expect(eventInBurst(specQuestion, 'y', LATER)).toMatchObject({type: 'notice.shown'});
    expect(eventInBurst(deleteQuestion, 'enter', LATER)).toMatchObject({type: 'notice.shown'});
  });

  test('a paste is no word', () => {
    expect(eventForPaste(deleteQuestion, 'de20', LATER)).toEqual({type: 'paste.ignored', at: LATER});
  });

  test('the word is typed', () => {
    expect(picture(press(deleteQuestion, 'd', 'e'))).toContain('Type de20 to delete it: de');
  });
});

describe('how sure the list is', () => {
  const said = (...events: readonly Event[]) => picture(told(templatesView, ...events));
  const lost: Event = {type: 'templates.stream', at: T0, isOpen: false, reason: 'reset'};

  test('live, stale since the stream broke, polled without one, failed', () => {
    expect(said()).toMatch(/4 templates +1 building +LIVE/);
    expect(said(lost)).toMatch(/STALE as of 14:02:11 \(reset\)/);
    const polled: Event = {type: 'templates.listed', at: T0, asOf: T0, templates: []};
    expect(said(lost, polled)).toMatch(/0 templates +POLL \(reset\)/);
    const broken: Event = {type: 'templates.failed', at: T0, failure: failure({message: 'the server has an error'})};
    expect(said(broken)).toContain('FAILED as of 14:02:11 (the server has an error)');
  });

  test('a list that was polled long ago is stale', () => {
    const polled: Event = {type: 'templates.listed', at: T0, asOf: T0 - MINUTE, templates: []};
    expect(said(lost, polled)).toContain('STALE as of 14:01:11');
  });

  test('before the first list, without one, and with none in it', () => {
    const looking = told(listed(), {type: 'view.chosen', at: T0, view: 'templates'});
    expect(picture(looking)).toContain('Reading the templates from api.hopx.dev');
    expect(picture(looking)).toContain('? templates');
    const broken: Event = {type: 'templates.failed', at: T0, failure: failure({message: 'no answer'})};
    expect(picture(told(looking, broken))).toContain('The templates cannot be read.');
    const none: Event = {type: 'templates.listed', at: T0, asOf: T0, templates: []};
    expect(picture(told(looking, none))).toContain('No templates.');
  });
});

describe('a spec', () => {
  test('more files than lines are scrolled through', () => {
    const listing = Array.from({length: 40}, (_, index) => ({path: `app/${index}.js`, bytes: index}));
    const asked = told(
      buildsView,
      {type: 'spec.asked', at: T0, path: 'agent.yaml'},
      {type: 'spec.read', at: T0, path: 'agent.yaml', spec: specOf({listing, files: 40})},
    );
    expect(picture(asked)).toContain('app/0.js');
    const scrolled = press(asked, 'j', 'j');
    expect(picture(scrolled)).not.toContain('app/1.js');
    expect(picture(scrolled)).toMatch(/3 of 40/);
    expect(picture(press(asked, ...Array.from({length: 60}, () => 'down')))).toContain('app/39.js');
  });

  test('what is sent is told while it leaves', () => {
    const sending = press(specQuestion, 'y');
    expect(picture(sending)).toContain('sending agent-node20  nothing has left yet');
    const on: Event = {type: 'upload.progressed', at: T0, specId: 1, sentBytes: 1024, totalBytes: 2048};
    expect(picture(told(sending, on))).toMatch(/sending agent-node20 +━+╌+ 50% +1\.0K of 2\.0K/);
    const held: Event = {type: 'build.queued', at: T0, specId: 1, until: T0 + 20 * SECOND};
    expect(picture(told(sending, held))).toContain('waits 20s for the request limit');
  });
});

describe('a log', () => {
  test('the end is followed until it is scrolled, and again after G', () => {
    const up = press(logView, 'pageup');
    const more = told(up, logLines(5));
    expect(picture(more)).toMatch(/line 41 of 65$/m);
    expect(picture(press(more, 'G'))).toContain('line 65 of 65, following');
    expect(picture(told(press(more, 'G'), logLines(5)))).toContain('line 70 of 70, following');
  });

  test('g goes to the first line, pages go on without a hole', () => {
    const first = press(logView, 'g');
    expect(picture(first)).toContain('[0] RUN');
    expect(picture(first)).toContain('line 19 of 60');
    expect(picture(press(first, 'pagedown'))).toContain('[19] RUN');
    expect(picture(press(first, 'pagedown', 'pagedown', 'pagedown'))).toContain('following');
  });

  test('w shows the whole of long lines, t takes the times away', () => {
    const wrapped = press(logView, 'g', 'w');
    expect(picture(wrapped)).toContain('xxx yyy zzz');
    expect(picture(press(wrapped, 'pagedown'))).toMatch(/INFO +\[10\] RUN/);
    expect(picture(press(logView, 't'))).not.toContain('14:02:10');
  });

  test('/ finds, n goes on, Esc ends the search and then closes the log', () => {
    const found = press(logView, '/', 'A', 'd', 'd', 'e', 'd', 'enter');
    expect(picture(found)).toContain('added 812 packages');
    expect(found.builds.log?.from).toBe(3);
    expect(press(found, 'n').builds.log?.from).toBe(3);
    const ended = press(found, 'escape');
    expect(ended.builds.log?.search).toBe('');
    expect(press(ended, 'escape').builds.log).toBeUndefined();
  });

  test('what is not there is said', () => {
    expect(press(logView, '/', 'q', 'q', 'enter').notice?.text).toBe('"qq" is not in the log');
  });

  test('lost and ended are said, with the last word', () => {
    const lost: Event = {type: 'buildLog.lost', at: T0, buildId: 'b_5518', reason: 'reset'};
    expect(picture(told(logView, lost))).toContain('LOST, it is tried again: reset');
    const over: Event = {type: 'buildLog.ended', at: T0, buildId: 'b_5518', reason: undefined, status: 'active'};
    expect(picture(told(logView, over))).toContain('ENDED: active');
  });
});

test('an empty view of builds says that the API lists none', () => {
  const empty = told(listed(), {type: 'view.chosen', at: T0, view: 'builds'});
  expect(picture(empty)).toContain('The API lists no builds');
});
