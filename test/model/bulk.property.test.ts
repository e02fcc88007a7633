import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {type BulkPhase, bulkPhases} from '../../src/model/bulk.ts';
import {T0} from '../support/builders.ts';
import {type BulkWorld, bulkActions, bulkWorld, fates} from './bulkWorld.ts';

/** What may happen while an act on many is under way, each by its name. */
const moves = {
  leave: (world: BulkWorld, pick: number) => world.leave(pick),
  answer: (world: BulkWorld, pick: number) => world.answer(pick),
  read: (world: BulkWorld, pick: number) => world.read(pick, false),
  unread: (world: BulkWorld, pick: number) => world.read(pick, true),
  event: (world: BulkWorld) => world.event(),
  look: (world: BulkWorld, pick: number) => world.look(pick),
  repeat: (world: BulkWorld, pick: number) => world.repeat(pick),
  remove: (world: BulkWorld, pick: number) => world.remove(pick),
  wait: (world: BulkWorld, pick: number) => world.pass(1000 + (pick % 4) * 1000),
  pause: (world: BulkWorld) => world.take((ms) => ({type: 'bulk.paused', at: T0 + ms})),
  resume: (world: BulkWorld) => refute(world.resume() ? [] : [world.state().bulk?.pausedBy], 'Enter does nothing'),
  undo: (world: BulkWorld) => world.take((ms) => ({type: 'action.undone', at: T0 + ms})),
  cut: (world: BulkWorld) => world.cut(),
  connect: (world: BulkWorld) => world.connect(),
} satisfies Record<string, (world: BulkWorld, pick: number) => void>;

type Kind = keyof typeof moves;

const weights: Readonly<Record<Kind, number>> = {
  ...{leave: 8, answer: 8, read: 6, unread: 1, event: 4, look: 2, repeat: 2, remove: 1, wait: 3},
  ...{pause: 1, resume: 2, undo: 1, cut: 1, connect: 1},
};

const kind = fc.oneof(
  ...Object.entries(weights).map(([name, weight]) => ({weight, arbitrary: fc.constant(name as Kind)})),
);

const history = fc.array(fc.record({kind, pick: fc.nat(1000), ms: fc.integer({min: 1, max: 300})}), {
  maxLength: 80,
  size: 'max',
});

const options = fc.record({
  action: fc.constantFrom(...bulkActions),
  fleet: fc.array(fc.boolean(), {minLength: 1, maxLength: 8, size: 'max'}),
  fates: fc.array(
    fc.oneof({weight: 4, arbitrary: fc.constant(fates[0])}, {weight: 6, arbitrary: fc.constantFrom(...fates)}),
    {
      minLength: 1,
      maxLength: 12,
      size: 'max',
    },
  ),
});

/** Fails with what was seen; asking `expect` only then keeps thousands of histories cheap. */
function refute(violations: readonly unknown[], rule: string): void {
  if (violations.length > 0) expect(violations, rule).toEqual([]);
}

/** Only what was not carried out, as everybody knows, may be sent again. */
function expectSentOnce({departures}: BulkWorld): void {
  const sent = departures.filter(({fate}) => fate !== 'held by the limiter' && fate !== 'no connection');
  const ids = sent.map(({id}) => id);
  refute(
    ids.filter((id, index) => ids.indexOf(id) !== index),
    'sent twice',
  );
}

function expectCounted(world: BulkWorld): void {
  const {bulk} = world.state();
  if (!bulk) throw new Error('no act on many was begun');
  const counts = Object.fromEntries(bulkPhases.map((phase) => [phase, 0])) as Record<BulkPhase, number>;
  for (const [, {phase}] of world.items()) counts[phase] += 1;
  refute(
    bulkPhases.filter((phase) => counts[phase] !== bulk.counts[phase]),
    'counts that are not those of the items',
  );
  refute(
    [...bulk.ids].filter((id) => !bulk.items.has(id)),
    'without an account',
  );
  if (bulk.items.size !== bulk.ids.length) refute([bulk.items.size], 'accounts of others');
}

/** Faults stop, all arrives, and the user goes on whenever it stands still. */
function quieten(world: BulkWorld, isUnreadable: boolean): void {
  world.calm();
  world.connect();
  for (let second = 0; second < 200 && !world.isOver(); second += 1) {
    for (let left = 40; left > 0 && !world.isStill(); left -= 1) {
      world.leave(0);
      world.answer(0);
      // An odd pick fails with an answer, so that nobody tries it for ever.
      world.read(isUnreadable ? 1 : 0, isUnreadable);
      world.event();
      expectSentOnce(world);
    }
    world.pass(1000);
    moves.resume(world);
    expectCounted(world);
  }
}

/** What each phase says of a server in its last state. */
const mustHold: Readonly<Record<BulkPhase, (world: BulkWorld, id: string) => boolean>> = {
  done: ({action, truth, carriedOut}, id) => (action === 'delete' ? !truth.has(id) : carriedOut.has(id)),
  // Of one that is gone nobody can say any more what was done to it.
  failed: ({truth, carriedOut}, id) => !carriedOut.has(id) || !truth.has(id),
  skipped: ({carriedOut}, id) => !carriedOut.has(id),
  waiting: ({carriedOut}, id) => !carriedOut.has(id),
  unknown: () => true,
  running: () => false,
  accepted: () => false,
};

test('whatever is answered, each is sent once, counted once, and accounted for as the server has it', () => {
  const seen = new Set<BulkPhase>();
  void fc.assert(
    fc.property(options, history, fc.boolean(), (given, moved, isUnreadable) => {
      const world = bulkWorld(given);
      for (const {kind: name, pick, ms} of moved) {
        world.pass(ms);
        moves[name](world, pick);
        expectSentOnce(world);
        expectCounted(world);
      }
      quieten(world, isUnreadable);
      if (!world.isOver()) refute([world.state().bulk], 'never over');
      refute(
        world.items().filter(([id, {phase}]) => !mustHold[phase](world, id)),
        'not as the server has it',
      );
      for (const [, {phase}] of world.items()) seen.add(phase);
    }),
    {numRuns: 1500},
  );
  expect([...seen].toSorted()).toEqual(['done', 'failed', 'skipped', 'unknown', 'waiting']);
}, 60_000);
