import {expect, test} from 'vitest';
import {startSimulator} from '../support/program.ts';
import {startWatching, type Terminal} from '../support/terminal.ts';

const FLEET = 30;
/** A key that shows nothing is not waited for any longer: the next may then come in the same read, which says no more. */
const SILENCE_MS = 250;
const REFUSED = 'read-only: start without --readonly to act';

const PALETTE = '╭─ Command ─';

const charactersFrom = (first: string, last: string) =>
  Array.from({length: last.charCodeAt(0) - first.charCodeAt(0) + 1}, (_, index) =>
    String.fromCharCode(first.charCodeAt(0) + index),
  );

const printable = charactersFrom(' ', '~');
/** What acts is upper case; every other key of every mode is walked without a terminal (ui/guards). */
const capitals = charactersFrom('A', 'Z');

type Place = {
  readonly name: string;
  readonly enter: (app: Terminal) => Promise<void>;
  readonly sight: RegExp;
  readonly walked: readonly string[];
  /** Keys that lead elsewhere: not of this walk. */
  readonly leaves: string;
  /** Keys that are refused in so many words. */
  readonly refused: string;
};

const through = (key: string, sight: RegExp) => async (app: Terminal) => {
  app.press(key);
  await app.waitFor(sight);
};

const FOCUS = /\d+ of 30 .*Overview.*Events.*JSON/;

const places: readonly Place[] = [
  {
    name: 'list',
    enter: async () => undefined,
    sight: /╭─ Sandboxes ─/,
    walked: printable,
    leaves: 'q2345/:?ao',
    refused: 'PRXSeETDN',
  },
  {
    name: 'focus',
    enter: through('enter', FOCUS),
    sight: FOCUS,
    walked: capitals,
    leaves: '',
    refused: 'PRXSeETD',
  },
  {
    name: 'templates',
    enter: through('2', /> browser-agent /),
    sight: /╭─ Templates ─/,
    walked: capitals,
    leaves: '',
    refused: 'BDN',
  },
  {
    name: 'builds',
    enter: through('3', /6 builds known/),
    sight: /╭─ Builds ─/,
    walked: capitals,
    leaves: '',
    refused: 'B',
  },
];

/** What is said in the palette; those that act are not offered there. */
const spoken = ['pause', 'delete', 'extend', 'timeout 2h', 'new', 'token save token.txt', 'build .'];

/** One key by itself: the next follows when it has shown what it does. */
async function pressAlone(app: Terminal, key: string): Promise<void> {
  const before = app.written().length;
  app.press(key);
  await app.waitFor(() => app.written().length > before, SILENCE_MS).catch(() => undefined);
}

/** Said anew for each: a key that does nothing stands between them. */
async function expectRefusals(app: Terminal, keys: string): Promise<void> {
  for (const key of keys) {
    app.press('~');
    await app.waitFor('~ is no key here');
    app.press(key);
    await app.waitFor(REFUSED);
  }
}

async function watchReadonly(url: string): Promise<Terminal> {
  const app = startWatching(url, ['--readonly'], {columns: 120, rows: 30});
  await app.waitFor(`${FLEET} sandboxes`);
  await app.waitFor(/LIVE/);
  return app;
}

const quiet = () => startSimulator({sandboxes: FLEET, seed: 7, quiet: true});

test.concurrent.for(places)('read-only: no key of the $name sends anything but GET', async (place) => {
  const {enter, sight, walked, leaves, refused} = place;
  await using simulator = await quiet();
  await using app = await watchReadonly(simulator.url);
  await enter(app);
  await expectRefusals(app, refused);
  for (const key of walked.filter((each) => !leaves.includes(each))) await pressAlone(app, key);
  await app.waitFor(sight);
  app.press('ctrl+c');
  await app.exit();
  expect(new Set(simulator.requests().map(({method}) => method))).toEqual(new Set(['GET']));
});

test.concurrent('read-only: neither the plan of what is marked nor the palette sends anything but GET', async () => {
  await using simulator = await quiet();
  await using app = await watchReadonly(simulator.url);
  app.press('*');
  await app.waitFor(`${FLEET} marked`);
  await expectRefusals(app, 'PRXSeED');
  for (const words of spoken) {
    app.press(':');
    await app.waitFor(PALETTE);
    app.type(words);
    await app.waitFor(` :${words}`);
    await pressAlone(app, 'enter');
    if (app.text().includes(PALETTE)) await app.pressUntil('escape', (text) => !text.includes(PALETTE));
  }
  await app.waitFor(/╭─ Sandboxes ─/);
  app.press('ctrl+c');
  await app.exit();
  expect(new Set(simulator.requests().map(({method}) => method))).toEqual(new Set(['GET']));
});
