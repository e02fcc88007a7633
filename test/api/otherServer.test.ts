import {Buffer} from 'node:buffer';
import {expect, test} from 'vitest';
import type {Api, UploadLink} from '../../src/api/types.ts';
import {startOtherServer} from '../support/otherServer.ts';
import {apiOn} from './apiOn.ts';

const PAST_THE_YEAR = Date.UTC(2030, 0, 1);

const acts: readonly (readonly [
  sent: string,
  call: (api: Api) => Promise<{readonly value: unknown}>,
  value: object,
])[] = [
  ['POST /v1/sandboxes', (api) => api.createSandbox({templateName: 'base'}), {id: 'made_1', status: 'creating'}],
  ['POST /v1/sandboxes/a/pause', (api) => api.pauseSandbox('a'), {status: 'paused'}],
  ['POST /v1/sandboxes/a/resume', (api) => api.resumeSandbox('a'), {status: 'running'}],
  ['POST /v1/sandboxes/a/stop', (api) => api.stopSandbox('a'), {status: 'stopped'}],
  ['POST /v1/sandboxes/a/start', (api) => api.startSandbox('a'), {status: 'running'}],
  ['PUT /v1/sandboxes/a/timeout', (api) => api.setTimeout('a', 3600), {expiresAt: PAST_THE_YEAR}],
  ['POST /v1/sandboxes/a/token/refresh', (api) => api.refreshToken('a'), {tokenExpiresAt: PAST_THE_YEAR + 3_600_000}],
  ['GET /v1/sandboxes/a', (api) => api.getSandbox('a'), {status: 'running'}],
];

test.for(acts)('a server that shares no line with us understands %s', async ([sent, call, value]) => {
  await using other = await startOtherServer([{id: 'a', status: 'running'}]);
  const answer = await call(apiOn(new URL(other.url)));
  expect(answer.value).toMatchObject(value);
  expect(other.seen.map(({method, path}) => `${method} ${path}`)).toEqual([sent]);
});

test.each([200, 204] as const)('it deletes a sandbox and a template, and answers %d', async (deleteStatus) => {
  await using other = await startOtherServer([{id: 'a', status: 'running'}], {
    deleteStatus,
    templates: [{id: 9, name: 'app'}],
  });
  const api = apiOn(new URL(other.url));
  await api.deleteSandbox('a');
  await api.deleteTemplate('9');
  expect([other.rows(), other.builds.templates()]).toEqual([[], []]);
});

async function sendFile(api: Api, link: UploadLink): Promise<number> {
  let sentBytes = 0;
  if (link.url !== undefined)
    await api.upload(link.url, Buffer.from('abc'), (bytes) => {
      sentBytes = bytes;
    });
  return sentBytes;
}

test.each(['stream', 'text'] as const)('it takes a file, builds, and tells its log as a %s', async (logs) => {
  await using other = await startOtherServer([], {logs, templates: [{id: 1, name: 'base'}]});
  const api = apiOn(new URL(other.url));
  expect((await api.listTemplates()).value).toMatchObject([{name: 'base'}]);
  expect(await sendFile(api, (await api.uploadLink('abc', 3)).value)).toBe(3);
  expect(other.builds.uploads.get('abc')).toBe(3);
  const {buildId} = (await api.startBuild({name: 'app'})).value;
  other.builds.say(7001, 'first');
  other.builds.endBuild(7001, 'success');
  const signals: string[] = [];
  for await (const signal of api.followBuildLog(buildId, undefined, {signal: AbortSignal.timeout(5000)}))
    signals.push(JSON.stringify(signal));
  expect(signals.join()).toContain('first');
  expect((await api.buildStatus(buildId)).value).toMatchObject({status: 'success'});
});
