import {expect, test} from 'vitest';
import {apiError} from '../../src/api/errors.ts';
import type {Api} from '../../src/api/types.ts';
import {createRecordReading} from '../../src/runtime/recordReading.ts';
import {answered} from '../support/fakeApi.ts';
import {settle} from '../support/settle.ts';
import {bench} from './ports.ts';

const text = {lines: ['{}'], isCut: false};

const reading = (getRecord?: Api['getRecord']) => {
  const made = bench(getRecord ? {getRecord} : {});
  return {...made, ...createRecordReading(made.ports), asked: () => made.calls.map(({args}) => args[0])};
};

test('one GET tells the row and the record, as old as the request', async () => {
  const {want, events} = reading(async (id) => answered({patch: {id, status: 'paused'}, text}, {sentAt: 5}));
  want('a');
  await settle();
  expect(events).toEqual([
    {type: 'sandbox.observed', at: 0, asOf: 5, via: 'read', patch: {id: 'a', status: 'paused'}},
    {type: 'record.read', at: 0, asOf: 5, id: 'a', text},
  ]);
});

test('wanted twice it is asked once', async () => {
  const {want, asked} = reading();
  want('a');
  want('a');
  await settle();
  expect(asked()).toEqual(['a']);
});

test('404: gone, and not read', async () => {
  const {want, types} = reading(async () => {
    throw apiError('not-found', 'Sandbox not found', {status: 404});
  });
  want('a');
  await settle();
  expect(types()).toEqual(['sandbox.gone', 'record.failed']);
});

test('a failure is told in words', async () => {
  const {want, events} = reading(async () => {
    throw apiError('server', 'the server has an error');
  });
  want('a');
  await settle();
  expect(events).toMatchObject([{type: 'record.failed', id: 'a', failure: {message: 'the server has an error'}}]);
});

test('wanted no longer, it is broken off and tells nothing; the next one is asked', async () => {
  const answers = new Map<string, () => void>();
  const {want, events, asked} = reading(
    (id) =>
      new Promise((resolve) => {
        answers.set(id, () => resolve(answered({patch: undefined, text})));
      }),
  );
  want('a');
  await settle();
  want(undefined);
  want('b');
  await settle();
  answers.get('a')?.();
  answers.get('b')?.();
  await settle();
  expect(asked()).toEqual(['a', 'b']);
  expect(events).toMatchObject([{type: 'record.read', id: 'b'}]);
});

test('after the end nothing is asked', async () => {
  const {want, stop, calls, mistakes} = reading();
  await stop();
  want('a');
  await settle();
  expect([calls, mistakes]).toEqual([[], []]);
});
