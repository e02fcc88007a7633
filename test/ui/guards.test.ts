import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {State} from '../../src/model/state.ts';
import {isTextMode, modeOf} from '../../src/ui/command.ts';
import {commands} from '../../src/ui/commands.ts';
import {eventFor, eventForPaste, eventInBurst} from '../../src/ui/keymap.ts';
import {T0} from '../support/builders.ts';
import {
  almostAgreed,
  everyChord,
  everyState,
  follow,
  harmlessChords,
  hasBegun,
  isChange,
  openedAgo,
  pressAll,
  stateNamed,
  uncovered,
} from './guarded.ts';

const names = Object.keys(everyState);
const almost = Object.keys(almostAgreed);
const readOnly = (state: State): State => ({...state, session: {...state.session, readonly: true}});
const inPhase = (state: State, phase: 'offline' | 'auth'): State => ({...state, link: {...state.link, phase}});
const withMarks = (state: State): State => ({...state, marks: stateNamed('list with marks').marks});

/** The chords after which something has begun. */
const beginning = (state: State, chords = everyChord, meaning = eventFor): readonly string[] =>
  chords.filter((chord) => hasBegun(state, pressAll(state, [chord], meaning)));

/** Chords that mean something somewhere: the others do the same as each other. */
const bound = [...new Set(commands.flatMap(({keys}) => keys)), 'z'];
const walks = {seed: 20_251_114, numRuns: 4000};
const walk = fc.record({
  name: fc.constantFrom(...names),
  chords: fc.array(fc.constantFrom(...bound), {minLength: 1, maxLength: 3}),
});

describe('read-only', () => {
  test.each(names)('%s: no key changes anything', (name) => {
    expect(beginning(readOnly(stateNamed(name)))).toEqual([]);
  });

  test('no keys one after the other do', () => {
    void fc.assert(
      fc.property(walk, ({name, chords}) => {
        const state = readOnly(stateNamed(name));
        expect(pressAll(state, chords).effects.filter(isChange)).toEqual([]);
      }),
      walks,
    );
  });
});

describe('what was just opened', () => {
  test.each(almost)('%s: no key agrees to it within 400 ms', (name) => {
    for (const ms of [0, 200, 399]) expect(beginning(openedAgo(stateNamed(name), ms))).toEqual([]);
  });

  test.each(almost)('%s: after that Enter does', (name) => {
    const state = openedAgo(stateNamed(name), 400);
    const {state: after} = pressAll(state, ['enter']);
    expect(beginning(state)).toContain('enter');
    expect(after.dialog ?? after.plan ?? after.form ?? after.templates.question).toBeUndefined();
  });
});

describe('a paste', () => {
  const pastes = ['y', 'Y\r', '\ry\r', 'e', 'D', 'c204', 'c204\r', 'delete 2\r', 'py\r\n', ':delete\r', '2h\r\r'];

  test.each(names)('%s: agrees to nothing, and only a text takes it', (name) => {
    const state = stateNamed(name);
    for (const pasted of pastes) {
      const pressed = follow(state, eventForPaste(state, pasted, T0));
      expect(hasBegun(state, pressed)).toBe(false);
      if (isTextMode(modeOf(state))) continue;
      expect({...pressed.state, notice: state.notice, lastKeyAt: state.lastKeyAt}).toEqual(state);
    }
  });
});

describe('several keys in one read', () => {
  test.each(names)('%s: none of them changes anything', (name) => {
    expect(beginning(stateNamed(name), everyChord, eventInBurst)).toEqual([]);
  });

  test('whatever they are', () => {
    void fc.assert(
      fc.property(walk, ({name, chords}) => {
        const state = stateNamed(name);
        expect(pressAll(state, chords, eventInBurst, 0).effects.filter(isChange)).toEqual([]);
      }),
      walks,
    );
  });
});

describe('in a view that nothing covers', () => {
  test.each(uncovered)('%s: no Ctrl-letter, no Alt-letter and no small letter but e changes anything', (name) => {
    const state = stateNamed(name);
    expect(beginning({...state, notice: undefined}, harmlessChords)).toEqual([]);
  });

  test('e extends one at once; of the marked it opens the plan', () => {
    expect(beginning(stateNamed('list'), ['e'])).toEqual(['e']);
    expect(pressAll(stateNamed('list with marks'), ['e'])).toMatchObject({
      effects: [],
      state: {plan: {action: 'extend'}},
    });
  });
});

describe('a delete', () => {
  const isDelete = (effect: object) =>
    ('action' in effect && effect.action === 'delete') || ('do' in effect && effect.do === 'template.delete');
  const isDeleting = (state: State) =>
    state.acts.some(({action}) => action === 'delete') || state.templates.deletions.size > 0;
  const typed = ['delete, word typed', 'plan of deletes, word typed', 'template delete, word typed'];

  test.each(names)('%s: no single key lets one out, nor begins one but Enter after the word', (name) => {
    const state = stateNamed(name);
    for (const chord of everyChord) {
      const {state: after, effects} = pressAll(state, [chord]);
      const isAgreed = typed.includes(name) && chord === 'enter';
      if (!isAgreed || name !== 'template delete, word typed') expect(effects.filter(isDelete)).toEqual([]);
      if (!isAgreed) expect([chord, isDeleting(after)]).toEqual([chord, isDeleting(state)]);
    }
  });

  test('no two keys do, from anywhere', () => {
    for (const name of names.filter((each) => !typed.includes(each))) {
      for (const first of bound) {
        const {state, effects} = pressAll(stateNamed(name), [first]);
        expect(effects.filter(isDelete)).toEqual([]);
        const events = bound.flatMap((second) => pressAll(state, ['f2', second]).effects);
        expect(events.filter(isDelete)).toEqual([]);
      }
    }
  });
});

describe('out of reach', () => {
  test.each(names)('%s: offline or denied, no key sends anything', (name) => {
    for (const phase of ['offline', 'auth'] as const) {
      const state = inPhase(stateNamed(name), phase);
      for (const chord of everyChord) {
        const {effects} = pressAll(state, [chord]);
        // The user's own command goes its own way.
        expect(effects.filter((effect) => isChange(effect) && effect.do !== 'connect')).toEqual([]);
      }
    }
  });
});

describe('with marks', () => {
  const places = names.filter((name) => /^(list|focus|actions|menu|palette)/.test(name));

  test.each(places)('%s: no key acts on the one under the cursor', (name) => {
    const state = withMarks(stateNamed(name));
    const elsewhere = {...state, cursor: {id: 'sb_c88f10a2b6', index: 5}};
    for (const chord of everyChord) {
      const {state: after, effects} = pressAll(elsewhere, [chord]);
      expect([chord, after.acts.get('sb_c88f10a2b6')]).toEqual([chord, undefined]);
      expect(after.dialog).toBe(elsewhere.dialog);
      expect(after.form?.ids ?? []).not.toContain('sb_c88f10a2b6');
      expect(effects.filter((effect) => effect.do === 'act' || effect.do === 'send')).toEqual([]);
    }
  });
});
