import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {ROOT} from '../test/support/program.ts';
import type {Cell} from '../test/support/screen.ts';
import {type Sight, startTerminal, type Terminal} from '../test/support/terminal.ts';
import {drawSvg} from './svg.ts';

const FOLDER = join(ROOT, 'screenshots');

/** What the clock of a picture says when its program starts. */
const DAY = Date.UTC(2026, 0, 15, 14, 0, 0);

/** Long enough for charts to have a shape. */
const CHART_MS = 110_000;
const SHORT_MS = 20_000;

/** For the frame after the last key. */
const PAINTED_MS = 500;
/** For metric streams of the rows that came into sight, and their first samples. */
const SAMPLED_MS = 7_000;

type Scene = {
  readonly name: string;
  readonly title: string;
  readonly columns: number;
  readonly rows: number;
  readonly args: readonly string[];
  /** How long after its start the keys are pressed. */
  readonly atMs: number;
  readonly keys: readonly string[];
  /** How long after the keys the picture is taken. */
  readonly settleMs: number;
  /** What must be seen before. */
  readonly sight: Sight;
};

/** Every picture. The README beside them is printed from this table. */
const scenes: readonly Scene[] = [
  {
    name: 'list',
    title: 'The fleet in 80x24',
    columns: 80,
    rows: 24,
    args: ['--sort=expires'],
    atMs: CHART_MS,
    keys: ['g'],
    settleMs: SAMPLED_MS,
    sight: 'LIVE',
  },
  {
    name: 'wide',
    title: 'The fleet, one sandbox and the events in 160x48',
    columns: 160,
    rows: 48,
    args: ['--sort=age'],
    atMs: CHART_MS,
    keys: ['g'],
    settleMs: SAMPLED_MS,
    sight: 'LIVE',
  },
  {
    name: 'delete',
    title: 'Deleting is typed',
    columns: 80,
    rows: 24,
    args: ['--sort=expires'],
    atMs: SHORT_MS,
    keys: ['j', 'j', 'D'],
    settleMs: PAINTED_MS,
    sight: /type/i,
  },
  {
    name: 'plan',
    title: 'A timeout for all that never end: the plan, before anything is sent',
    columns: 80,
    rows: 24,
    args: ['timeout=none', '--sort=age,desc'],
    atMs: SHORT_MS,
    keys: ['*', 'E', '2', 'h', 'enter'],
    settleMs: PAINTED_MS,
    sight: 'to confirm',
  },
  {
    name: 'ledger',
    title: 'What came of each',
    columns: 100,
    rows: 30,
    args: ['timeout=none', '--sort=age,desc'],
    atMs: SHORT_MS,
    keys: ['*', 'E', '9', '0', 'd', 'enter', ...'timeout 42', 'enter'],
    settleMs: PAINTED_MS,
    sight: /timeout of \d+/,
  },
  {
    name: 'templates',
    title: 'Templates, live, and who uses them',
    columns: 100,
    rows: 24,
    args: [],
    atMs: SHORT_MS,
    keys: ['2', 'j'],
    settleMs: SAMPLED_MS,
    sight: /\d+ templates/,
  },
  {
    name: 'focus',
    title: 'One sandbox over the whole screen',
    columns: 80,
    rows: 24,
    args: ['--sort=cpu'],
    atMs: CHART_MS,
    keys: ['g', 'enter', ','],
    settleMs: SAMPLED_MS,
    sight: 'Overview',
  },
  {
    name: 'create',
    title: 'A new sandbox',
    columns: 80,
    rows: 24,
    args: [],
    atMs: SHORT_MS,
    keys: ['N', ...'python', 'tab', 'tab', ...'45m', 'tab', 'tab', ...'TOKEN=x'],
    settleMs: PAINTED_MS,
    sight: 'TOKEN=',
  },
  {
    name: 'actions',
    title: 'Every act, and the same as a command for a shell',
    columns: 80,
    rows: 24,
    args: ['--sort=age,desc'],
    atMs: SHORT_MS,
    keys: ['j', 'a'],
    settleMs: PAINTED_MS,
    sight: 'Act on',
  },
  {
    name: 'events',
    title: 'What happened: changes, gaps, errors and acts',
    columns: 100,
    rows: 24,
    args: ['--sort=expires'],
    atMs: CHART_MS,
    keys: ['P', '4', 'j', 'j'],
    settleMs: PAINTED_MS,
    sight: /all \d+.*mine \d+/,
  },
  {
    name: 'help',
    title: 'Every key that works',
    columns: 80,
    rows: 40,
    args: [],
    atMs: SHORT_MS,
    keys: ['?'],
    settleMs: PAINTED_MS,
    sight: 'Help',
  },
  {
    name: 'filtered',
    title: 'Only what is about to be destroyed',
    columns: 80,
    rows: 24,
    args: ['--sort=expires'],
    atMs: SHORT_MS,
    keys: ['/', ...'expires<30m status=running'],
    settleMs: SAMPLED_MS,
    sight: '/expires<30m status=running',
  },
];

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const cellsOf = (app: Terminal, {columns, rows}: Scene): readonly (readonly Cell[])[] =>
  Array.from({length: rows}, (_, y) =>
    withFixedPort(
      Array.from({length: columns}, (__, x) => app.cell(x, y)),
      app.lines()[y] ?? '',
    ),
  );

/** The demo listens on a free port, another one each time: the one thing in a picture that is not as it was. */
function withFixedPort(cells: readonly Cell[], line: string): readonly Cell[] {
  const port = /(?<=127\.0\.0\.1:)\d{5}/.exec(line);
  if (!port) return cells;
  return cells.map((cell, x) =>
    x >= port.index && x < port.index + 5 ? {...cell, text: '50000'.charAt(x - port.index)} : cell,
  );
}

async function takePicture(scene: Scene): Promise<void> {
  const startedAt = Date.now();
  await using app = startTerminal(['--demo', '--seed=7', ...scene.args], {
    columns: scene.columns,
    rows: scene.rows,
    env: {
      NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'fixedDay.mjs')).href}`,
      HOPX_TOP_PICTURE_SHIFT_MS: String(DAY - startedAt),
    },
  });
  await app.waitFor('LIVE', 15_000);
  await sleep(startedAt + scene.atMs - Date.now());
  for (const key of scene.keys) {
    app.press(key);
    // Several different keys in one read would not act.
    await sleep(PAINTED_MS);
  }
  await app.waitFor(scene.sight);
  await sleep(scene.settleMs);
  await writeFile(join(FOLDER, `${scene.name}.svg`), drawSvg(cellsOf(app, scene), scene.title));
}

const readme = [
  '# Pictures',
  '',
  'Made by `npm run screenshots` from `--demo --seed=7` in an emulated terminal; do not edit them by hand.',
  ...scenes.flatMap(({name, title}) => ['', `## ${title}`, '', `![${title}](${name}.svg)`]),
  '',
];

await mkdir(FOLDER, {recursive: true});
await Promise.all(scenes.map(takePicture));
await writeFile(join(FOLDER, 'README.md'), readme.join('\n'));
