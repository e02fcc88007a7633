import type {startPlane} from './support.ts';

type Plane = ReturnType<typeof startPlane>;

const recipe = {name: 'my-app', from_image: 'python:3.12-slim', cpu: 2, memory: 2048, diskGB: 10};

export const run = (command: string) => ({type: 'RUN', args: [command]});

/** A build of `my-app`, the first of a simulator: its id is 490. */
export const build = ({ask}: Plane, steps: readonly unknown[] = [run('make')], changes: object = {}) =>
  ask('POST', '/v1/templates/build', {body: {...recipe, steps, ...changes}});

export const statusOf = ({ask}: Plane, id: unknown) => ask('GET', `/v1/templates/build/${id}/status`).body;

export const logsOf = ({ask}: Plane, id: unknown, query = '') => ask('GET', `/v1/templates/build/${id}/logs${query}`);

export const HASH = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

/** What was announced under HASH. */
export const GZIPPED = {bytes: 300, isGzip: true};

export const link = ({ask}: Plane) =>
  ask('POST', '/v1/templates/files/upload-link', {body: {files_hash: HASH, content_length: GZIPPED.bytes}}).body;

export const pathOf = (url: unknown) => {
  const {pathname, search} = new URL(String(url));
  return pathname + search;
};
