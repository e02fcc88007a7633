import {cellWidth, characterCells} from '../terminal/text.ts';

/** A longer line goes on below, under its own beginning; no character is torn. */
export function wrapCells(line: string, width: number): readonly string[] {
  if (cellWidth(line) <= width) return [line];
  const indent = ' '.repeat(Math.min(line.search(/\S|$/) + 2, Math.floor(width / 2)));
  const lines: string[] = [];
  let part = '';
  let cells = 0;
  for (const character of line) {
    const wide = characterCells(character);
    if (cells + wide > width && part.trim() !== '') {
      lines.push(part);
      part = indent;
      cells = indent.length;
    }
    part += character;
    cells += wide;
  }
  return [...lines, part];
}
