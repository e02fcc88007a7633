import {expect, test} from 'vitest';
import {apiError} from '../../src/api/errors.ts';
import {Secret} from '../../src/api/secret.ts';
import type {Api, UploadLink} from '../../src/api/types.ts';
import type {SpecSummary} from '../../src/model/template.ts';
import {createBuilding} from '../../src/runtime/building.ts';
import type {PackedSpec} from '../../src/runtime/specPort.ts';
import {fleet} from '../support/builders.ts';
import {answered} from '../support/fakeApi.ts';
import {settle} from '../support/settle.ts';
import {bench} from './ports.ts';

const body = {name: 'agent', cpu: 2};

const summary: Omit<SpecSummary, 'specId'> = {
  path: 'spec.yaml',
  name: 'agent',
  fromImage: 'ubuntu:22.04',
  cpu: 2,
  memoryMb: 2048,
  diskGb: 10,
  steps: 1,
  isUpdate: false,
  copies: [],
  files: 0,
  bytes: 0,
  packedBytes: 0,
  listing: [],
};

/** Archives of these sizes, named a, b, c … */
const packed = (...sizes: readonly number[]): PackedSpec => ({
  summary,
  body,
  archives: sizes.map((size, index) => ({filesHash: 'abc'[index] ?? 'z', content: new Uint8Array(size)})),
});

const url = new Secret('https://storage.example/x?sig=0123456789');
const link = async () => answered<UploadLink>({isPresent: false, url});
const upload: Api['upload'] = async (_url, content, told) => told(content.byteLength);
const startBuild = async () =>
  answered({buildId: 'b1', templateId: 't1', status: 'building'}, {status: 202, requestId: 'req_b'});
const working: Partial<Api> = {uploadLink: link, upload, startBuild};

/** A runner that has read a spec, which has got the id 1. */
async function building(spec: PackedSpec, script: Partial<Api> = working) {
  const made = bench(script);
  const runner = createBuilding({...made.ports, specs: {read: async () => spec}});
  await runner.readSpec({do: 'spec.read', path: 'spec.yaml'});
  const upload = () => runner.build({do: 'build', specId: 1, name: 'agent'});
  /** As the state lets it: uploaded, then let out, then started. */
  const build = async () => {
    await upload();
    const isOn = () => ['build.ready', 'build.admitted'].includes(made.types().at(-1) ?? '');
    if (isOn()) await runner.ask({do: 'build.ask', specId: 1});
    if (isOn()) await runner.start({do: 'build.start', specId: 1, name: 'agent'});
  };
  const methods = () => made.calls.map(({method}) => method);
  return {...made, ...runner, upload, build, methods, later: () => made.events.slice(1)};
}

test('a 429 for the start was not carried out: told, and nothing else is held', async () => {
  const made = await building(packed(), {
    async startBuild() {
      throw apiError('rate-limited', 'slow down', {status: 429, retryAfterMs: 2_580_000});
    },
  });
  await made.build();
  expect(made.later().at(-1)).toMatchObject({
    type: 'build.queued',
    until: 900_000,
    failure: {kind: 'rate-limited', retryAfterMs: 2_580_000},
  });
  await Promise.all([made.ports.governor.admit('act'), made.ports.governor.admit('list')]);
});

test('a 429 for an upload link is waited out, and nothing else is held', async () => {
  let count = 0;
  const made = await building(packed(10), {
    ...working,
    async uploadLink() {
      count += 1;
      if (count === 1) throw apiError('rate-limited', 'slow down', {status: 429, retryAfterMs: 20_000});
      return link();
    },
  });
  const done = made.upload();
  await settle();
  expect(made.later()).toEqual([{type: 'build.queued', at: 0, specId: 1, until: 20_000}]);
  await made.ports.governor.admit('list');
  made.clock.advance(20_000);
  await done;
  expect(made.types().at(-1)).toBe('build.ready');
});

test('an upload that the server allows only after the time that anybody waits is refused, in words', async () => {
  const made = await building(packed(10), {
    ...working,
    async uploadLink() {
      throw apiError('rate-limited', 'slow down', {status: 429, retryAfterMs: 2_580_000});
    },
  });
  await made.upload();
  expect(made.later()).toMatchObject([
    {type: 'build.refused', failure: {message: 'the server allows the next upload in 43m: ask again then'}},
  ]);
});

test('taken back during an upload: that ends, nothing is started, and it can be asked for again', async () => {
  const made = await building(packed(10), {
    ...working,
    upload: (_url, _content, _told, signal) =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(apiError('cancelled', 'cancelled')))),
  });
  const done = made.upload();
  await settle();
  made.sync(fleet([]));
  await done;
  expect(made.types()).toEqual(['spec.read']);
  const again = made.upload();
  await settle();
  expect(made.methods().filter((method) => method === 'uploadLink')).toHaveLength(2);
  await made.stop();
  await again;
});

test('a mistake of ours ends the build, in words, and another can be asked for', async () => {
  const broken = {...packed(10), archives: [{filesHash: 'a', content: undefined as unknown as Uint8Array}]};
  const {upload, later} = await building(broken);
  await upload();
  await upload();
  expect(later()).toMatchObject([
    {type: 'build.refused', failure: {message: 'hopx-top made a mistake here: please report it'}},
    {type: 'build.refused'},
  ]);
});

test('the limiter holds each request, and says until when', async () => {
  const made = await building(packed(10));
  made.ports.governor.learn({limit: 100, remaining: 0, resetAt: 9_000});
  const done = made.build();
  await settle();
  expect(made.calls).toEqual([]);
  expect(made.later()).toEqual([{type: 'build.queued', at: 0, specId: 1, until: 10_000}]);
  made.clock.advance(10_000);
  await done;
  expect(made.types().at(-1)).toBe('build.started');
});

test('when the session stops nothing more leaves', async () => {
  const made = await building(packed(10), {...working, upload: () => new Promise(() => undefined)});
  made.ports.governor.learn({limit: 100, remaining: 0, resetAt: 9_000});
  const done = made.build();
  await settle();
  await made.stop();
  await done;
  expect(made.calls).toEqual([]);
  expect(made.mistakes).toEqual([]);
});
