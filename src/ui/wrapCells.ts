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

/** Cut between characters, wherever a line of so many cells is full: for what is not prose. */
export function cutCells(text: string, width: number): readonly string[] {
  const most = Math.max(1, width);
  if (cellWidth(text) <= most) return [text];
  const lines: string[] = [];
  let line = '';
  let cells = 0;
  for (const character of text) {
    const more = characterCells(character);
    if (line !== '' && cells + more > most) {
      lines.push(line);
      [line, cells] = ['', 0];
    }
    line += character;
    cells += more;
  }
  return [...lines, line];
}
