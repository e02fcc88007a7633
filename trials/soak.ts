import {setImmediate} from 'node:timers/promises';
import {parseArgs} from 'node:util';
import {blankRow, putLine} from '../src/terminal/cellRow.ts';
import {createFrameWriter} from '../src/terminal/frameWriter.ts';
import {paintFirstFrame} from '../src/ui/firstFrame.ts';
import {regions} from '../src/ui/regions.ts';
import {createTheme} from '../src/ui/theme.ts';
import {type Watching, watch} from '../test/faults/watching.ts';

/**
 * `npm run soak`: client and simulator in one process, over real sockets, on one clock that is moved by hand: 24 hours
 * of a fleet that churns, every frame painted. It ends with the server's truth on the screen, handles as at the start
 * and a heap and timers as after the fourth hour, or with code 1. CONTRIBUTING.md has the method.
 */
const {values} = parseArgs({
  options: {hours: {type: 'string', default: '24'}, sandboxes: {type: 'string', default: '5000'}},
});
const HOURS = Number(values.hours);
const SANDBOXES = Number(values.sandboxes);

const SIZE = {columns: 80, rows: 24} as const;
/** Events a second: the whole fleet is another one after three hours. */
const CHURN = 0.5;
const STEP_MS = 1_000;
/** Turns of the event loop in which loopback carries what a step set going. */
const TURNS = 4;
const HOUR_STEPS = 3_600_000 / STEP_MS;

/** Rings, tombstones and the event log fill up in the first hours: from then on nothing may grow. */
const FULL_AFTER_HOURS = Math.min(4, HOURS / 2);
const MOST_GROWTH = 1.1;
/** So long the server is left alone at the end, for the last news to arrive. */
const QUIET_STEPS = 300;

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await setImmediate();
};

/** Paints what each frame shows; gives back how many frames and bytes there were. */
function paintFrames({store}: Watching) {
  const theme = createTheme({colour: true});
  const place = regions(SIZE.columns, SIZE.rows, 'list');
  const writer = createFrameWriter(SIZE);
  const painted = {frames: 0, bytes: 0};
  store.subscribe(() => {
    const rows = paintFirstFrame(store.getShown(), place, theme).map((line) => {
      const row = blankRow(SIZE.columns);
      putLine(row, 0, SIZE.columns, line);
      return row;
    });
    painted.frames += 1;
    painted.bytes += Buffer.byteLength(writer.write(rows));
  });
  return painted;
}

async function heapMiB(): Promise<number> {
  for (let pass = 0; pass < 3; pass += 1) {
    globalThis.gc?.();
    await turns(2);
  }
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** Sockets, servers, timers; standard output is opened when the first line is said. */
const handles = (): readonly string[] =>
  process.getActiveResourcesInfo().filter((name) => !/^(?:Immediate|PipeWrap|TTYWrap)$/.test(name));

/** Sockets take a moment to close. */
async function leastHandles(wanted: readonly string[]): Promise<readonly string[]> {
  for (let turn = 0; turn < 10_000 && handles().length > wanted.length; turn += 1) await setImmediate();
  return handles();
}

const say = (text: string) => void process.stdout.write(`${text}\n`);

async function soak(): Promise<readonly string[]> {
  const beganAt = performance.now();
  const handlesBefore = handles();
  const watching = await watch({sandboxes: SANDBOXES, quiet: false, churn: CHURN, metricsIntervalMs: 10_000});
  const {clock, store, world} = watching;
  const painted = paintFrames(watching);
  store.dispatch({
    type: 'screen.resized',
    at: clock.monotonic(),
    ...SIZE,
    listRows: regions(SIZE.columns, SIZE.rows, 'list').listRows,
  });
  const heaps: number[] = [];
  const timers: number[] = [];
  for (let hour = 1; hour <= HOURS; hour += 1) {
    for (let step = 0; step < HOUR_STEPS; step += 1) {
      clock.advance(STEP_MS);
      await turns(TURNS);
    }
    // What only this harness keeps.
    watching.requests.splice(0);
    heaps.push(await heapMiB());
    timers.push(clock.waiting());
    const {rows, log, tombstones, live} = store.getState();
    say(
      `hour ${String(hour).padStart(2)}  heap ${heaps.at(-1)?.toFixed(1)} MiB  timers ${timers.at(-1)}  ` +
        `rows ${rows.size}  live ${live} of ${world.everybody().length}  gone ${tombstones.length}  ` +
        `events ${log.total}  frames ${painted.frames}  ${((performance.now() - beganAt) / 1000).toFixed(0)} s`,
    );
  }
  const wrong = await settled(watching);
  await watching[Symbol.asyncDispose]();
  const handlesAfter = await leastHandles(handlesBefore);
  return [
    ...wrong.slice(0, 5),
    ...growthOf('the heap', heaps),
    ...growthOf('timers that wait', timers),
    ...(painted.frames < HOURS * 1000 ? [`only ${painted.frames} frames were painted`] : []),
    ...(handlesAfter.length > handlesBefore.length
      ? [`open at the end: ${handlesAfter.join()}; at the start: ${handlesBefore.join()}`]
      : []),
  ];
}

/** What is still wrong once quiet has returned: churn goes on, so a moment without a difference is waited for. */
async function settled({clock, wrong}: Watching): Promise<readonly string[]> {
  for (let step = 0; step < QUIET_STEPS && wrong().length > 0; step += 1) {
    clock.advance(STEP_MS);
    await turns(TURNS);
  }
  return wrong();
}

function growthOf(what: string, figures: readonly number[]): readonly string[] {
  const full = figures[Math.ceil(FULL_AFTER_HOURS) - 1] ?? 0;
  const last = figures.at(-1) ?? 0;
  return last > full * MOST_GROWTH ? [`${what} grew from ${full.toFixed(1)} to ${last.toFixed(1)}`] : [];
}

const faults = await soak();
for (const fault of faults) say(`!! ${fault}`);
say(faults.length === 0 ? `ok: ${HOURS} hours of ${SANDBOXES} sandboxes` : 'the soak has failed');
process.exitCode = faults.length === 0 ? 0 : 1;
