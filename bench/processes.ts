import {execFile} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {build} from 'esbuild';
import {ROOT} from '../test/support/program.ts';

const run = promisify(execFile);

/** Where a bundle finds the packages that it does not contain. */
const PACKAGES = join(ROOT, 'node_modules');

export type Measurer = AsyncDisposable & {
  /** Runs one measurement in a process of its own, and gives back what it prints. */
  readonly measure: <Result>(...what: readonly string[]) => Promise<Result>;
};

/** Node runs TypeScript but no JSX, so what has some in it is built first; React and Ink run as in the product. */
export async function createMeasurer(): Promise<Measurer> {
  const folder = await mkdtemp(join(PACKAGES, '.bench-'));
  const bundle = join(folder, 'child.mjs');
  await build({
    entryPoints: [join(ROOT, 'bench/child.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    jsx: 'automatic',
    logLevel: 'warning',
  });
  const env = {PATH: process.env.PATH, TZ: 'UTC', NODE_ENV: 'production', FORCE_COLOR: '1'};
  return {
    async measure(...what) {
      const {stdout} = await run(process.execPath, ['--expose-gc', bundle, ...what], {env, maxBuffer: 2 ** 26});
      return JSON.parse(stdout);
    },
    [Symbol.asyncDispose]: () => rm(folder, {recursive: true, force: true}),
  };
}
