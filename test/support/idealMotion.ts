import {shorter} from './idealPen.ts';

/** A place on the screen, counted from 0. The column is unknown after a character in the last one. */
export type Place = {readonly x: number | undefined; readonly y: number};

type Target = {readonly x: number; readonly y: number};

const CSI = '\u001b[';

/** The shortest way to a place, absolute or relative (ECMA-48; CHA and VPA included). */
export function motion(from: Place, to: Target): string {
  if (from.x === to.x && from.y === to.y) return '';
  return ways(from, to).reduce(shorter, absolute(to));
}

const absolute = ({x, y}: Target): string => {
  if (x > 0) return `${CSI}${y + 1};${x + 1}H`;
  return y > 0 ? `${CSI}${y + 1}H` : `${CSI}H`;
};

function ways(from: Place, to: Target): readonly string[] {
  if (from.y === to.y) return withinRow(from.x, to.x);
  if (from.x === to.x) return withinColumn(from.y, to.y);
  return to.x === 0 && to.y > from.y ? [`\r${'\n'.repeat(to.y - from.y)}`] : [];
}

function withinRow(from: number | undefined, to: number): readonly string[] {
  const column = to === 0 ? '\r' : `${CSI}${to + 1}G`;
  if (from === undefined) return [column];
  return from < to ? [column, by(to - from, 'C')] : [column, by(from - to, 'D'), '\b'.repeat(from - to)];
}

function withinColumn(from: number, to: number): readonly string[] {
  const row = `${CSI}${to + 1}d`;
  return from < to ? [row, by(to - from, 'B'), '\n'.repeat(to - from)] : [row, by(from - to, 'A')];
}

const by = (count: number, final: string): string => `${CSI}${count === 1 ? '' : count}${final}`;
