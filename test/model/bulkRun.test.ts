import {describe, expect, test} from 'vitest';
import {T0, WALL0} from '../support/builders.ts';
import {failure, gone, observed, patch, ticks, told} from './given.ts';

import {
  accepted,
  admitted,
  at,
  enter,
  fleetOf,
  kind,
  live,
  markAll,
  outcomes,
  plan,
  readIds,
  refusal,
  sentIds,
  typed,
  type World,
  yes,
} from './many.ts';

describe('an act on many', () => {
  const pausing = (count: number, world: World = kind) =>
    live(told(fleetOf(count), markAll, plan('pause')), [yes()], world);

  test('is done one by one, and accounted for', () => {
    const {state, effects} = pausing(5);
    expect(sentIds(effects)).toEqual(['s00', 's01', 's02', 's03', 's04']);
    expect(state.bulk?.counts).toMatchObject({done: 5, waiting: 0, running: 0, failed: 0});
    expect(state.bulk?.endedAt).toBeDefined();
    expect(state.bulk?.items.get('s00')).toMatchObject({text: 'paused', status: 200, requestId: 'req_s00'});
    expect([state.marks.size, state.acts.size]).toEqual([0, 0]);
  });

  test('has no more than three on their way at once', () => {
    const {state, effects} = pausing(9, {
      reply: (effect, ms) => (effect.do === 'act' ? [admitted(ms, effect.id)] : []),
    });
    expect([sentIds(effects).length, state.bulk?.counts.running, state.bulk?.counts.waiting]).toEqual([3, 3, 6]);
  });

  test('reads what was told too long ago, and not what is fresh', () => {
    const old = told(fleetOf(3), ...ticks(1000, 70_000), observed(70_000, patch('s01', {region: 'eu-west'})), {
      type: 'marks.allShown',
      ...at(70_600),
    });
    const {effects} = live(old, [plan('pause', 70_700), yes(71_200)], {
      reply: (effect, ms) => kind.reply(effect, ms + 70_500),
    });
    expect(readIds(effects)).toEqual(['s00', 's02']);
    expect(sentIds(effects).toSorted()).toEqual(['s00', 's01', 's02']);
  });

  test('asks before every delete, and a sandbox that went meanwhile is done', () => {
    const asked = told(fleetOf(3), markAll, plan('delete'), typed('delete 3'));
    const {state, effects} = live(asked, [enter(), ...ticks(1000, 6000)], {
      reply: (effect, ms) =>
        effect.do === 'read' && effect.id === 's01'
          ? [gone(ms + 5000, 's01', {via: 'read'})]
          : kind.reply(effect, ms + 5000),
    });
    expect([readIds(effects), sentIds(effects)]).toEqual([
      ['s00', 's01', 's02'],
      ['s00', 's02'],
    ]);
    expect(outcomes(state)).toEqual(['s00 done', 's01 done', 's02 done']);
    expect(state.bulk?.items.get('s01')?.text).toBe('gone already: nothing left to delete');
  });

  test('404 on a delete is done', () => {
    const asked = told(fleetOf(1), markAll, plan('delete'), typed('delete 1'));
    const {state} = live(asked, [enter(), ...ticks(1000, 6000)], {
      reply(effect, ms) {
        if (effect.do !== 'send') return kind.reply(effect, ms + 5000);
        return [refusal(ms + 5000, 'delete', effect.id, {kind: 'not-found', status: 404})];
      },
    });
    expect(outcomes(state)).toEqual(['s00 done']);
  });

  test('of deletes waits five seconds, in which u takes all of it back', () => {
    const agreed = live(
      told(fleetOf(3), markAll, plan('delete'), typed('delete 3')),
      [enter(), ...ticks(1000, 3000)],
      kind,
    );
    expect(agreed.effects).toEqual([]);
    const {state, effects} = live(agreed.state, [{type: 'action.undone', ...at(3500)}], kind);
    expect([effects, outcomes(state)]).toEqual([[], ['s00 waiting', 's01 waiting', 's02 waiting']]);
    expect(state.notice?.text).toBe('delete of 3 taken back: nothing was sent');
    expect(live(state, ticks(4000, 9000), kind).effects).toEqual([]);
    // It is over: neither Enter nor the next plan brings it back.
    expect(live(state, [{type: 'bulk.resumed', ...at(4000)}, ...ticks(4000, 12_000)], kind).effects).toEqual([]);
  });

  test('stops after three failures in a row, and says what was not tried', () => {
    const {state, effects} = pausing(9, {
      reply(effect, ms) {
        if (effect.do !== 'send') return kind.reply(effect, ms);
        return [refusal(ms, 'pause', effect.id, {kind: 'forbidden', message: 'not yours', status: 403})];
      },
    });
    expect(state.bulk?.pausedBy).toBe('3 failures in a row, the last: refused: not yours');
    expect(state.bulk?.counts.running).toBe(0);
    expect(sentIds(effects).length).toBeLessThanOrEqual(5);
    expect(state.bulk?.counts.waiting).toBe(9 - sentIds(effects).length);
  });

  test('a success between failures begins the row anew', () => {
    const {state} = pausing(9, {
      reply(effect, ms) {
        const isBad = effect.do === 'send' && Number(effect.id.slice(1)) % 3 !== 0;
        if (!isBad) return kind.reply(effect, ms);
        return [refusal(ms, 'pause', effect.id, {kind: 'conflict', status: 409})];
      },
    });
    expect(state.bulk?.counts).toMatchObject({done: 3, failed: 6, waiting: 0});
  });

  test('a key that is no good any more stops it at once', () => {
    const {state, effects} = pausing(6, {
      reply(effect, ms) {
        if (effect.do !== 'send') return kind.reply(effect, ms);
        return [refusal(ms, 'pause', effect.id, {kind: 'payment', message: 'no balance', status: 402})];
      },
    });
    expect(state.bulk?.pausedBy).toBe('refused: no balance');
    expect(sentIds(effects).length).toBeLessThanOrEqual(3);
  });

  test('without an answer is unknown, is read, and is never sent again', () => {
    const {state, effects} = pausing(1, {
      reply(effect, ms) {
        if (effect.do === 'send')
          return [{type: 'action.unknown', ...at(ms), action: 'pause', id: effect.id, failure: failure()}];
        return effect.do === 'read'
          ? [observed(ms, patch(effect.id, {status: 'paused'}), {via: 'read'})]
          : kind.reply(effect, ms);
      },
    });
    expect([sentIds(effects), outcomes(state)]).toEqual([['s00'], ['s00 done']]);
  });

  test('out of reach of the server puts back what it could not ask about, and stands still', () => {
    const old = told(fleetOf(5), ...ticks(1000, 70_000), {type: 'marks.allShown', ...at(70_100)});
    const {state, effects} = live(old, [plan('pause', 70_200), yes(70_700)], {
      reply: (effect, ms) =>
        effect.do === 'read'
          ? [
              {
                type: 'read.failed',
                ...at(ms + 70_000),
                id: effect.id,
                failure: failure({kind: 'unreachable', status: undefined, message: 'no route', mayHaveHappened: false}),
              },
            ]
          : [],
    });
    expect([sentIds(effects), state.bulk?.counts.waiting, state.bulk?.counts.failed]).toEqual([[], 5, 0]);
    expect(state.bulk?.pausedBy).toBe('3 failures in a row, the last: pause not sent: no route');
  });

  test('paused by Esc sends no more; resumed it goes on with those not tried, and nobody is asked twice', () => {
    const held: World = {reply: (effect, ms) => (effect.do === 'act' ? [admitted(ms, effect.id)] : [])};
    const going = live(told(fleetOf(6), markAll, plan('pause')), [yes()], held);
    const halted = {...going, state: told(going.state, {type: 'bulk.paused', ...at(1500)})};
    const answers = sentIds(halted.effects).flatMap((id) => [
      accepted(2000, 'pause', id),
      observed(2500, patch(id, {status: 'paused'})),
    ]);
    const quiet = live(halted.state, answers, kind);
    expect([sentIds(quiet.effects), quiet.state.bulk?.counts]).toMatchObject([[], {done: 3, waiting: 3}]);
    const resumed = live(quiet.state, [{type: 'bulk.resumed', ...at(3000)}], kind);
    expect(sentIds(resumed.effects)).toEqual(['s03', 's04', 's05']);
    expect(resumed.state.bulk?.counts).toMatchObject({done: 6, waiting: 0});
  });

  test('429 is a wait and no failure', () => {
    let refusals = 2;
    const {state, effects} = pausing(3, {
      reply(effect, ms) {
        if (effect.do !== 'send' || refusals === 0) return kind.reply(effect, ms);
        refusals -= 1;
        return [
          {
            type: 'action.queued',
            ...at(ms),
            id: effect.id,
            until: T0 + ms + 30_000,
            failure: failure({kind: 'rate-limited', status: 429, mayHaveHappened: false}),
          },
        ];
      },
    });
    expect(state.bulk?.counts).toMatchObject({done: 3, failed: 0});
    expect(sentIds(effects).length).toBe(5);
  });

  test('does nothing to what has changed since: it is left out', () => {
    const held = live(
      told(fleetOf(4), markAll, plan('pause')),
      [yes(), observed(850, patch('s03', {status: 'stopped'}))],
      {
        reply: () => [],
      },
    );
    const queued = held.effects.flatMap((effect) => (effect.do === 'act' ? [admitted(1000, effect.id)] : []));
    const {state, effects} = live(held.state, queued, kind);
    expect(sentIds(effects)).not.toContain('s03');
    expect(state.bulk?.items.get('s03')).toMatchObject({phase: 'skipped'});
  });

  test('that sleeps with the machine stands still, and nothing leaves late', () => {
    const held = live(told(fleetOf(3), markAll, plan('pause')), [yes()], {reply: () => []});
    const {state} = live(held.state, [{type: 'clock.ticked', at: T0 + 1500, wall: WALL0 + 3_601_500}], {
      reply: () => [],
    });
    expect(state.bulk?.counts).toMatchObject({waiting: 3, running: 0});
    expect(state.bulk?.pausedBy).toContain('slept');
  });

  test('leaves alone what is pinned after the plan was agreed to', () => {
    const agreed = live(told(fleetOf(2), markAll, plan('delete'), typed('delete 2')), [enter()], kind).state;
    const pinned = {...agreed, pinned: agreed.pinned.add('s00')};
    const {state, effects} = live(pinned, ticks(1000, 6000), {reply: (effect, ms) => kind.reply(effect, ms + 5000)});
    expect([sentIds(effects), outcomes(state)]).toEqual([['s01'], ['s00 skipped', 's01 done']]);
  });
});

test('thousands that went meanwhile are passed over in one go', () => {
  const agreed = live(told(fleetOf(6000), markAll, plan('pause')), [yes()], {reply: () => []}).state;
  const nobody = {...agreed, rows: agreed.rows.map((row) => ({...row, sandbox: {...row.sandbox, status: 'stopped'}}))};
  const queued = [...nobody.acts.keys()].map((id) => admitted(1000, id));
  const {state, effects} = live(nobody, queued, kind);
  expect([state.bulk?.counts.skipped, sentIds(effects)]).toEqual([6000, []]);
});
