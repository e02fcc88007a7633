import {blankRow, type CellRow, putText} from './cellRow.ts';
import {type Pen, PLAIN_PEN, penAfter} from './pens.ts';

/** What follows an escape character: its sequence, with the parameters of an SGR one, and the text behind it. */
const SEQUENCE = /^(?:\[([\d;:]*)m|\[[^@-~]*[@-~]|.)(.*)$/su;

/** A line as Ink gives it, text with SGR codes, as cells. Other sequences move nothing here and are dropped. */
export function readAnsiRow(line: string, columns: number): CellRow {
  const row = blankRow(columns);
  const [start = '', ...pieces] = line.split('\u001b');
  let at = putText(row, 0, columns, start, PLAIN_PEN);
  let pen: Pen = PLAIN_PEN;
  for (const piece of pieces) {
    const [, parameters, text = ''] = SEQUENCE.exec(piece) ?? [];
    if (parameters !== undefined) pen = penAfter(pen, parameters);
    at = putText(row, at, columns, text, pen);
  }
  return row;
}
