import {describe, expect, test} from 'vitest';
import {reduce} from '../../src/model/reduce.ts';
import {WALL0} from '../support/builders.ts';
import {observed, patch, shownIds, told} from './given.ts';

import {
  admitted,
  at,
  enter,
  fleetOf,
  kind,
  live,
  markAll,
  outcomes,
  plan,
  refusal,
  sentIds,
  typed,
  yes,
} from './many.ts';

describe('a timeout for many', () => {
  const HOUR = 3600;
  const leaked = fleetOf(4, (index) => (index < 3 ? {expiresAt: null, timeoutSeconds: null} : {}));

  test('that ends what never ended, or ends it sooner, is typed with its count', () => {
    const state = told(leaked, markAll, plan('timeout', 200, 2 * HOUR));
    expect(state.plan).toMatchObject({word: 'timeout 4', shortened: 3});
  });

  test('that only lengthens is a yes', () => {
    const state = told(fleetOf(2), markAll, plan('timeout', 200, 2 * HOUR));
    expect(state.plan).toMatchObject({word: undefined, shortened: 0});
  });

  test('gives each exactly that', () => {
    const {state, effects} = live(
      told(leaked, markAll, plan('timeout', 200, 2 * HOUR), typed('timeout 4')),
      [enter()],
      kind,
    );
    const seconds = effects.flatMap((effect) => (effect.do === 'send' ? [effect.timeoutSeconds] : []));
    expect(seconds).toEqual([7200, 7200, 7200, 7200]);
    expect(state.bulk?.counts).toMatchObject({done: 4, failed: 0});
    expect(shownIds(state).map((id) => state.rows.get(id)?.sandbox.timeoutSeconds)).toEqual([7200, 7200, 7200, 7200]);
  });

  test('to which only a longer life was agreed passes over one that would now live shorter', () => {
    const held = live(
      told(fleetOf(2), markAll, plan('timeout', 200, 2 * HOUR)),
      [yes(), observed(850, patch('s01', {expiresAt: null}))],
      {
        reply: () => [],
      },
    );
    const queued = held.effects.flatMap((effect) => (effect.do === 'act' ? [admitted(1000, effect.id)] : []));
    const {state, effects} = live(held.state, queued, kind);
    expect([sentIds(effects), outcomes(state)]).toEqual([['s00'], ['s00 done', 's01 skipped']]);
  });

  test('of which one would live shorter is a word about that one: another to which that happens since is left out', () => {
    const ends = [{expiresAt: WALL0 + 10 * HOUR * 1000}, {expiresAt: WALL0 + HOUR * 1000}];
    const asked = told(
      fleetOf(2, (index) => ends[index] ?? {}),
      markAll,
      plan('timeout', 200, 2 * HOUR),
      typed('timeout 2'),
    );
    expect(asked.plan?.shortened).toBe(1);
    const held = live(asked, [enter(), observed(850, patch('s01', {expiresAt: WALL0 + 20 * HOUR * 1000}))], {
      reply: () => [],
    });
    const queued = held.effects.flatMap((effect) => (effect.do === 'act' ? [admitted(1000, effect.id)] : []));
    const {state, effects} = live(held.state, queued, kind);
    expect([sentIds(effects), outcomes(state)]).toEqual([['s00'], ['s00 done', 's01 skipped']]);
  });

  test('is asked anew when it would shorten others than those it named', () => {
    const asked = told(
      fleetOf(2, (index) => ({expiresAt: WALL0 + (index === 0 ? 10 : 1) * HOUR * 1000})),
      markAll,
      plan('timeout', 200, 2 * HOUR),
      typed('timeout 2'),
      observed(720, patch('s00', {expiresAt: WALL0 + HOUR * 1000})),
      observed(730, patch('s01', {expiresAt: WALL0 + 10 * HOUR * 1000})),
    );
    const {state, effects} = live(asked, [enter()], kind);
    expect([effects, state.plan?.changed, state.plan?.typed]).toEqual([
      [],
      '1 more of them would now live shorter',
      '',
    ]);
  });

  test('of one marked goes through the plan as well', () => {
    const one = told(fleetOf(2), {type: 'mark.toggled', ...at(100), id: 's01'});
    const sent = told(
      one,
      {type: 'form.opened', ...at(200), form: 'timeout', ids: ['s01'], values: {timeout: '2h'}},
      {type: 'form.submitted', ...at(700)},
    );
    expect([sent.plan?.ids, sent.acts.size]).toEqual([['s01'], 0]);
  });
});

test('the ledger can be written, and those that failed marked for a plan of their own', () => {
  const {state} = live(told(fleetOf(3), markAll, plan('pause')), [yes()], {
    reply(effect, ms) {
      if (effect.do !== 'send' || effect.id !== 's01') return kind.reply(effect, ms);
      return [
        refusal(ms, 'pause', effect.id, {
          kind: 'conflict',
          message: 'busy',
          status: 409,
          mayHaveHappened: false,
          requestId: 'req_9',
        }),
      ];
    },
  });
  const [marked] = reduce(state, {type: 'ledger.failedMarked', ...at(9000)});
  expect([...marked.marks]).toEqual(['s01']);
  const [, save] = reduce(state, {type: 'ledger.written', ...at(9000)});
  const lines =
    save?.do === 'save'
      ? save.text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
      : [];
  expect(lines[0]).toMatchObject({ledger: 'pause', count: 3, counts: {done: 2, failed: 1}});
  expect(lines[2]).toEqual({id: 's01', outcome: 'failed', text: 'refused: busy', status: 409, request_id: 'req_9'});
});
