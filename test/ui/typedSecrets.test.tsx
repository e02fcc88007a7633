import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import {latestEntries} from '../../src/model/log.ts';
import type {State} from '../../src/model/state.ts';
import {paintForm} from '../../src/ui/form.ts';
import {eventFor, eventForPaste} from '../../src/ui/keymap.ts';
import {createTheme} from '../../src/ui/theme.ts';
import {failure, play} from '../model/given.ts';
import {T0, WALL0} from '../support/builders.ts';
import {sketch} from './fleet.ts';
import {show} from './show.tsx';

const CANARY = 's3cret-C4n4ry';
/** So much of it is enough to know it again. */
const PART = CANARY.slice(0, 5);

const sizes = [
  [160, 48],
  [80, 24],
  [60, 15],
  [40, 10],
  [30, 5],
] as const;

const values: Readonly<Record<string, string>> = {template: 'python', internet: 'yes'};
const filled = (env: string): State =>
  sketch({
    form: {id: 'create', ids: [], values: {...values, env}, field: 4, mistake: undefined, openedAt: T0 - 1000},
  });

const submitted: Event = {type: 'form.submitted', at: T0};

const theme = createTheme({colour: false});

/** The form as it stands on screens of every size. */
const painted = (state: State): string =>
  sizes
    .flatMap(([columns, rows]) => (state.form ? paintForm(state, state.form, {columns, rows}, theme) : []))
    .map((line) => line.map(({text}) => text).join(''))
    .join('\n');

/** What a person, a log or a file could get to see of it. */
function shownBy(state: State): string {
  const screens = sizes.map(([columns, rows]) => show(state, columns, rows));
  const views = (['events', 'overview'] as const).map((view) => show({...state, view}, 120, 30));
  return [...screens, ...views, JSON.stringify(latestEntries(state.log, 100)), JSON.stringify(state.notice)].join('\n');
}

describe('a value that is typed into the create form', () => {
  test.each([
    `TOKEN=${CANARY}`,
    `A=1 TOKEN="${CANARY} and more" B=2`,
    `TOKEN='${CANARY}`,
    `TOKEN = ${CANARY}`,
    `TOKEN="a" ${CANARY}`,
    `TOKEN="a"${CANARY}`,
    `TOKEN:${CANARY}`,
    CANARY,
    `export TOKEN=${CANARY}`,
    `=${CANARY}`,
    `${CANARY}=TOKEN`,
  ])('%s: no letter of it is ever painted, at any size, whatever is wrong with it', (env) => {
    for (let length = 0; length <= env.length; length += 1) {
      const typed = filled(env.slice(0, length));
      const next = play(typed, submitted).state;
      for (const state of [typed, next]) expect([env, painted(state).includes(PART)]).toEqual([env, false]);
    }
    expect(shownBy(filled(env))).not.toContain(PART);
  });

  test('however it is quoted, or not', () => {
    const around = fc.string({unit: fc.constantFrom(...`A=b"' \\:;_1`), maxLength: 12});
    void fc.assert(
      fc.property(around, around, (before, after) => {
        expect(painted(filled(`${before}${CANARY}${after}`))).not.toContain(PART);
      }),
      {seed: 7, numRuns: 1000},
    );
  });

  test('typed or pasted in a prompt that is closed, it is kept nowhere', () => {
    const pasted = play(filled('T='), eventForPaste(filled('T='), CANARY, T0)).state;
    expect(pasted.form?.values.env).toBe(`T=${CANARY}`);
    const closed = play(pasted, eventFor(pasted, 'escape', T0) ?? submitted).state;
    expect(JSON.stringify(closed)).not.toContain(PART);
  });
});

describe('once it is sent', () => {
  const leave: Event = {type: 'create.admitted', at: T0 + 450, wall: WALL0 + 450};
  const sent = () => play(filled(`TOKEN=${CANARY}`), submitted, leave);

  test('only the wish holds it, and what may have to be shown again', () => {
    const {state, effects} = sent();
    expect(effects).toMatchObject([{do: 'create.ask'}, {do: 'create', wish: {envVars: {TOKEN: CANARY}}}]);
    expect(JSON.stringify({...state, creation: undefined})).not.toContain(PART);
    expect(shownBy(state)).not.toContain(PART);
  });

  const outcomes: Readonly<Record<string, Event>> = {
    accepted: {
      ...{type: 'create.accepted', at: T0 + 500, asOf: T0 + 100, status: 201, requestId: 'r_1'},
      patch: {id: 'sb_new', status: 'creating'},
    } as Event,
    'without an answer': {type: 'create.refused', at: T0 + 500, failure: failure()},
  };

  test.each(Object.keys(outcomes))('%s: the state has forgotten it, and no effect holds it', (name) => {
    const {state, effects} = play(sent().state, ...Object.values({[name]: outcomes[name]}).filter((each) => !!each));
    expect(JSON.stringify([state, effects])).not.toContain(PART);
  });

  test('refused, it stands in the form again, and is masked there', () => {
    const no = failure({kind: 'bad-request', status: 400, mayHaveHappened: false, message: 'no such template'});
    const {state, effects} = play(sent().state, {type: 'create.refused', at: T0 + 500, failure: no});
    expect(state.form?.values.env).toContain(CANARY);
    expect(shownBy(state)).not.toContain(PART);
    expect(JSON.stringify(effects)).not.toContain(PART);
  });
});
