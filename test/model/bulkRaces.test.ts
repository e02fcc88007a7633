import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import {T0, WALL0} from '../support/builders.ts';
import {failure, gone, observed, patch, tick, ticks, told} from './given.ts';
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
  sentIds,
  typed,
  type World,
  yes,
} from './many.ts';

/** Lets all leave and answers nothing. */
const silent: World = {reply: (effect, ms) => (effect.do === 'act' ? [admitted(ms, effect.id)] : [])};

const turnedBack = (ms: number, id: string, until: number): Event => ({
  type: 'action.queued',
  ...at(ms),
  id,
  until: T0 + until,
  failure: failure({kind: 'rate-limited', status: 429, mayHaveHappened: false}),
});

const pausing = (count: number, world: World = silent) =>
  live(told(fleetOf(count), markAll, plan('pause')), [yes()], world);

describe('one of many that the server turned back with 429 after all was paused', () => {
  const answered = () => {
    const halted = told(pausing(3).state, {type: 'bulk.paused', ...at(1500)});
    return live(halted, [turnedBack(1600, 's00', 9000)], kind);
  };

  test('is not sent again while it stands still', () => {
    const {state, effects} = answered();
    expect(sentIds(effects)).toEqual([]);
    expect(outcomes(state)).toEqual(['s00 waiting', 's01 running', 's02 running']);
    expect(state.acts.has('s00')).toBe(false);
  });

  test('is sent once it goes on, and once only', () => {
    const {state, effects} = live(answered().state, [{type: 'bulk.resumed', ...at(3000)}], kind);
    expect(sentIds(effects)).toEqual(['s00']);
    expect(outcomes(state)?.[0]).toBe('s00 done');
  });
});

describe('another act on one of many', () => {
  const ofOther = (action: 'extend' | 'delete', ms: number) =>
    ({type: 'action.asked', ...at(ms), action, id: 's03'}) as const;

  test('that is on its way when its turn comes stays on its way, and that one is left out', () => {
    const going = told(pausing(4).state, {type: 'ledger.closed', ...at(1500)});
    const extending = live(going, [ofOther('extend', 1600)], silent);
    expect(sentIds(extending.effects)).toEqual(['s03']);
    const {state, effects} = live(extending.state, [accepted(2000, 'pause', 's00')], silent);
    expect([state.acts.get('s03')?.action, state.acts.get('s03')?.phase]).toEqual(['extend', 'sent']);
    expect(outcomes(state)?.[3]).toBe('s03 skipped');
    expect(sentIds(effects)).toEqual([]);
    const text = state.bulk?.items.get('s03')?.text;
    expect(text).toBe('not sent: another act on it is under way');
  });

  test('that waits for its grace is neither lost nor said to be over', () => {
    const going = told(
      pausing(4).state,
      {type: 'ledger.closed', ...at(1500)},
      ofOther('delete', 1600),
      typed('s03', 2100),
      {type: 'dialog.answered', ...at(2200), answer: 'enter'},
    );
    expect(going.acts.get('s03')?.phase).toBe('grace');
    const {state} = live(going, [accepted(2300, 'pause', 's00')], silent);
    expect(state.acts.get('s03')?.phase).toBe('grace');
  });
});

describe('an act on thousands', () => {
  test('of which the server turns out not to have the route leaves all the rest out, at once', () => {
    const many = 15_000;
    const first = told(fleetOf(many), markAll, plan('stop'));
    const {state} = live(first, [yes()], {
      reply(effect, ms) {
        if (effect.do === 'read') return [observed(ms, patch(effect.id), {via: 'read'})];
        if (effect.do !== 'send') return kind.reply(effect, ms);
        const no = failure({kind: 'not-found', status: 404, mayHaveHappened: false});
        return [{type: 'action.refused', ...at(ms), action: 'stop', id: effect.id, failure: no}];
      },
    });
    expect(state.bulk?.counts).toMatchObject({running: 0, accepted: 0});
    expect((state.bulk?.counts.skipped ?? 0) + (state.bulk?.counts.waiting ?? 0)).toBeGreaterThan(many - 10);
  });

  test('all of which were pinned meanwhile is over, and changed nothing', () => {
    const many = 15_000;
    const planned = told(fleetOf(many), markAll, plan('delete'), typed(`delete ${many}`), enter());
    const pinned = {...planned, pinned: planned.rows.keySeq().toSet()};
    const {state} = live(pinned, ticks(1000, 7000), kind);
    expect(state.bulk?.counts).toMatchObject({skipped: many, waiting: 0});
    expect(state.bulk?.endedAt).toBeDefined();
  });
});

describe('an act on many that stands still', () => {
  test('does not stand in the way of another: its ledger makes room', () => {
    const asked = told(fleetOf(3), markAll, plan('delete'), typed('delete 3'), enter(), {
      type: 'action.undone',
      ...at(2000),
    });
    const {state, effects} = live(
      told(asked, {type: 'ledger.closed', ...at(2100)}, {type: 'marks.allShown', ...at(2200)}, plan('pause', 2300)),
      [yes(2800)],
      kind,
    );
    expect(sentIds(effects)).toEqual(['s00', 's01', 's02']);
    expect(effects.filter((effect) => effect.do === 'send' && effect.action === 'delete')).toEqual([]);
    expect(state.bulk?.counts.done).toBe(3);
  });

  test('keeps its ledger until all that left is decided', () => {
    const halted = told(
      pausing(6).state,
      {type: 'bulk.paused', ...at(1500)},
      {type: 'ledger.closed', ...at(1600)},
      {type: 'marks.allShown', ...at(1700)},
      plan('pause', 1800),
    );
    expect(halted.plan).toBeUndefined();
    expect(halted.notice?.text).toBe('pause: a pause of many is under way: b shows it');
  });

  test('and holds deletes waits five seconds again before the first leaves', () => {
    const asked = told(fleetOf(3), markAll, plan('delete'), typed('delete 3'), enter());
    const halted = told(asked, {type: 'bulk.paused', ...at(2000)}, ...ticks(2500, 60_500));
    const resumed = live(halted, [{type: 'bulk.resumed', ...at(61_000)}], kind);
    expect(resumed.effects).toEqual([]);
    expect(
      live(resumed.state, [{type: 'action.undone', ...at(62_000)}, ...ticks(62_500, 70_500)], kind).effects,
    ).toEqual([]);
    const {effects} = live(resumed.state, [...ticks(61_500, 65_500)], kind);
    expect(effects).toEqual([]);
  });

  test('is put back once more by a sleep of the machine, whatever came in between', () => {
    const halted = told(pausing(1).state, {type: 'bulk.paused', ...at(1500)});
    const slept = live(halted, [turnedBack(1600, 's00', 9000), tick(2000), tick(3_600_000)], silent);
    expect(outcomes(slept.state)).toEqual(['s00 waiting']);
    expect(sentIds(slept.effects)).toEqual([]);
  });
});

describe('a sandbox that is read before its delete', () => {
  const reading = () => {
    const asked = told(fleetOf(1), markAll, plan('delete'), typed('delete 1'), enter());
    return live(asked, ticks(1000, 6000), {reply: () => []}).state;
  };

  test('and is said to be gone by an answer older than an event is asked for again, and does not wait for ever', () => {
    const busy = reading();
    expect(busy.acts.get('s00')?.phase).toBe('checking');
    const {state, effects} = live(
      busy,
      [
        observed(6100, patch('s00', {region: 'eu-west'})),
        gone(6200, 's00', {via: 'read', asOf: 6050}),
        observed(6300, patch('s00', {region: 'eu-north'})),
      ],
      {reply: () => []},
    );
    expect(effects).toContainEqual({do: 'read', id: 's00', priority: 'bulk'});
    const read = live(state, [observed(6400, patch('s00'), {via: 'read', asOf: 6350})], {reply: () => []});
    expect(read.state.acts.get('s00')?.phase).toBe('queued');
  });

  test('leaves nothing late when the wall clock jumps', () => {
    for (const jump of [-3_600_000, 3_600_000]) {
      const {state, effects} = live(
        reading(),
        [{type: 'clock.ticked', at: T0 + 7000, wall: WALL0 + 7000 + jump}, observed(7100, patch('s00'), {via: 'read'})],
        kind,
      );
      expect([sentIds(effects), outcomes(state)]).toEqual([[], ['s00 waiting']]);
    }
  });
});
