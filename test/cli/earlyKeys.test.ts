import {PassThrough} from 'node:stream';
import {expect, test} from 'vitest';
import {readEarlyKeys} from '../../src/cli/earlyKeys.ts';

function typing() {
  const input = new PassThrough();
  const done: string[] = [];
  const stop = readEarlyKeys(input, {
    quit: () => done.push('quit'),
    interrupt: () => done.push('interrupt'),
    suspend: () => done.push('suspend'),
  });
  const type = async (keys: string) => {
    input.write(keys);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return {input, done, stop, type};
}

/** What the next reader of keys gets, as Ink reads them. */
async function readOn(input: PassThrough): Promise<string> {
  let text = '';
  input.setEncoding('utf8');
  input.on('readable', () => {
    for (let chunk = input.read(); chunk !== null; chunk = input.read()) text += chunk;
  });
  await new Promise((resolve) => setImmediate(resolve));
  return text;
}

test.each([
  ['q', 'quit'],
  ['\u0003', 'interrupt'],
  ['\u0003\u0003', 'interrupt'],
  ['\u001a', 'suspend'],
])('%j works before there is a screen: %s', async (key, deed) => {
  const {done, type} = typing();
  await type(key);
  expect(done).toEqual([deed]);
});

test('a burst may be a paste: nothing in it is a command, and all of it is kept', async () => {
  const {input, done, type, stop} = typing();
  await type('quit\u0003');
  stop();
  expect([done, await readOn(input)]).toEqual([[], 'quit\u0003']);
});

test('what was typed early comes first and in its order; what is typed later comes to the next reader alone', async () => {
  const {input, done, type, stop} = typing();
  for (const key of ['j', '/', 'é']) await type(key);
  stop();
  input.write('q');
  expect([await readOn(input), done]).toEqual(['j/éq', []]);
});
