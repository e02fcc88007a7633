import {expect, test} from 'vitest';
import {Secret} from '../../src/api/secret.ts';
import type {Api} from '../../src/api/types.ts';
import {apiOn, failureOf} from './apiOn.ts';
import {sendJson, startServer} from './server.ts';

type Mutating = (api: Api, url: string) => Promise<unknown>;

/** Every call of the Api that is no reading: a new one does not compile until it is here or among the readings. */
const mutating: Readonly<Record<Exclude<keyof Api, Reading>, Mutating>> = {
  createSandbox: (api) => api.createSandbox({}),
  pauseSandbox: (api) => api.pauseSandbox('a'),
  resumeSandbox: (api) => api.resumeSandbox('a'),
  startSandbox: (api) => api.startSandbox('a'),
  stopSandbox: (api) => api.stopSandbox('a'),
  deleteSandbox: (api) => api.deleteSandbox('a'),
  setTimeout: (api) => api.setTimeout('a', 60),
  refreshToken: (api) => api.refreshToken('a'),
  renewToken: (api) => api.renewToken('a'),
  deleteTemplate: (api) => api.deleteTemplate('a'),
  uploadLink: (api) => api.uploadLink('f00d', 1),
  upload: (api, url) => api.upload(new Secret(url), Buffer.from('x'), () => undefined),
  startBuild: (api) => api.startBuild({}),
};

type Reading =
  | 'health'
  | 'listSandboxes'
  | 'getSandbox'
  | 'listTemplates'
  | 'getTemplate'
  | 'buildStatus'
  | 'followBuildLog'
  | 'streamSandboxes'
  | 'streamMetrics'
  | 'streamTemplates'
  | 'close';

test.each(Object.entries(mutating))('read-only: %s is refused before a socket opens', async (_name, call) => {
  const server = await startServer((_request, response) => sendJson(response, 200, {}));
  const api = apiOn(server.url, {readonly: true});
  expect(await failureOf(call(api, server.url.href))).toMatchObject({kind: 'read-only', mayHaveHappened: false});
  expect(server.sockets()).toBe(0);
});

test('read-only: a build may still be watched', async () => {
  const server = await startServer((_request, response) => sendJson(response, 200, {status: 'building'}));
  expect((await apiOn(server.url, {readonly: true}).buildStatus('7')).value.status).toBe('building');
});
