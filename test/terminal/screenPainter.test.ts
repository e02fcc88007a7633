import {describe, expect, test} from 'vitest';
import {createScreenPainter, type ScreenPainter} from '../../src/terminal/screenPainter.ts';
import {readCell, write} from '../support/screen.ts';
import {paintedTerminal} from './paintedTerminal.ts';
import {span} from './rows.ts';

const SIZE = {columns: 12, rows: 3};

/** The alternate screen is ours, and a first frame is on it. */
async function startPainting(frame = 'one\ntwo\nthree') {
  const terminal = paintedTerminal(SIZE);
  const painter = createScreenPainter(terminal.ports, SIZE);
  painter.enter();
  painter.takeFrame(frame);
  terminal.turn();
  await terminal.show();
  /** Ink gives a frame, and what it caused is over. */
  const frameIs = (text: string) => {
    painter.takeFrame(text);
    terminal.turn();
  };
  return {...terminal, painter, frameIs};
}

/** Anything that erases everything and writes all of it. */
const WHOLE = /\^\[H\^\[J/;

describe('when something is painted', () => {
  test('nothing before the screen is entered, nor without a frame', () => {
    const {ports, turn, take} = paintedTerminal(SIZE);
    const painter = createScreenPainter(ports, SIZE);
    painter.takeFrame('too early');
    turn();
    expect(take()).toEqual([]);
    const other = createScreenPainter(ports, SIZE);
    other.enter();
    other.paint();
    expect(take()).toEqual(['^[?1049h^[?1000;1002;1003;1006l^[?25l']);
  });

  test('a frame is one write, and what did not change is not in it', async () => {
    const {frameIs, take} = await startPainting();
    frameIs('one\ntwX\nthree');
    expect(take()).toEqual([expect.stringMatching(/X$/)]);
  });

  test('the same frame is no write', async () => {
    const {frameIs, take} = await startPainting();
    frameIs('one\ntwo\nthree');
    expect(take()).toEqual([]);
  });

  test('what changes in one turn is painted once, with the last of it', async () => {
    const {painter, turn, take, waiting, show} = await startPainting();
    painter.takeFrame('one\nTWO\nthree');
    painter.paintSoon();
    painter.takeFrame('one\nTWO\nTHREE');
    painter.paintSoon();
    expect([waiting(), take()]).toEqual([1, []]);
    turn();
    expect(await show()).toEqual(['one', 'TWO', 'THREE']);
    painter.paintSoon();
    expect(waiting()).toBe(1);
  });

  test('asked to paint now, it does not wait', async () => {
    const {painter, take} = await startPainting();
    painter.takeFrame('now');
    painter.paint();
    expect(take()).toHaveLength(1);
  });

  test('lines in place of a frame are there at once', async () => {
    const {painter, show} = await startPainting();
    painter.showLines([[span('skeleton')]]);
    expect((await show()).map((line) => line.trimEnd())).toEqual(['skeleton', '', '']);
  });
});

describe('entering and leaving', () => {
  test('entered twice is entered once', async () => {
    const {painter, take} = await startPainting();
    painter.enter();
    expect(take()).toEqual([]);
  });

  test('left, nothing is painted until it is entered again: then all of it, on whatever lies there', async () => {
    const {painter, frameIs, show, take, screen} = await startPainting();
    painter.leave();
    await show();
    expect(screen.buffer.active.type).toBe('normal');
    frameIs('one\nnews\nthree');
    painter.paint();
    expect(take()).toEqual([]);
    await write(screen, '$ vi\r\n\u001b[41mother words');
    painter.enter();
    painter.paint();
    expect(await show()).toEqual(['one', 'news', 'three']);
    expect(readCell(screen, 11, 0).background).toBeUndefined();
  });

  const whereItMayBeLeft: readonly (readonly [string, (painter: ScreenPainter) => void])[] = [
    ['after a frame', () => undefined],
    ['when the size has changed and nothing is painted yet', ({resize}) => resize({columns: 20, rows: 4})],
  ];

  test.each(whereItMayBeLeft)(
    'left %s, the pen is put down first: the Linux console would keep it',
    async (_, meanwhile) => {
      const {painter, take} = await startPainting('\u001b[1;7;31mred');
      meanwhile(painter);
      painter.leave();
      expect(take()).toEqual(['^[m^[?1049l^[?25h']);
    },
  );

  test('left twice is left once, and never entered is never left', async () => {
    const {painter, take} = await startPainting();
    painter.leave();
    take();
    painter.leave();
    const other = paintedTerminal(SIZE);
    createScreenPainter(other.ports, SIZE).leave();
    expect([...take(), ...other.take()]).toEqual([]);
  });
});

describe('another size', () => {
  test('nothing is painted until there is a frame of that size; then the whole of it', async () => {
    const {painter, screen, turn, take, show} = await startPainting();
    painter.resize({columns: 8, rows: 2});
    painter.paint();
    painter.paintSoon();
    turn();
    expect(take()).toEqual([]);
    screen.resize(8, 2);
    painter.takeFrame('first\nsecond');
    turn();
    expect(await show()).toEqual(['first', 'second']);
  });

  test('many sizes one after the other end in the last', async () => {
    const {painter, screen, frameIs, show} = await startPainting();
    for (const columns of [3, 30, 5, 9]) {
      painter.resize({columns, rows: 2});
      painter.takeFrame('x'.repeat(columns));
    }
    screen.resize(9, 2);
    frameIs('123456789\nend');
    expect(await show()).toEqual(['123456789', 'end']);
  });
});

describe('a terminal that is not read', () => {
  test('gets nothing more while it has not taken what there was, and then the newest frame only', async () => {
    const {stopReading, readAgain, frameIs, turn, take, show} = await startPainting();
    stopReading();
    frameIs('one\ntwo\nX');
    await show();
    frameIs('one\nold\nX');
    frameIs('one\nnew\nY');
    expect(take()).toEqual([]);
    readAgain();
    turn();
    const [newest, ...more] = take();
    expect(newest).not.toMatch(WHOLE);
    expect(newest).not.toMatch(/old/);
    expect(more).toEqual([]);
  });

  test('took all in time: nothing is painted that nobody asked for', async () => {
    const {stopReading, readAgain, frameIs, turn, take} = await startPainting();
    stopReading();
    frameIs('one\ntwo\nX');
    take();
    readAgain();
    turn();
    expect(take()).toEqual([]);
  });

  test.each([
    [4999, false],
    [5000, false],
    [5001, true],
  ])('%i ms after the last bytes that were handed over, all of it anew: %s', async (ms, isWhole) => {
    const {stopReading, readAgain, frameIs, turn, take, clock} = await startPainting();
    stopReading();
    frameIs('one\ntwo\nX');
    take();
    clock.advance(1000);
    frameIs('one\ntwo\nY');
    clock.advance(ms - 1000);
    frameIs('one\ntwo\nZ');
    readAgain();
    turn();
    expect(WHOLE.test(take().join(''))).toBe(isWhole);
  });

  test('hung for long over a frame that was handed over: all of it anew, although nothing is new', async () => {
    const {stopReading, readAgain, frameIs, turn, take, clock} = await startPainting();
    stopReading();
    frameIs('one\ntwo\nX');
    take();
    clock.advance(5001);
    readAgain();
    turn();
    expect(take().join('')).toMatch(WHOLE);
  });

  test('each stall counts by itself', async () => {
    const {stopReading, readAgain, frameIs, turn, take, clock} = await startPainting();
    for (const letter of ['A', 'B', 'C']) {
      stopReading();
      frameIs(`one\ntwo\n${letter}`);
      frameIs(`one\ntwo\n${letter}${letter}`);
      clock.advance(3000);
      readAgain();
      turn();
    }
    expect(take().join('')).not.toMatch(WHOLE);
  });

  test('is left all the same, and nothing comes after that', async () => {
    const {stopReading, readAgain, frameIs, turn, take, painter} = await startPainting();
    stopReading();
    frameIs('one\ntwo\nX');
    frameIs('one\ntwo\nY');
    take();
    painter.leave();
    expect(take().join('')).toContain('^[?1049l');
    readAgain();
    turn();
    expect(take()).toEqual([]);
  });
});

test('what is no frame goes out at once, as it is', async () => {
  const {painter, take} = await startPainting();
  painter.control('\u001b[?25h');
  expect(take()).toEqual(['^[?25h']);
});

test('closed, it listens to its output no more', async () => {
  const {painter, listeners} = await startPainting();
  expect(listeners()).toBe(1);
  painter.close();
  expect(listeners()).toBe(0);
});
