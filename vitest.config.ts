import {availableParallelism} from 'node:os';
import {defineConfig} from 'vitest/config';

/** CI decides nothing here: what a test sees must not depend on the machine it runs on. */
const env = {TZ: 'UTC', FORCE_COLOR: '0', CI: 'false', NODE_ENV: 'test'};

export default defineConfig({
  test: {
    // One more than the cores: the end-to-end tests wait for much of their time.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        test: {
          name: 'unit',
          // No module keeps state: a new process for each file would take as long again.
          isolate: false,
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**'],
          env,
          // A busy machine is no failure: what is waited for is seen on the screen, however late.
          expect: {poll: {timeout: 5_000}},
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          env: {TZ: 'UTC'},
          testTimeout: 30_000,
          hookTimeout: 30_000,
          retry: 0,
        },
      },
    ],
  },
});
