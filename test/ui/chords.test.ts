import type {Key} from 'ink';
import {expect, test} from 'vitest';
import {chordsOf, functionKeyOf, type KeyMemory, noKeyMemory, readKeys} from '../../src/ui/chords.ts';

const noKey: Key = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
};

const key = (over: Partial<Key>): Key => ({...noKey, ...over});

test('a burst is several keys, in order', () => {
  expect(chordsOf('jjj', noKey)).toEqual(['j', 'j', 'j']);
  expect(chordsOf('s\r', noKey)).toEqual(['s', 'enter']);
  expect(chordsOf('日本', noKey)).toEqual(['日', '本']);
});

test('an arrow, Tab, Enter and Esc have names', () => {
  expect(chordsOf('', key({upArrow: true}))).toEqual(['up']);
  expect(chordsOf('\t', key({tab: true}))).toEqual(['tab']);
  expect(chordsOf('', key({tab: true, shift: true}))).toEqual(['shift+tab']);
  expect(chordsOf('\r', key({return: true}))).toEqual(['enter']);
  expect(chordsOf('', key({escape: true}))).toEqual(['escape']);
});

test('two Esc in one packet are two', () => {
  expect(chordsOf('', key({escape: true, meta: true}))).toEqual(['escape', 'escape']);
});

test('Alt and Ctrl make another key: Alt-D is not D', () => {
  expect(chordsOf('D', key({meta: true}))).toEqual(['alt+D']);
  expect(chordsOf('d', key({ctrl: true}))).toEqual(['ctrl+d']);
  expect(chordsOf('', key({downArrow: true, ctrl: true}))).toEqual(['ctrl+down']);
});

test('a line feed is Ctrl-J, never Enter', () => {
  expect(chordsOf('\n', noKey)).toEqual(['ctrl+j']);
});

test('letting a key go is no key', () => {
  expect(chordsOf('j', key({eventType: 'release'}))).toEqual([]);
});

test('F1, F4, F6 and F10 are known in the spellings of terminals in use', () => {
  expect(['\u001bOP', '\u001b[11~', '\u001bOS', '\u001b[17~', '\u001b[21~'].map(functionKeyOf)).toEqual([
    'f1',
    'f1',
    'f4',
    'f6',
    'f10',
  ]);
  expect(functionKeyOf('P')).toBeUndefined();
});

/** What Ink gives out when parts of one escape sequence come more than 20 ms apart. */
function readParts(parts: readonly (readonly [input: string, key: Partial<Key>, at: number])[]) {
  let memory: KeyMemory = noKeyMemory;
  return parts.flatMap(([input, flags, at]) => {
    const read = readKeys(memory, input, key(flags), at);
    memory = read.memory;
    return read.chords;
  });
}

test.each([
  [
    'ESC | [D',
    [
      ['', {escape: true}, 0],
      ['[D', {}, 30],
    ],
    ['escape'],
  ],
  [
    'ESC | OP',
    [
      ['', {escape: true}, 0],
      ['OP', {}, 30],
    ],
    ['escape'],
  ],
  [
    'ESC O | P',
    [
      ['O', {meta: true, shift: true}, 0],
      ['P', {}, 30],
    ],
    [],
  ],
  [
    'ESC [ | D',
    [
      ['[', {}, 0],
      ['D', {}, 30],
    ],
    [],
  ],
  [
    'ESC [ 1 ; | 5 | S',
    [
      ['[1;', {}, 0],
      ['5', {}, 30],
      ['S', {}, 60],
    ],
    [],
  ],
  [
    'ESC [ | Dj',
    [
      ['[', {}, 0],
      ['Dj', {}, 30],
    ],
    ['j'],
  ],
] as const)('torn on a slow link, %s does not act on a sandbox', (_, parts, chords) => {
  expect(readParts(parts)).toEqual(chords);
});

test('half a second later D is D again', () => {
  expect(
    readParts([
      ['[', {}, 0],
      ['D', {}, 600],
    ]),
  ).toEqual(['D']);
});

test('D right after Esc is D', () => {
  expect(
    readParts([
      ['', {escape: true}, 0],
      ['D', {}, 30],
    ]),
  ).toEqual(['escape', 'D']);
});

test('an arrow after the torn start of another is an arrow', () => {
  expect(
    readParts([
      ['[', {}, 0],
      ['', {upArrow: true}, 30],
    ]),
  ).toEqual(['up']);
});

test('in a text field nothing is taken out', () => {
  const first = readKeys(noKeyMemory, '[', noKey, 0, true);
  expect(first.chords).toEqual(['[']);
  expect(readKeys(first.memory, 'DO', noKey, 10, true).chords).toEqual(['D', 'O']);
});

test('a paste whose marks a slow link tore is still no keys, and after it keys are keys', () => {
  expect(
    readParts([
      ['[20', {}, 0],
      ['0~PeP', {}, 80],
      ['e', {}, 160],
      ['[2', {}, 170],
      ['01~', {}, 250],
      ['j', {}, 400],
    ]),
  ).toEqual(['j']);
});

test('a paste whose end never came ends with a second of silence', () => {
  expect(
    readParts([
      ['[', {}, 0],
      ['200~P', {}, 80],
      ['D', {}, 900],
      ['j', {}, 2000],
    ]),
  ).toEqual(['j']);
});
