import {expect, test} from 'vitest';
import {apiOn, failureOf, KEY} from './apiOn.ts';
import {sendJson, startServer} from './server.ts';

const ok = {id: 'a', status: 'running'};

test.each([301, 302, 303, 307, 308])('%i to the same origin is followed, with the key', async (status) => {
  const server = await startServer(({path}, response) =>
    path === '/moved' ? sendJson(response, 200, ok) : response.writeHead(status, {location: '/moved'}).end(),
  );
  expect((await apiOn(server.url).getSandbox('a')).value).toEqual(ok);
  expect(server.seen.map(({headers}) => headers.authorization)).toEqual([`Bearer ${KEY}`, `Bearer ${KEY}`]);
});

test.each(['bearer', 'x-api-key'] as const)('another origin never sees the key (%s)', async (authHeader) => {
  const other = await startServer((_request, response) => sendJson(response, 200, ok));
  const server = await startServer((_request, response) =>
    response.writeHead(307, {location: new URL('/v1/sandboxes/a', other.url).href}).end(),
  );
  const failure = await failureOf(apiOn(server.url, {authHeader}).getSandbox('a'));
  expect(failure).toMatchObject({kind: 'bad-answer'});
  expect(failure.message).toContain('the key stays with its host');
  expect(other.sockets()).toBe(0);
  expect(server.seen).toHaveLength(1);
});

test('a harmless target is named, one that holds the key is not, in whatever case', async () => {
  const sentence = async (location: string) => {
    const server = await startServer((_request, response) => response.writeHead(302, {location}).end());
    const {message} = await failureOf(apiOn(server.url).getSandbox('a'));
    const ended: string[] = [];
    for await (const signal of apiOn(server.url).streamSandboxes({signal: new AbortController().signal})) {
      if (signal.type === 'ended') ended.push(signal.failure.message);
    }
    expect(ended).toEqual([message]);
    return message;
  };
  expect(await sentence('https://login.example/x')).toContain('redirects to https://login.example: refused');
  for (const host of [KEY, KEY.toUpperCase(), KEY.toLowerCase()]) {
    const said = await sentence(`https://${host}.evil.example/`);
    expect(said).toContain('redirects to another host: refused');
    expect(said.toLowerCase()).not.toContain('c4n4ry');
  }
});

test.each([
  ['a circle', {location: '/v1/sandboxes/a'}, 6],
  ['no Location', {}, 1],
  ['an empty one', {location: ''}, 1],
])('%s is an error, not a loop', async (_name, headers, requests) => {
  const server = await startServer((_request, response) => response.writeHead(302, headers).end());
  expect((await failureOf(apiOn(server.url).getSandbox('a'))).kind).toBe('bad-answer');
  expect(server.seen).toHaveLength(requests);
});

test('a redirect of an act is not followed', async () => {
  const server = await startServer((_request, response) => response.writeHead(307, {location: '/moved'}).end());
  expect(await failureOf(apiOn(server.url).deleteSandbox('a'))).toMatchObject({
    kind: 'bad-answer',
    mayHaveHappened: true,
  });
  expect(server.seen).toHaveLength(1);
});
