import {mkdtempSync, readFileSync, rmSync, statSync, symlinkSync} from 'node:fs';
import {connect} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test, vi} from 'vitest';
import {systemClock} from '../../src/clock/clock.ts';
import {runSimulator} from '../../src/simulator/main.ts';
import {type SimulatorOptions, simulatorDefaults} from '../../src/simulator/options.ts';
import type {Response} from '../../src/simulator/reply.ts';
import {MOST_UNREAD_BYTES, serve} from '../../src/simulator/server.ts';
import {KEY} from './support.ts';

async function simulator(changes: Partial<SimulatorOptions> = {}) {
  const running = await runSimulator({...simulatorDefaults, quiet: true, ...changes});
  onTestFinished(running.close);
  return running;
}

const headers = {authorization: `Bearer ${KEY}`};

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'hopx-top-simulator-'));
  onTestFinished(() => rmSync(path, {recursive: true}));
  return path;
}

test('it listens on loopback, at the port that was free, and dates its answers itself', async () => {
  const {url} = await simulator();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const answer = await fetch(`${url}/v1/sandboxes?limit=3`, {headers});
  expect(answer.status).toBe(200);
  expect(Math.abs(Date.parse(answer.headers.get('date') ?? '') - Date.now())).toBeLessThan(5000);
  expect(await answer.json()).toMatchObject({object: 'list', has_more: true});
});

test('a taken port is an error', async () => {
  const {url} = await simulator();
  await expect(simulator({port: Number(new URL(url).port)})).rejects.toThrow('EADDRINUSE');
});

test('an event is on the wire as it happens', async () => {
  const {url} = await simulator();
  const stream = await fetch(`${url}/v1/sandboxes/stream`, {headers});
  expect(stream.headers.get('content-type')).toBe('text/event-stream');
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toContain('retry: 3000');
  const list = (await (await fetch(`${url}/v1/sandboxes`, {headers})).json()) as {data: {id: string}[]};
  await fetch(`${url}/v1/sandboxes/${list.data[0]?.id}`, {method: 'DELETE', headers});
  expect((await reader?.read())?.value).toContain('event: sandbox.deleted');
  await reader?.cancel();
});

test('closing ends the streams that are open, and frees the port', async () => {
  const running = await runSimulator({...simulatorDefaults, quiet: true});
  const stream = await fetch(`${running.url}/v1/sandboxes/stream`, {headers});
  await running.close();
  expect(await stream.text()).toContain('retry: 3000');
  await expect(fetch(`${running.url}/health`)).rejects.toThrow();
});

test('a body over a mebibyte is refused, and the next request is answered', async () => {
  const {url} = await simulator();
  const body = JSON.stringify({template_name: 'x'.repeat(1_100_000)});
  const refused = await fetch(`${url}/v1/sandboxes`, {method: 'POST', headers, body});
  expect([refused.status, await refused.json()]).toMatchObject([400, {code: 'INVALID_REQUEST'}]);
  expect((await fetch(`${url}/health`)).status).toBe(200);
});

const linkFor = async (url: string, bytes: number) => {
  const body = JSON.stringify({files_hash: 'abcdef0123456789', content_length: bytes});
  const answer = await fetch(`${url}/v1/templates/files/upload-link`, {method: 'POST', headers, body});
  return (await answer.json()) as {present: boolean; upload_url: string};
};

test('files of many mebibytes are uploaded without a key, counted byte by byte, and seen to be gzip', async () => {
  const {url} = await simulator();
  const packed = new Uint8Array(5 * 1024 * 1024);
  const {upload_url} = await linkFor(url, packed.length);
  expect(upload_url.startsWith(`${url}/uploads/`)).toBe(true);
  const put = async (body: Uint8Array<ArrayBuffer>) => {
    const answer = await fetch(upload_url, {method: 'PUT', headers: {'content-type': 'application/gzip'}, body});
    return [answer.status, await answer.text()];
  };
  expect(await put(packed)).toEqual([400, expect.stringContaining('The content is not gzip')]);
  packed.set([0x1f, 0x8b]);
  expect(await put(packed.slice(1))).toEqual([400, expect.stringContaining('5242879 came')]);
  expect((await linkFor(url, packed.length)).present).toBe(false);
  expect(await put(packed)).toEqual([200, '']);
  expect((await linkFor(url, packed.length)).present).toBe(true);
});

test('a client that does not read is cut off at the bound, and told so by nobody else', async () => {
  const chunk = 'x'.repeat(256 * 1024);
  let write: (text: string) => void = () => undefined;
  let hasLeft = false;
  const reply: Response = {
    status: 200,
    headers: {},
    open(sink) {
      write = sink.write;
      return () => {
        hasLeft = true;
      };
    },
  };
  const server = await serve((_, respond) => respond(reply), systemClock, 0);
  onTestFinished(server.close);
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => undefined).pause();
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  // What the kernel takes varies; what is queued beyond it is bounded, so the cut comes soon after.
  await vi.waitFor(
    () => {
      for (let chunks = 0; chunks < 8; chunks += 1) write(chunk);
      expect(hasLeft).toBe(true);
    },
    {timeout: 5000, interval: 5},
  );
  expect(MOST_UNREAD_BYTES).toBe(4 * 1024 * 1024);
});

test('a client that hangs up before its create is answered gets its sandbox all the same', async () => {
  const {url} = await simulator({sandboxes: 0, rateLimit: 0});
  const statuses = async () => {
    const {data} = (await (await fetch(`${url}/v1/sandboxes`, {headers})).json()) as {data: {status: string}[]};
    return data.map(({status}) => status);
  };
  const patience = new AbortController();
  const body = JSON.stringify({template_name: 'base'});
  const create = fetch(`${url}/v1/sandboxes`, {method: 'POST', headers, body, signal: patience.signal});
  const cancelled = expect(create).rejects.toThrow('aborted');
  await expect.poll(statuses).toEqual(['creating']);
  patience.abort();
  await cancelled;
  await expect.poll(statuses, {timeout: 4000}).toEqual(['running']);
});

test('the log is one line of JSON a request, for its owner alone, and holds no key', async () => {
  const log = join(folder(), 'requests.ndjson');
  const {url} = await simulator({log, key: KEY});
  await fetch(`${url}/v1/sandboxes?token=${KEY}`, {headers});
  await fetch(`${url}/v1/templates/none`, {headers});
  await fetch((await linkFor(url, 3)).upload_url, {method: 'PUT', body: 'abc'});
  const text = readFileSync(log, 'utf8');
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({method, path, status}) => [method, path, status])).toEqual([
    ['GET', '/v1/sandboxes', 200],
    ['GET', '/v1/templates/none', 404],
    ['POST', '/v1/templates/files/upload-link', 200],
    ['PUT', '/uploads/abcdef0123456789', 400],
  ]);
  expect(Object.keys(lines[0])).toEqual(['time', 'method', 'path', 'status', 'request_id']);
  expect(text).not.toMatch(/hopx_|signature/);
  expect(statSync(log).mode & 0o777).toBe(0o600);
});

test('a log is not written through a link, nor into a folder', async () => {
  const path = folder();
  symlinkSync(join(path, 'elsewhere'), join(path, 'link'));
  await expect(simulator({log: join(path, 'link')})).rejects.toThrow();
  await expect(simulator({log: path})).rejects.toThrow();
});
