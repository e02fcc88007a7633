import {expect, test} from 'vitest';
import {type Heard, witnessLines} from '../../src/api/witness.ts';
import {apiOn, KEY} from './apiOn.ts';
import {beginStream, sendJson, startServer} from './server.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function told(...chunks: readonly Uint8Array[]): readonly Heard[] {
  const heard: Heard[] = [];
  const tell = witnessLines(
    (each) => heard.push(each),
    '/s',
    (text) => text.replaceAll('SECRET', '[redacted]'),
  );
  for (const chunk of chunks) tell(chunk);
  return heard;
}

test('a secret that two reads have parted is taken out all the same', () => {
  expect(told(bytes('data: SEC'), bytes('RET\r\n'), bytes('\r\nda'))).toEqual([
    {what: 'lines', path: '/s', text: 'data: [redacted]\r\n'},
    {what: 'lines', path: '/s', text: '\r\n'},
  ]);
});

test('a character that two reads have parted is whole', () => {
  const [first, ...rest] = bytes('é\n');
  expect(told(Uint8Array.of(first ?? 0), Uint8Array.from(rest))).toEqual([{what: 'lines', path: '/s', text: 'é\n'}]);
});

test('of a line without an end it is told that it came, once, and the lines after it are told', () => {
  const long = bytes('x'.repeat(300_000));
  const heard = told(long, long, bytes('end\nnext\n'));
  expect(heard.map(({what}) => what)).toEqual(['long line', 'lines']);
  expect(heard.map((each) => ('text' in each ? each.text : ''))).toEqual(['', 'next\n']);
});

test('answers and streams are told as they came, without the key', async () => {
  const server = await startServer(({path}, response) => {
    if (path.endsWith('/stream')) beginStream(response).write(`: ${KEY}\n\ndata: {"id":"a","status":"running"}\n\n`);
    else sendJson(response, 200, {data: [{id: 'a', status: 'running', echo: KEY}], has_more: false});
  });
  const heard: Heard[] = [];
  const api = apiOn(server.url, {witness: (each) => void heard.push(each)});
  await api.listSandboxes({limit: 1});
  const stop = new AbortController();
  for await (const signal of api.streamSandboxes({signal: stop.signal})) if (signal.type === 'message') stop.abort();
  expect(heard.map(({what, path}) => `${what} ${path}`)).toEqual([
    'answer /v1/sandboxes',
    'opened /v1/sandboxes/stream',
    'lines /v1/sandboxes/stream',
  ]);
  expect(heard[0]).toMatchObject({method: 'GET', status: 200, body: expect.stringContaining('"has_more":false')});
  expect(heard[2]).toMatchObject({text: ': [redacted]\n\ndata: {"id":"a","status":"running"}\n\n'});
  expect(JSON.stringify(heard)).not.toContain(KEY.slice(KEY.indexOf('.') + 1));
});
