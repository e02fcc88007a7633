import {StringDecoder} from 'node:string_decoder';
import type {AnswerHeaders} from './headers.ts';
import type {Redact} from './secret.ts';

/** What a server really sent, as it came, the key taken out. */
export type Heard =
  | {
      readonly what: 'answer';
      readonly method: string;
      readonly path: string;
      readonly status: number;
      readonly headers: AnswerHeaders;
      readonly body: string;
    }
  | {readonly what: 'opened'; readonly path: string; readonly status: number; readonly headers: AnswerHeaders}
  /** Whole lines of a stream, their ends included. */
  | {readonly what: 'lines'; readonly path: string; readonly text: string}
  /** A line longer than anybody needs: nothing of it, since a part cannot be read. */
  | {readonly what: 'long line'; readonly path: string};

export type Witness = (heard: Heard) => void;

/** Of a longer line only that it came is told. */
const MOST_CHARACTERS = 262_144;

/** Tells the bytes of one connection by whole lines: a secret that two reads have parted is found all the same. */
export function witnessLines(witness: Witness, path: string, redact: Redact): (bytes: Uint8Array) => void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let isSkipping = false;
  const tell = (text: string) => {
    const whole = isSkipping ? text.replace(/^[^\r\n]*[\r\n]/, '') : text;
    isSkipping = false;
    if (whole !== '') witness({what: 'lines', path, text: redact(whole)});
  };
  return (bytes) => {
    rest += decoder.write(Buffer.from(bytes));
    const end = Math.max(rest.lastIndexOf('\n'), rest.lastIndexOf('\r')) + 1;
    if (end > 0) tell(rest.slice(0, end));
    rest = rest.slice(end);
    if (rest.length <= MOST_CHARACTERS) return;
    if (!isSkipping) witness({what: 'long line', path});
    isSkipping = true;
    rest = '';
  };
}
