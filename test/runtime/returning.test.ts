import {expect, test} from 'vitest';
import {failureOf} from '../../src/api/errors.ts';
import {createLifecycle} from '../../src/runtime/lifecycle.ts';
import {settle} from '../support/settle.ts';
import {bench} from './ports.ts';

test('a stream that was open before it was refused is tried again a minute later: it may be back', async () => {
  const {ports, sandboxStreams, clock, stop} = bench();
  ports.tasks.start(createLifecycle(ports).follow);
  await settle();
  sandboxStreams.at(-1)?.push({type: 'opened'});
  sandboxStreams.at(-1)?.push({type: 'ended', failure: failureOf('unsupported', 'no')});
  await settle();
  clock.advance(59_999);
  await settle();
  expect(sandboxStreams).toHaveLength(1);
  clock.advance(1);
  await settle();
  expect(sandboxStreams).toHaveLength(2);
  await stop();
});
