import {Buffer} from 'node:buffer';
import {describe, expect, test} from 'vitest';
import {createSseDecoder, type SseItem} from '../../src/api/sse.ts';

const bytesOf = (text: string) => Buffer.from(text);

function decode(...chunks: readonly (string | Uint8Array)[]): readonly SseItem[] {
  const decoder = createSseDecoder();
  return chunks.flatMap((chunk) => decoder.feed(typeof chunk === 'string' ? bytesOf(chunk) : chunk));
}

const message = (data: string, told: {event?: string; id?: string} = {}): SseItem => ({
  type: 'message',
  event: told.event ?? 'message',
  data,
  id: told.id ?? '',
});

const story = '\uFEFFid: 東\r\nevent: sandbox.updated\rdata: {"region":"東京 🏙"}\ndata: zwei\r\n\r\n: Herz\n\ndata\r\r';
const told = [
  message('{"region":"東京 🏙"}\nzwei', {event: 'sandbox.updated', id: '東'}),
  {type: 'comment', text: 'Herz'},
  message('', {id: '東'}),
];

describe('cuts', () => {
  test.each([...bytesOf(story).keys()])('the story cut after byte %i is the same story', (index) => {
    const bytes = bytesOf(story);
    expect(decode(bytes.subarray(0, index), bytes.subarray(index))).toEqual(told);
  });

  test('one byte at a time is the same story', () => {
    expect(decode(...[...bytesOf(story)].map((byte) => Uint8Array.of(byte)))).toEqual(told);
  });

  test('an event that ends with CR is told without waiting for the next byte', () => {
    expect(decode('data: a\r\r')).toEqual([message('a')]);
  });

  test('CR at the end of a chunk and LF at the begin of the next are one line end', () => {
    expect(decode('data: a\r', '\n', 'data: b\r', '\n\r', '\n')).toEqual([message('a\nb')]);
  });

  test('an event that is not complete at the end is not told, nor is its id', () => {
    const decoder = createSseDecoder();
    expect(decoder.feed(bytesOf('id: 1\ndata: a\n\nid: 2\ndata: b\n'))).toEqual([message('a', {id: '1'})]);
    expect(decoder.lastEventId()).toBe('1');
  });
});

describe('byte order marks', () => {
  test('exactly one is dropped', () => {
    expect(decode('\uFEFFdata: a\n\n')).toEqual([message('a')]);
    expect(decode('\uFEFF\uFEFFdata: a\n\n')).toEqual([]);
  });

  test('one that is cut in three is dropped', () => {
    expect(decode(Uint8Array.of(0xef), Uint8Array.of(0xbb), Uint8Array.of(0xbf), 'data: a\n\n')).toEqual([
      message('a'),
    ]);
  });

  test('one inside the stream is text', () => {
    expect(decode('data: a\n\n\uFEFFdata: b\n\ndata:\uFEFFc\n\n')).toEqual([message('a'), message('\uFEFFc')]);
  });

  test('the letters ï»¿ are no mark', () => {
    expect(decode('ï»¿data: a\n\n')).toEqual([]);
  });
});

describe('fields', () => {
  test.each([
    ['one space is dropped, a second stays', 'data:  a\n\n', [message(' a')]],
    ['data without a colon is an empty line of data', 'data\n\n', [message('')]],
    ['several lines are joined', 'data: a\ndata:\ndata: b\n\n', [message('a\n\nb')]],
    ['a block without data tells nothing', 'event: a\n\n', []],
    ['names are case-sensitive', 'Data: a\nDATA: b\n\n', []],
    ['an unknown field is ignored', 'data: a\nfoo: b\n\n', [message('a')]],
    ['an empty event name is `message`', 'event: x\nevent:\ndata: a\n\n', [message('a')]],
    ['the id persists', 'id: 7\ndata: a\n\ndata: b\n\n', [message('a', {id: '7'}), message('b', {id: '7'})]],
    ['an empty id clears it', 'id: 7\ndata: a\n\nid\ndata: b\n\n', [message('a', {id: '7'}), message('b')]],
    ['an id with NULL is ignored', 'id: 7\n\nid: 8\0\ndata: a\n\n', [message('a', {id: '7'})]],
    ['retry is digits', 'retry: 40\nretry: 4x\nretry: -1\nretry\nretry: 1.5\n', [{type: 'retry', ms: 40}]],
    ['a comment is told', ': ping\n:pong\n:\n', ['ping', 'pong', ''].map((text) => ({type: 'comment', text}))],
  ] as const)('%s', (_name, text, expected) => {
    expect(decode(text)).toEqual(expected);
  });

  test('an id without data is remembered', () => {
    const decoder = createSseDecoder({lastEventId: 'old'});
    expect(decoder.lastEventId()).toBe('old');
    expect(decoder.feed(bytesOf('id: new\n\n'))).toEqual([]);
    expect(decoder.lastEventId()).toBe('new');
  });

  test('invalid UTF-8 becomes U+FFFD and the stream goes on', () => {
    const broken = Buffer.concat([bytesOf('data: a'), Buffer.of(0xff, 0xc3), bytesOf('\n\ndata: b\n\n')]);
    expect(decode(broken)).toEqual([message('a\uFFFD\uFFFD'), message('b')]);
  });
});

describe('limits', () => {
  const feed = (decoder: ReturnType<typeof createSseDecoder>, text: string) => decoder.feed(bytesOf(text));

  test('an endless line stops the decoder instead of the process', () => {
    const decoder = createSseDecoder({mostCharacters: 1000});
    expect(feed(decoder, `data: a\n\ndata: ${'x'.repeat(900)}`)).toEqual([message('a')]);
    expect(decoder.isOverflown()).toBe(false);
    feed(decoder, 'x'.repeat(200));
    expect(decoder.isOverflown()).toBe(true);
    expect(feed(decoder, '\n\ndata: b\n\n')).toEqual([]);
  });

  test('endless lines of data stop it too', () => {
    const decoder = createSseDecoder({mostCharacters: 1000});
    for (let line = 0; line < 200; line += 1) feed(decoder, 'data: 12345\n');
    expect(decoder.isOverflown()).toBe(true);
  });

  test('an endless comment stops it too', () => {
    const decoder = createSseDecoder({mostCharacters: 1000});
    feed(decoder, ':');
    feed(decoder, 'x'.repeat(1001));
    expect(decoder.isOverflown()).toBe(true);
  });

  test('five million characters pass when they are allowed', () => {
    const decoder = createSseDecoder({mostCharacters: 6e6});
    const data = 'y'.repeat(5e6);
    expect(feed(decoder, `data: ${data}\n\n`)).toEqual([message(data)]);
    expect(decoder.isOverflown()).toBe(false);
  });
});
