import {basename} from 'node:path';
import {type Document, isNode, LineCounter, parseDocument} from 'yaml';
import {SpecRefused} from '../runtime/specPort.ts';
import {sanitize} from '../terminal/text.ts';
import {CliError} from './exit.ts';
import {readRegularFile} from './ownFile.ts';

/** Where in a spec: keys, and places in lists counted from 0. */
export type Place = readonly (string | number)[];

/** A mistake, as one sentence that begins with the file, the line where it is known, and the key. */
export type Mistake = (place: Place, what: string) => SpecRefused;

export type SpecDocument = {readonly top: unknown; readonly mistake: Mistake};

/** Reads a spec, JSON or YAML. No sentence quotes what stands in it: that may be a secret. Throws a SpecRefused. */
export function readDocument(path: string): SpecDocument {
  const file = sanitize(basename(path), 80);
  const text = textOf(path);
  const lines = new LineCounter();
  const document = parseDocument(text, {lineCounter: lines, prettyErrors: false, logLevel: 'silent'});
  const lineAt = (position: number) => lines.linePos(position).line;
  const [broken] = document.errors;
  if (broken) {
    const why = broken.code === 'DUPLICATE_KEY' ? 'a key stands twice' : 'it is neither YAML nor JSON here: mend it';
    throw new SpecRefused(`${file}:${lineAt(broken.pos[0])}: ${why}`);
  }
  const mistake: Mistake = (place, what) => {
    const position = positionOf(document, place);
    const line = position === undefined ? '' : `:${lineAt(position)}`;
    return new SpecRefused(`${file}${line}: ${place.length === 0 ? '' : `${spelled(place)}: `}${what}`);
  };
  return {top: plain(document, file), mistake};
}

function textOf(path: string): string {
  const shown = sanitize(path, 120);
  try {
    const file = readRegularFile(path, shown, 'spec');
    if (file) return file.text;
  } catch (error) {
    throw error instanceof CliError ? new SpecRefused(error.message) : error;
  }
  throw new SpecRefused(
    `${shown} is not there: write the path from the folder in which hopx-top was started, or from /`,
  );
}

function plain(document: Document.Parsed, file: string): unknown {
  try {
    return document.toJS();
  } catch {
    throw new SpecRefused(`${file}: its aliases cannot be followed: write out what they stand for`);
  }
}

/** A key that is missing has no line; what it is missing from has. */
function positionOf(document: Document.Parsed, place: Place): number | undefined {
  const node = place.length === 0 ? undefined : document.getIn(place, true);
  return isNode(node) ? node.range?.[0] : undefined;
}

/** `steps[2].args` */
const spelled = (place: Place) =>
  place
    .map((each, index) => (typeof each === 'number' ? `[${each}]` : `${index === 0 ? '' : '.'}${sanitize(each, 40)}`))
    .join('');
