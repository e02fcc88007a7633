import {describe, expect, test} from 'vitest';
import type {Api, StreamSignal} from '../../src/api/types.ts';
import {apiOn, KEY} from './apiOn.ts';
import {beginStream, startServer} from './server.ts';

describe('streams', () => {
  async function first<T>(signals: AsyncIterable<StreamSignal<T>>, type: StreamSignal<T>['type']) {
    for await (const signal of signals) if (signal.type === type) return signal;
    return undefined;
  }
  const {signal} = new AbortController();

  test.each([
    [
      'streamSandboxes',
      (api: Api) => api.streamSandboxes({signal}),
      '/v1/sandboxes/stream',
      {id: 'a', status: 'x'},
      {kind: 'observed'},
    ],
    [
      'streamMetrics',
      (api: Api) => api.streamMetrics('a', {signal}),
      '/v1/sandboxes/a/metrics/stream',
      {cpu: 5},
      {cpuPercent: 5},
    ],
    [
      'streamTemplates',
      (api: Api) => api.streamTemplates({signal}),
      '/v1/templates/stream',
      {name: 't'},
      [{name: 't'}],
    ],
  ] as const)('%s', async (_name, open, path, data, value) => {
    const server = await startServer((_request, response) =>
      beginStream(response, {'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '9'}).write(
        `: ping\nretry: 900\nevent: x\ndata: ${JSON.stringify(data)}\n\n`,
      ),
    );
    const budgets: number[] = [];
    const observer = {
      budgetChanged: ({remaining}: {remaining: number}) => budgets.push(remaining),
      serverDated: () => undefined,
    };
    expect(await first<unknown>(open(apiOn(server.url, {observer})), 'message')).toMatchObject({value});
    expect(server.seen[0]).toMatchObject({path, headers: {authorization: `Bearer ${KEY}`}});
    expect(budgets).toEqual([9]);
  });

  test('what has no figure in it is no sample', async () => {
    const server = await startServer((_request, response) =>
      beginStream(response).end('event: ready\ndata: {}\n\ndata: {"cpu":1}\n\n'),
    );
    expect(await first(apiOn(server.url).streamMetrics('a', {signal}), 'message')).toMatchObject({
      value: {cpuPercent: 1},
    });
  });

  test('an odd id opens no socket', async () => {
    const server = await startServer((_request, response) => beginStream(response));
    expect(await first(apiOn(server.url).streamMetrics('../a', {signal}), 'ended')).toMatchObject({
      failure: {kind: 'bad-request'},
    });
    expect(server.sockets()).toBe(0);
  });

  test('closing the client ends them', async () => {
    const server = await startServer((_request, response) => beginStream(response));
    const api = apiOn(server.url);
    const types: string[] = [];
    for await (const {type} of api.streamSandboxes({signal})) {
      types.push(type);
      if (type === 'opened') await api.close();
    }
    expect(types).toEqual(['connecting', 'opened', 'ended']);
  });
});
