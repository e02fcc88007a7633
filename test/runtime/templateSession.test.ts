import {expect, test} from 'vitest';
import {answered} from '../support/fakeApi.ts';
import {buildStatus, template} from '../support/templates.ts';
import {listOf, start} from './sessionBench.ts';

test('in a session: chosen, the views are filled, live; left and ended, nothing remains', async () => {
  const {store, connect, pass, clock, templateStreams, stop} = start({
    script: {
      ...listOf(['a']),
      listTemplates: async () => answered([template()]),
      buildStatus: async (buildId) => answered(buildStatus({buildId, status: 'active'})),
    },
  });
  await connect();
  store.dispatch({type: 'view.chosen', at: clock.monotonic(), view: 'builds'}, 'key');
  await pass(2_000);
  templateStreams[0]?.push({type: 'opened'});
  await pass(3_000);
  const {templates, builds} = store.getState();
  expect(templates).toMatchObject({phase: 'live', isOpen: true, cursor: '73'});
  expect(builds.rows.get('b_5512')?.status?.status).toBe('active');
  await stop();
  expect(templateStreams[0]?.isOver()).toBe(true);
});
