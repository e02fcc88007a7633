import {describe, expect, test} from 'vitest';
import {apiError, failureOf} from '../../src/api/errors.ts';
import type {Api} from '../../src/api/types.ts';
import type {ViewId} from '../../src/model/views.ts';
import {createTemplates} from '../../src/runtime/templates.ts';
import {fleet} from '../support/builders.ts';
import {answered} from '../support/fakeApi.ts';
import {settle} from '../support/settle.ts';
import {template} from '../support/templates.ts';
import {bench} from './ports.ts';

/** Templates followed while `view` is on the screen, told every second as the session does. */
function following(script: Partial<Api> = {}) {
  const made = bench({listTemplates: async () => answered([template()]), ...script});
  const runner = createTemplates(made.ports);
  const pass = async (seconds: number, view: ViewId = 'templates') => {
    for (let passed = 0; passed < seconds; passed += 1) {
      runner.sync(fleet([], {view}));
      await settle();
      made.clock.advance(1000);
    }
    runner.sync(fleet([], {view}));
    await settle();
  };
  const reads = () => made.calls.filter(({method}) => method === 'listTemplates').length;
  const push = async (signal: Parameters<(typeof made.templateStreams)[number]['push']>[0]) => {
    made.templateStreams.at(-1)?.push(signal);
    await settle();
  };
  return {...made, runner, pass, reads, push};
}

describe('while they are on the screen', () => {
  test('the stream is opened first, then the list is read', async () => {
    const {pass, push, reads, types, stop} = following();
    await pass(1);
    expect(reads()).toBe(0);
    await push({type: 'opened'});
    expect(types()).toEqual(['templates.stream', 'templates.listed']);
    await stop();
  });

  test('nothing is asked for while another view is', async () => {
    const {pass, templateStreams, calls, stop} = following();
    await pass(30, 'sandboxes');
    expect([...templateStreams, ...calls]).toEqual([]);
    await stop();
  });

  test('what changed is taken over at once, and the list read once it is quiet: it may have been a delete', async () => {
    const {pass, push, reads, events, stop} = following();
    await pass(1);
    await push({type: 'opened'});
    await pass(20);
    await push({type: 'message', value: [template({status: 'building'})]});
    expect(events.at(-1)).toMatchObject({type: 'templates.observed', templates: [{status: 'building'}]});
    expect(reads()).toBe(1);
    await pass(3);
    expect(reads()).toBe(2);
    await stop();
  });

  test('after a reconnect the list is read anew', async () => {
    const {pass, push, reads, stop} = following();
    await pass(1);
    await push({type: 'opened'});
    await push({type: 'lost', failure: failureOf('unreachable', 'reset'), attempt: 1, retryInMs: 1000});
    await push({type: 'opened'});
    expect(reads()).toBe(3);
    await stop();
  });

  test('without a stream the list is read every ten seconds', async () => {
    const {pass, push, reads, events, stop} = following();
    await pass(1);
    await push({type: 'ended', failure: failureOf('unsupported', 'no stream here', {status: 404})});
    expect(events[0]).toMatchObject({type: 'templates.stream', isOpen: false, reason: 'no stream here'});
    await pass(31);
    expect(reads()).toBe(4);
    await stop();
  });

  test('a stream that does not answer is not waited for', async () => {
    const {pass, reads, stop} = following();
    await pass(4);
    expect(reads()).toBe(0);
    await pass(2);
    expect(reads()).toBe(1);
    await stop();
  });

  test('a denied key is not tried again until r', async () => {
    const {pass, push, reads, runner, types, stop} = following();
    await pass(1);
    await push({type: 'ended', failure: failureOf('unauthorized', 'no', {status: 401})});
    await pass(60);
    expect(reads()).toBe(0);
    expect(types()).toContain('templates.failed');
    runner.read();
    await settle();
    expect(reads()).toBe(1);
    await stop();
  });

  test('r reads the list, and tries a stream that was given up', async () => {
    const {pass, push, reads, runner, templateStreams, stop} = following();
    await pass(1);
    await push({type: 'ended', failure: failureOf('unsupported', 'no', {status: 404})});
    runner.read();
    await pass(1);
    expect(templateStreams).toHaveLength(2);
    expect(reads()).toBe(2);
    await stop();
  });
});

describe('when they are left', () => {
  test('for a moment nothing is closed, after a minute it is', async () => {
    const {pass, push, templateStreams, events, stop} = following();
    await pass(1);
    await push({type: 'opened'});
    await pass(50, 'events');
    await pass(2, 'builds');
    expect(templateStreams[0]?.isOver()).toBe(false);
    await pass(61, 'sandboxes');
    expect(templateStreams[0]?.isOver()).toBe(true);
    expect(events.at(-1)).toMatchObject({type: 'templates.stream', isOpen: false, reason: undefined});
    await pass(1);
    expect(templateStreams).toHaveLength(2);
    await stop();
  });

  test('the end of the session leaves nothing', async () => {
    const {pass, push, templateStreams, mistakes, stop} = following();
    await pass(1);
    await push({type: 'opened'});
    await stop();
    expect(templateStreams[0]?.isOver()).toBe(true);
    expect(mistakes).toEqual([]);
  });
});

describe('a delete', () => {
  const removing = async (deleteTemplate: Api['deleteTemplate']) => {
    const made = following({deleteTemplate});
    const done = made.runner.remove('73');
    await settle();
    return {...made, done, sent: () => made.calls.filter(({method}) => method === 'deleteTemplate').length};
  };

  test('is sent once', async () => {
    const {events, sent} = await removing(async () => answered(undefined, {status: 204, requestId: 'r_9'}));
    expect(events).toEqual([{type: 'template.deleted', at: 0, id: '73', status: 204, requestId: 'r_9'}]);
    expect(sent()).toBe(1);
  });

  test('404 is done', async () => {
    const {events} = await removing(async () => {
      throw apiError('not-found', 'no such template', {status: 404});
    });
    expect(events).toMatchObject([{type: 'template.deleted', status: 404}]);
  });

  test.each([
    ['conflict', false],
    ['forbidden', false],
    ['timed-out', true],
    ['server', true],
  ] as const)('%s: it is kept, and never sent again', async (kind, mayHaveHappened) => {
    const {events, sent, clock} = await removing(async () => {
      throw apiError(kind, 'no', {mayHaveHappened});
    });
    clock.advance(60_000);
    await settle();
    expect(events).toMatchObject([{type: 'template.kept', failure: {kind, mayHaveHappened}}]);
    expect(sent()).toBe(1);
  });

  test('429 was not carried out: it is told, and asks for leave once the server allows', async () => {
    const {events, clock, runner, types} = await removing(async () => {
      throw apiError('rate-limited', 'slow down', {retryAfterMs: 5000});
    });
    expect(events).toMatchObject([{type: 'template.queued', id: '73', until: 5000, failure: {kind: 'rate-limited'}}]);
    const asked = runner.ask('73', 5000);
    clock.advance(5000);
    await asked;
    expect(types().at(-1)).toBe('template.admitted');
  });

  test('taken back while it waits, it lets go of its place', async () => {
    const {ports, runner, types, clock} = following();
    ports.governor.refuse(5000);
    const asked = runner.ask('73');
    await settle();
    runner.sync(fleet([], {view: 'sandboxes'}));
    await asked;
    clock.advance(10_000);
    await settle();
    expect(types()).toEqual(['template.queued']);
  });
});
