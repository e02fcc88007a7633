import {describe, expect, test} from 'vitest';
import {createTtyOutput, type TtyStream} from '../../src/terminal/ttyOutput.ts';

type Written = {readonly text: string; readonly taken: () => void};

/** A stream whose kernel takes what it is told to take, in order; `_handle` is what Node keeps there. */
function fakeStream({fd = 1, handle}: {readonly fd?: number; readonly handle?: unknown} = {}) {
  const held: Written[] = [];
  const all: string[] = [];
  const state = {writable: true, takesAtOnce: false};
  const stream: TtyStream = {
    fd,
    get writable() {
      return state.writable;
    },
    get writableLength() {
      return held.reduce((sum, {text}) => sum + Buffer.byteLength(text), 0);
    },
    write(bytes, taken) {
      const text = Buffer.from(bytes).toString();
      all.push(text);
      if (state.takesAtOnce) queueMicrotask(taken);
      else held.push({text, taken});
      return true;
    },
  };
  if (handle !== undefined) Object.assign(stream, {_handle: handle});
  const take = () => held.shift()?.taken();
  return {stream, all, state, take};
}

function heard() {
  const fake = fakeStream();
  const output = createTtyOutput(fake.stream);
  const news: string[] = [];
  const cancel = output.onTaken(() => news.push(`taken after ${fake.all.length}`));
  return {...fake, output, news, cancel};
}

describe('what the terminal has taken', () => {
  test('at first, nothing is owed', () => {
    expect(heard().output.isTaken()).toBe(true);
  });

  test('a text that the kernel takes as it comes is taken at once, and that is no news', async () => {
    const {output, state, news} = heard();
    state.takesAtOnce = true;
    output.write('frame');
    expect(output.isTaken()).toBe(true);
    await Promise.resolve();
    expect(news).toEqual([]);
  });

  test('a text that is held is not taken until the last byte of the last one is', () => {
    const {output, take, news} = heard();
    output.write('frame');
    output.write('cursor');
    expect(output.isTaken()).toBe(false);
    take();
    expect([output.isTaken(), news]).toEqual([false, []]);
    take();
    expect([output.isTaken(), news]).toEqual([true, ['taken after 2']]);
  });

  test('each time it is told once, and a listener may paint at once', () => {
    const {output, take, all, news} = heard();
    const cancel = output.onTaken(() => output.write('newest'));
    output.write('old');
    take();
    expect([output.isTaken(), all]).toEqual([false, ['old', 'newest']]);
    cancel();
    take();
    expect([output.isTaken(), news]).toEqual([true, ['taken after 1', 'taken after 2']]);
  });

  test('who cancelled hears no more', () => {
    const {output, take, news, cancel} = heard();
    cancel();
    output.write('frame');
    take();
    expect([output.isTaken(), news]).toEqual([true, []]);
  });
});

test('texts come out as UTF-8 and in order; no text is no write', () => {
  const {output, all} = heard();
  output.write('│é');
  output.write('');
  output.write('世');
  expect(all).toEqual(['│é', '世']);
});

test('a stream that has ended or was destroyed is written to no more', () => {
  const {output, state, all} = heard();
  state.writable = false;
  output.write('frame');
  expect([output.isTaken(), all]).toEqual([true, []]);
});

describe('a terminal is made non-blocking where its open file is ours alone', () => {
  function asked(handle: object | null, fd = 1) {
    const calls: unknown[] = [];
    const setBlocking = function (this: unknown, value: boolean) {
      calls.push([this === given, value]);
      return 0;
    };
    const given = handle && {setBlocking, ...handle};
    const output = createTtyOutput(fakeStream({fd, handle: given}).stream);
    expect(output.isTaken()).toBe(true);
    return calls;
  }

  test('opened anew by libuv: a descriptor of its own', () => {
    expect(asked({fd: 21})).toEqual([[true, false]]);
  });

  test.each([
    ['the descriptor that others share', {fd: 1}],
    ['a handle that is closed', {fd: -1}],
    ['a handle without a descriptor (Windows)', {}],
    ['a Node that has no setBlocking', {fd: 21, setBlocking: undefined}],
    ['a Node that has no handle', null],
  ])('%s: left as it is', (_, handle) => {
    expect(asked(handle)).toEqual([]);
  });
});
