import {describe, expect, test} from 'vitest';
import type {ActionId} from '../../src/model/actions.ts';
import type {Event} from '../../src/model/event.ts';
import {reduce} from '../../src/model/reduce.ts';
import type {State} from '../../src/model/state.ts';
import {eventFor, eventForPaste, eventInBurst} from '../../src/ui/keymap.ts';
import {T0} from '../support/builders.ts';
import {sketch} from './fleet.ts';
import {show} from './show.tsx';

const step = (state: State, event: Event | undefined): State => (event ? reduce(state, event)[0] : state);

/** Presses keys one after the other, a second apart. */
const press = (state: State, ...chords: readonly string[]): State =>
  chords.reduce((next, chord, index) => step(next, eventFor(next, chord, T0 + 1000 * (index + 1))), state);

const marked = press(sketch(), '*');
const planned = (action: ActionId, timeoutSeconds?: number): State =>
  step(marked, {type: 'plan.asked', at: T0, action, ...(timeoutSeconds === undefined ? {} : {timeoutSeconds})});

test('marked rows carry a star, and the title says how many there are', () => {
  const picture = show(press(sketch(), ' ', 'j', ' '), 80, 24);
  expect(picture).toContain(' 8 sandboxes, 1 gone  2 marked');
  expect(picture).toMatch(/^ \*sb_9f3a71c204/m);
  expect(picture).toMatch(/^>\*?sb_|^> sb_a1c4d2f009/m);
});

test('a plan says everything before anything happens', () => {
  expect(show(planned('delete'), 80, 24)).toMatchInlineSnapshot(`
    " hopx-top  prod  api.hopx.dev  hopx_live_7f2c…             LIVE   budget 87/100
     r╭─ Plan ──────────────────────────────────────────────── nothing sent yet ─╮
     8│ DELETE 8 sandboxes   cannot be undone, disks are lost                    │↑
      │ where      prod at api.hopx.dev                                          │EM
    >*│ skipped    none                                                          │1%
     *│ requests   8 GET + 8 DELETE; about 2s, 20 of 100 kept in reserve         │1%
     *│ status     running 5  paused 1  creating 1  error 1                      │ ·
     *│ region     us-east 6  eu-west 2                                          │ -
     *│ stops      after 3 failures in a row; Esc pauses at any time             │ ·
     *│ taken      14:02:11 from the list unfiltered                             │ ·
     *│ ids        all of them, in the order of marking                          │ -
      │   sb_9f3a71c204          3h11m  running   ! 01:48  agent-py311           │ -
     *│   sb_02bd77e1aa            57m  running     04:10  agent-py311           │ -
      │   sb_71ee0094fd            59m  running     09:55  agent-node20          │
      │   sb_a1c4d2f009            59m  paused        21m  agent-py311           │
      │   sb_c88f10a2b6            59m  running       40m  agent-node20          │
    ──│   sb_3f6721de90          6d01h  running      none  agent-py311           │──
     s│   sb_5d0e3b8c77             4s  creating        ?  agent-py311           │.…
     C│   sb_e0b95a4c13            11m  error           ?  agent-py311           │
    ──│                                                                          │──
     1│ Type delete 8 to confirm:                                                │
     1╰──────────────────────────────────────────────────────────────────────────╯f
     14:01:58     created   sb_5d0e3b8c77       agent-py311 us-east
     8 marked: an act on them shows its plan first       Enter confirm  Esc cancel"
  `);
});

test('a timeout for all says whose life gets an end', () => {
  expect(show(planned('timeout', 3600), 80, 24)).toMatchInlineSnapshot(`
    " h╭─ Plan ──────────────────────────────────────────────── nothing sent yet ─╮0
     r│ TIMEOUT 8 sandboxes to 1h00m from now                                    │
     8│ where      prod at api.hopx.dev                                          │↑
      │ skipped    none                                                          │EM
    >*│ life       3 would die sooner than now, or get an end, disk included     │1%
     *│ requests   8 PUT; about 1s, 20 of 100 kept in reserve                    │1%
     *│ status     running 5  paused 1  creating 1  error 1                      │ ·
     *│ region     us-east 6  eu-west 2                                          │ -
     *│ stops      after 3 failures in a row; Esc pauses at any time             │ ·
     *│ taken      14:02:11 from the list unfiltered                             │ ·
     *│ ids        all of them, in the order of marking                          │ -
      │   sb_9f3a71c204          3h11m  running   ! 01:48  agent-py311           │ -
     *│   sb_02bd77e1aa            57m  running     04:10  agent-py311           │ -
      │   sb_71ee0094fd            59m  running     09:55  agent-node20          │
      │   sb_a1c4d2f009            59m  paused        21m  agent-py311           │
      │   sb_c88f10a2b6            59m  running       40m  agent-node20          │
    ──│   sb_3f6721de90          6d01h  running      none  agent-py311           │──
     s│   sb_5d0e3b8c77             4s  creating        ?  agent-py311           │.…
     C│   sb_e0b95a4c13            11m  error           ?  agent-py311           │
    ──│                                                                          │──
     1│ Type timeout 8 to confirm:                                               │
     1╰──────────────────────────────────────────────────────────────────────────╯f
     14:01:58     created   sb_5d0e3b8c77       agent-py311 us-east
     8 marked: an act on them shows its plan first       Enter confirm  Esc cancel"
  `);
});

describe.each([
  [160, 48],
  [80, 24],
  [60, 15],
  [45, 12],
  [40, 10],
])('at %ix%i', (columns, rows) => {
  test('a plan names act, count and what must be typed', () => {
    const picture = show(planned('delete'), columns, rows);
    expect(picture).toContain('DELETE 8 sandboxes');
    expect(picture).toContain('Type delete 8 to confirm:');
    expect(picture.split('\n').length).toBeLessThanOrEqual(rows);
  });

  test('a ledger says how it stands', () => {
    const agreed = press(planned('pause'), 'y');
    expect(agreed.bulk?.isShown).toBe(true);
    const picture = show(agreed, columns, rows);
    expect(picture).toContain('pause of ');
    expect(picture).toMatch(/\d+ of \d+/);
  });
});

test('an act key with marks is never about the row under the cursor', () => {
  const state = press(marked, 'P');
  expect(state.plan?.action).toBe('pause');
  expect(state.acts.size).toBe(0);
});

test('Esc clears the marks once the filter is clear', () => {
  const state = press(sketch(), '*', 'escape');
  expect(state.marks.size).toBe(0);
});

test('what is typed ahead, pasted, or comes with other keys agrees to nothing', () => {
  const plan = planned('pause');
  expect(step(plan, eventFor(plan, 'y', T0 + 100)).bulk).toBeUndefined();
  expect(step(plan, eventInBurst(plan, 'y', T0 + 1000)).bulk).toBeUndefined();
  expect(step(plan, eventInBurst(plan, 'enter', T0 + 1000)).bulk).toBeUndefined();
  const typed = planned('delete');
  const pasted = step(typed, eventForPaste(typed, 'delete 8\r', T0 + 1000));
  expect([pasted.plan?.typed, pasted.bulk]).toEqual(['', undefined]);
});

test('a deletion of many is agreed to by its words, and takes five seconds to begin', () => {
  const state = press(planned('delete'), ...'delete 8', 'enter');
  expect(state.bulk).toMatchObject({action: 'delete', counts: {waiting: 8, running: 0}});
  expect(show(state, 80, 24)).toContain('nothing has left yet: the first leaves in');
});

test('while its ledger is closed the header says how far it is, or that it stands still', () => {
  const agreed = press(planned('pause'), 'y');
  const bulk = agreed.bulk && {...agreed.bulk, isShown: false};
  const head = (state: State) => show(state, 80, 24).split('\n')[0];
  expect(head(agreed)).not.toContain('pause 0/5');
  expect(head({...agreed, bulk})).toMatch(/ {3}pause 0\/5 {3}LIVE {3}budget/);
  const still = bulk && {...bulk, pausedBy: 'you stopped it'};
  expect(head({...agreed, bulk: still})).toContain('pause 0/5 stands still   LIVE');
  expect(show({...agreed, bulk: still}, 40, 10).split('\n')[0]).toMatch(/LIVE/);
});

test('the ledger of what is over shows what came of each', () => {
  const agreed = press(planned('pause'), 'y');
  const {bulk} = agreed;
  const over = bulk && {
    ...bulk,
    items: bulk.items.map((item, id) => ({
      ...item,
      phase: 'done' as const,
      text: 'paused',
      status: 200,
      requestId: `r_${id.slice(3, 6)}`,
    })),
    counts: {...bulk.counts, waiting: 0, running: 0, done: bulk.ids.length},
    endedAt: T0,
  };
  expect(show({...agreed, bulk: over}, 80, 24)).toMatchInlineSnapshot(`
    "╭─ pause of 5 ────────────────────────────────────────── budget 87/100   over ─╮
    │ ━━━━━━━━━━━━━━━━━━━━  5 of 5  5 done   3 left out by the plan                │
    │ w writes the ledger; Esc closes it                                           │
    │──────────────────────────────────────────────────────────────────────────────│
    │ sb_9f3a71c204        done      paused                              200 r_9f3 │
    │ sb_02bd77e1aa        done      paused                              200 r_02b │
    │ sb_71ee0094fd        done      paused                              200 r_71e │
    │ sb_c88f10a2b6        done      paused                              200 r_c88 │
    │ sb_3f6721de90        done      paused                              200 r_3f6 │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     Esc close  q close  w write  Down more"
  `);
});
