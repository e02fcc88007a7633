import {describe, expect, test} from 'vitest';
import type {DialectName} from '../../src/simulator/dialects.ts';
import {type FaultName, faultNamed, faultNames, readFault} from '../../src/simulator/faults.ts';
import type {SimulatorOptions} from '../../src/simulator/options.ts';
import {stir, type Watching, watch, wronglyDead} from './watching.ts';

/** How long a fault lasts, others at work all the while. */
const FAULTY_SECONDS = 18;

/** Connecting anew may take half a minute; a list that heals what nothing else told is read once a minute. */
const USUAL_SECONDS = 35;
const HEALED_SECONDS = 65;

type Case = {
  /** From the end of the fault until the screen is right. */
  readonly soonSeconds?: number;
  readonly dialects?: readonly DialectName[];
  readonly sandboxes?: number;
};

/** What differs from the usual case. */
const cases: Partial<Record<FaultName, Case>> = {
  // Nothing tells of it but the list.
  mute: {soonSeconds: HEALED_SECONDS},
  drop: {soonSeconds: HEALED_SECONDS},
  replay: {soonSeconds: HEALED_SECONDS},
  'empty-list': {soonSeconds: HEALED_SECONDS},
  'short-list': {soonSeconds: HEALED_SECONDS},
  // A limit of which nobody said when it ends is taken to end with the minute.
  'too-many': {soonSeconds: 60},
  'page-500': {dialects: ['page-100'], sandboxes: 250},
  'same-cursor': {dialects: ['page-100'], sandboxes: 250, soonSeconds: HEALED_SECONDS},
  'lost-cursor': {dialects: ['page-100'], sandboxes: 250, soonSeconds: HEALED_SECONDS},
  shift: {dialects: ['page-100', 'offset-cursor'], sandboxes: 250},
};

const wordsOf = (name: FaultName): readonly string[] =>
  faultNamed(name).value?.words?.map((word) => `${name}=${word}`) ?? [name];

const texts = faultNames.flatMap((name) => wordsOf(name).map((text) => ({name, text})));

/** The user presses `r`: a list is read in the middle of it, and a refused key is tried again. */
const refresh = ({store, clock}: Watching) => store.dispatch({type: 'refresh.asked', at: clock.monotonic()}, 'key');

const isInTouch = ({state}: Watching) => ['live', 'poll'].includes(state().link.phase);

async function watchThrough(text: string, {dialects = [], sandboxes = 24, soonSeconds = USUAL_SECONDS}: Case) {
  const read = readFault(text);
  if (!('wish' in read)) throw new Error(`${text}: ${JSON.stringify(read)}`);
  const options: Partial<SimulatorOptions> = {faults: [read.wish], dialects, sandboxes};
  await using watching = await watch(options);
  const dead: string[] = [];
  const look = () => dead.push(...wronglyDead(watching.state(), watching.world));
  await stir(watching, FAULTY_SECONDS / 2, look);
  refresh(watching);
  await stir(watching, FAULTY_SECONDS / 2, look);
  if (watching.state().link.phase === 'auth') refresh(watching);
  const until = () => watching.wrong().length === 0 && isInTouch(watching);
  await watching.pass(soonSeconds, {until, look});
  expect(watching.wrong()).toEqual([]);
  expect(watching.state().link.phase).toMatch(/live|poll/);
  expect(dead).toEqual([]);
}

test('half-open: not LIVE within a minute, and right soon after the server goes on', async () => {
  const read = readFault('half-open:after=40:for=90');
  if (!('wish' in read)) throw new Error('half-open');
  await using watching = await watch({faults: [read.wish]});
  await watching.pass(39);
  expect(watching.state().link.phase).toBe('live');
  await watching.pass(61);
  expect(watching.state().link.phase).not.toBe('live');
  await watching.pass(60);
  expect(watching.state().link.phase).toBe('live');
  expect(watching.wrong()).toEqual([]);
});

describe('there from the start', () => {
  test.concurrent.each(texts)('$text: the screen is right soon after', ({name, text}) =>
    watchThrough(`${text}:for=${FAULTY_SECONDS}`, cases[name] ?? {}),
  );
});

describe('there once the list has been read', () => {
  test.concurrent.each(texts)('$text: the screen is right soon after', ({name, text}) =>
    watchThrough(`${text}:after=2:for=${FAULTY_SECONDS - 2}`, cases[name] ?? {}),
  );
});
