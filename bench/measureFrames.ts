import {createHash} from 'node:crypto';
import type {State} from '../src/model/state.ts';
import {byteLength, createIdealWriter} from '../test/support/idealWriter.ts';
import {createScreen, write} from '../test/support/screen.ts';
import {readScreen, seenOf} from '../test/support/wholeScreen.ts';
import {spentMs} from './cpu.ts';
import {fleetState, SIZE} from './fleet.ts';
import {createOutput} from './output.ts';
import {createStage} from './stage.ts';
import {beginWorkload, FLEET, type Workload, workloads} from './workloads.ts';
import {type WriterName, writers} from './writers.tsx';

/** One workload through one writer; figures are a turn's. */
export type FramesOf = {
  readonly workload: string;
  readonly cpuMs: number;
  readonly bytes: number;
  /** Of the ideal writer, for the same screens; 0 where there are none. */
  readonly idealBytes: number;
  /** A digest of every screen: two writers that show the same have the same. */
  readonly screens: readonly string[];
};

/** All workloads, one after the other. */
export async function measureFrames(writer: WriterName): Promise<readonly FramesOf[]> {
  const fleet = fleetState(FLEET);
  const measured: FramesOf[] = [];
  for (const workload of workloads) measured.push(await measureWorkload(workload, writer, fleet));
  return measured;
}

export async function measureWorkload(workload: Workload, writer: WriterName, fleet: State): Promise<FramesOf> {
  const {cpuMs, before, turns} = await play(workload, writer, fleet);
  const seen = before === '' ? {idealBytes: 0, screens: []} : await replay(before, turns);
  const bytes = turns.reduce((sum, text) => sum + byteLength(text), 0) / turns.length;
  return {workload: workload.name, cpuMs, bytes, ...seen};
}

/** What was written: before the turns that count, and in each of them. */
type Played = {readonly cpuMs: number; readonly before: string; readonly turns: readonly string[]};

async function play(workload: Workload, writer: WriterName, fleet: State): Promise<Played> {
  const stage = createStage(workload.prepare(fleet));
  const output = createOutput();
  const running = writers[writer](stage, output);
  beginWorkload(workload, stage);
  const turn = async () => {
    stage.clock.advance(workload.turnMs);
    await running.flush();
    return output.take();
  };
  await running.flush();
  let before = output.take();
  for (let count = 0; count < workload.warmUp; count += 1) before += await turn();
  globalThis.gc?.();
  const turns: string[] = [];
  const start = process.cpuUsage();
  for (let count = 0; count < workload.turns; count += 1) turns.push(await turn());
  const cpuMs = spentMs(start) / workload.turns;
  running.stop();
  return {cpuMs, before, turns};
}

/** What a terminal shows after each turn, and what the ideal writer would have written for that. */
async function replay(before: string, turns: readonly string[]): Promise<Pick<FramesOf, 'idealBytes' | 'screens'>> {
  const terminal = createScreen(SIZE.columns, SIZE.rows);
  const ideal = createIdealWriter(SIZE.columns, SIZE.rows);
  await write(terminal, onTerminal(before));
  ideal.paint(readScreen(terminal));
  let idealBytes = 0;
  const screens: string[] = [];
  for (const text of turns) {
    await write(terminal, onTerminal(text));
    const screen = readScreen(terminal);
    idealBytes += byteLength(ideal.paint(screen));
    screens.push(digest(JSON.stringify(seenOf(screen))));
  }
  return {idealBytes: idealBytes / turns.length, screens};
}

/** A terminal's driver sends a line feed as carriage return and line feed, in Node's raw mode too. */
const onTerminal = (text: string): string => text.replaceAll('\n', '\r\n');

const digest = (text: string): string => createHash('sha1').update(text).digest('base64');
