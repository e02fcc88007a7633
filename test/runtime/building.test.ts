import {expect, test} from 'vitest';
import {apiError} from '../../src/api/errors.ts';
import {Secret} from '../../src/api/secret.ts';
import type {Api, UploadLink} from '../../src/api/types.ts';
import type {SpecSummary} from '../../src/model/template.ts';
import {createBuilding} from '../../src/runtime/building.ts';
import {type PackedSpec, SpecRefused} from '../../src/runtime/specPort.ts';
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

test('a spec is read, and gets a number of its own each time', async () => {
  const {readSpec, events, calls} = await building(packed());
  await readSpec({do: 'spec.read', path: 'other.yaml'});
  expect(events).toEqual([
    {type: 'spec.read', at: 0, path: 'spec.yaml', spec: {...summary, specId: 1}},
    {type: 'spec.read', at: 0, path: 'other.yaml', spec: {...summary, specId: 2}},
  ]);
  expect(calls).toEqual([]);
});

test.each([
  [new SpecRefused('spec.yaml: cpu: it must be told'), 'spec.yaml: cpu: it must be told'],
  [new TypeError('x is not a function'), 'hopx-top made a mistake here: please report it'],
])('%s is told as a sentence', async (error, mistake) => {
  const {ports, events} = bench();
  const read = () => Promise.reject(error);
  await createBuilding({...ports, specs: {read}}).readSpec({do: 'spec.read', path: 'spec.yaml'});
  expect(events).toEqual([{type: 'spec.refused', at: 0, path: 'spec.yaml', mistake}]);
});

test('what is copied is uploaded, one after the other, then the build is started once', async () => {
  const {build, calls, later} = await building(packed(10, 20));
  await build();
  expect(calls.map(({method, args}) => [method, args[0]])).toEqual([
    ['uploadLink', 'a'],
    ['upload', url],
    ['uploadLink', 'b'],
    ['upload', url],
    ['startBuild', body],
  ]);
  expect(calls[0]?.args[1]).toBe(10);
  expect(later().at(-1)).toEqual({
    type: 'build.started',
    at: 0,
    specId: 1,
    name: 'agent',
    buildId: 'b1',
    templateId: 't1',
    status: 202,
    requestId: 'req_b',
  });
});

test('without anything to copy there is one request', async () => {
  const {build, methods, types} = await building(packed());
  await build();
  expect(methods()).toEqual(['startBuild']);
  expect(types()).toEqual(['spec.read', 'build.ready', 'build.admitted', 'build.started']);
});

test('what the server has already is not sent', async () => {
  const uploadLink = async () => answered<UploadLink>({isPresent: true, url});
  const {build, methods, later} = await building(packed(10), {...working, uploadLink});
  await build();
  expect(methods()).toEqual(['uploadLink', 'startBuild']);
  expect(later()[0]).toMatchObject({type: 'upload.progressed', sentBytes: 10, totalBytes: 10});
});

test('how far the uploads are is told four times a second, and at the end', async () => {
  const time: {pass?: (ms: number) => void} = {};
  const slow: Api['upload'] = async (_url, content, told) => {
    for (let sent = 1; sent <= content.byteLength; sent += 1) {
      time.pass?.(50);
      told(sent);
    }
  };
  const made = await building(packed(10, 10), {...working, upload: slow});
  time.pass = made.clock.advance;
  await made.build();
  const told = made.later().flatMap((event) => (event.type === 'upload.progressed' ? [event] : []));
  expect(told.map(({at, sentBytes}) => [at, sentBytes])).toEqual([
    [50, 1],
    [300, 6],
    [550, 11],
    [800, 16],
    [1_000, 20],
  ]);
  expect(new Set(told.map(({totalBytes}) => totalBytes))).toEqual(new Set([20]));
});

test.each(['uploadLink', 'upload', 'startBuild'] as const)(
  'where %s fails nothing more is sent, and not again',
  async (method) => {
    const fails = async () => {
      throw apiError('server', 'no', {status: 503, mayHaveHappened: true});
    };
    const {build, methods, later, clock} = await building(packed(10), {...working, [method]: fails});
    await build();
    clock.advance(3_600_000);
    await settle();
    expect(methods().filter((each) => each === method)).toHaveLength(1);
    expect(methods().at(-1)).toBe(method);
    // Only the start itself may have begun a build.
    expect(later().at(-1)).toMatchObject({
      type: 'build.refused',
      specId: 1,
      name: 'agent',
      failure: {message: 'no', mayHaveHappened: method === 'startBuild'},
    });
  },
);

test('a build that was refused can be asked for again; one that was started cannot', async () => {
  let count = 0;
  const {build, types} = await building(packed(10), {
    ...working,
    async startBuild() {
      count += 1;
      if (count === 1) throw apiError('conflict', 'it exists', {status: 409});
      return startBuild();
    },
  });
  await build();
  await build();
  await build();
  const ends = ['build.refused', 'build.started'];
  expect(types().filter((type) => ends.includes(type))).toEqual(['build.refused', 'build.started', 'build.refused']);
  expect(count).toBe(2);
});

test('asked for twice, it is uploaded once', async () => {
  const {upload, types} = await building(packed());
  await Promise.all([upload(), upload()]);
  expect(types()).toEqual(['spec.read', 'build.ready']);
});

test('a spec that was read anew since is not the one that was shown: refused', async () => {
  const {build, readSpec, methods, later} = await building(packed());
  await readSpec({do: 'spec.read', path: 'spec.yaml'});
  await build();
  expect(methods()).toEqual([]);
  expect(later().at(-1)).toMatchObject({type: 'build.refused', specId: 1, failure: {mayHaveHappened: false}});
});
