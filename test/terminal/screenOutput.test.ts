import {EventEmitter} from 'node:events';
import {describe, expect, test} from 'vitest';
import {createScreenOutput, paintedSize} from '../../src/terminal/screenOutput.ts';
import {paintedTerminal} from './paintedTerminal.ts';
import {span} from './rows.ts';

const SIZE = {columns: 12, rows: 2};

function startOutput() {
  const terminal = paintedTerminal(SIZE);
  const sized = Object.assign(new EventEmitter(), SIZE);
  const grid = createScreenOutput(sized, terminal.ports);
  const resize = (columns: number, rows: number) => {
    Object.assign(sized, {columns, rows});
    terminal.screen.resize(columns, rows);
    sized.emit('resize');
  };
  return {...terminal, grid, sized, resize, write: (text: string) => grid.stdout.write(text)};
}

/** Ink has entered, and a first frame is shown. */
async function startShowing() {
  const output = startOutput();
  output.write('\u001b[?1049h');
  output.write('first\nframe');
  output.turn();
  await output.show();
  return output;
}

describe('what Ink writes', () => {
  test.each([
    '\u001b[?25l',
    '\u001b[?25h',
    '\u001b[?2004h',
    '\u001b[?2004l',
    '\u001b[>1u',
    '\u001b[<u',
    '\u001b[?u',
    '\u001b[?2004h\u001b[>1u',
  ])('to control the terminal goes through as it is: %j', async (control) => {
    const {write, take} = await startShowing();
    write(control);
    expect(take()).toEqual([control.replaceAll('\u001b', '^')]);
  });

  test.each(['\u001b[32mgreen', '\u001b[1m', '\u001b[?25lno control alone', 'text', '\n', '\u001b[2J'])(
    'else is a frame, and is never written itself: %j',
    async (frame) => {
      const {write, take, turn} = await startShowing();
      write(frame);
      expect(take()).toEqual([]);
      turn();
      expect(take()).not.toContain(frame.replaceAll('\u001b', '^'));
    },
  );

  test('no text is asked for to learn that all is out: what is due is painted now', async () => {
    const {write, take} = await startShowing();
    write('next\nframe');
    write('');
    expect(take()).toHaveLength(1);
  });

  test('to leave and to enter is done, and on entering all of it is painted anew', async () => {
    const {write, show, turn, screen} = await startShowing();
    write('\u001b[?1049l');
    await show();
    expect(screen.buffer.active.type).toBe('normal');
    write('\u001b[?1049h');
    write('first\nframe');
    turn();
    expect(await show()).toEqual(['first', 'frame']);
    expect(screen.buffer.active.type).toBe('alternate');
  });
});

test('lines before Ink are shown on the alternate screen, which Ink then enters no more', async () => {
  const {grid, write, take, show, turn, screen} = startOutput();
  grid.showLines([[span('skeleton')]]);
  expect((await show())[0]).toBe('skeleton');
  expect(screen.buffer.active.type).toBe('alternate');
  write('\u001b[?1049h');
  expect(take()).toEqual([]);
  write('frame');
  turn();
  expect((await show())[0]?.trimEnd()).toBe('frame');
});

test("a canvas that changed is painted without a word of Ink's", async () => {
  const {grid, write, turn, show} = await startShowing();
  let load = '1%';
  const mark = grid.canvases.newMark();
  grid.canvases.put(mark, {place: () => ({x: 0, y: 1}), columns: 4, paint: () => [[span(load)]]});
  write(`head\n${mark.repeat(4)}`);
  turn();
  load = '2%';
  grid.requestPaint();
  turn();
  expect((await show()).map((line) => line.trimEnd())).toEqual(['head', '2%']);
});

describe('a terminal of another size', () => {
  test('is told to Ink, once the painter knows it', async () => {
    const {grid, resize, write, turn, show} = await startShowing();
    const told: unknown[] = [];
    grid.stdout.on('resize', () => {
      told.push([Reflect.get(grid.stdout, 'columns'), Reflect.get(grid.stdout, 'rows')]);
      write('a frame of\nthe new\nsize');
    });
    resize(10, 3);
    turn();
    expect(told).toEqual([[10, 3]]);
    expect(await show()).toEqual(['a frame of', 'the new', 'size']);
  });

  test('is a terminal to Ink', () => {
    const {grid} = startOutput();
    expect(grid.stdout).toMatchObject({isTTY: true, columns: 12, rows: 2});
  });

  test('after the end nobody is told, and nobody listens', async () => {
    const {grid, sized, listeners, resize} = await startShowing();
    let told = 0;
    grid.stdout.on('resize', () => (told += 1));
    grid.close();
    resize(10, 3);
    expect([told, sized.listenerCount('resize'), listeners()]).toEqual([0, 0, 0]);
  });
});

test('of a window that claims to be enormous a part is painted', () => {
  expect(paintedSize({columns: 120, rows: 40})).toEqual({columns: 120, rows: 40});
  expect(paintedSize({columns: 0, rows: 0})).toEqual({columns: 80, rows: 24});
  expect(paintedSize({columns: 65_535, rows: 65_535})).toEqual({columns: 1000, rows: 500});
});
