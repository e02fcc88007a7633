import type {IBufferCell, Terminal} from '@xterm/headless';
import {type Cell, cellOf} from './screen.ts';

/** Every cell of a terminal, row by row. */
export type WholeScreen = readonly (readonly Cell[])[];

/** A screen has some thousand cells and few that differ: those alike are one object. */
const known = new Map<string, Cell>();

/** All cells at once: what `readCell` says of each, without looking its line up each time. */
export function readScreen({buffer: {active}, rows, cols}: Terminal): WholeScreen {
  const place = active.getNullCell();
  return Array.from({length: rows}, (_, y) => {
    const line = active.getLine(active.viewportY + y);
    return Array.from({length: cols}, (__, x) => sharedCell(line?.getCell(x, place) ?? active.getNullCell()));
  });
}

function sharedCell(cell: IBufferCell): Cell {
  const attributes = [cell.isBold(), cell.isDim(), cell.isInverse(), cell.isUnderline()].join();
  const colours = `${cell.getFgColorMode()} ${cell.getFgColor()} ${cell.getBgColorMode()} ${cell.getBgColor()}`;
  const key = `${attributes} ${colours} ${cell.getWidth()} ${cell.getChars()}`;
  const shared = known.get(key) ?? cellOf(cell);
  known.set(key, shared);
  return shared;
}

/** What one sees: of a blank only its background, and not whether it was ever written. */
export const seenOf = (screen: WholeScreen): readonly (readonly unknown[])[] =>
  screen.map((row) =>
    row.map((cell) => {
      const text = cell.width > 0 ? cell.text || ' ' : '';
      const isBlank = text === ' ' && !cell.underline && !cell.inverse;
      return isBlank ? (cell.background ?? 'blank') : {...cell, text};
    }),
  );
