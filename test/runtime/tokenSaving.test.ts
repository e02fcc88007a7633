import {expect, test} from 'vitest';
import {apiError} from '../../src/api/errors.ts';
import {Secret} from '../../src/api/secret.ts';
import type {Api} from '../../src/api/types.ts';
import {createActing} from '../../src/runtime/acting.ts';
import {answered} from '../support/fakeApi.ts';
import {fakeFiles} from '../support/fakeFiles.ts';
import {bench} from './ports.ts';

const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl';
const renewed = () => answered({token: new Secret(TOKEN), tokenExpiresAt: 1_000});

/** Asks for the token of `a` in token.txt. */
async function save(renewToken: () => Promise<unknown>, files = fakeFiles()) {
  const made = bench({renewToken} as unknown as Partial<Api>);
  await createActing({...made.ports, files}).send({do: 'send', action: 'refresh', id: 'a', savePath: 'token.txt'});
  return {...made, files};
}

test('the token goes into the new file, and into no event', async () => {
  const {files, events, calls} = await save(async () => renewed());
  expect([...files.texts]).toEqual([['token.txt', `${TOKEN}\n`]]);
  expect(events).toMatchObject([{type: 'action.accepted', patch: {id: 'a', tokenExpiresAt: 1_000}}]);
  expect(JSON.stringify([events, calls])).not.toContain(TOKEN);
});

test('where the file cannot be made, nothing is sent', async () => {
  const {calls, events} = await save(async () => renewed(), fakeFiles({create: 'token.txt is there already'}));
  expect(calls).toEqual([]);
  expect(events).toMatchObject([{type: 'action.refused', failure: {message: 'not sent: token.txt is there already'}}]);
});

test.each([
  ['a refusal', 'action.refused', false],
  ['no answer', 'action.unknown', true],
] as const)('%s leaves no file behind', async (_, type, mayHaveHappened) => {
  const {files, events} = await save(async () => {
    throw apiError('server', 'no', {mayHaveHappened});
  });
  expect([files.texts.size, events[0]?.type]).toEqual([0, type]);
});

test('a token that could not be written was renewed all the same, and that is said', async () => {
  const {files, events} = await save(async () => renewed(), fakeFiles({append: 'the disk is full'}));
  expect(files.texts.size).toBe(0);
  expect(events).toMatchObject([
    {type: 'action.unknown', failure: {message: 'renewed, but not written: the disk is full'}},
  ]);
});

test('an answer without a token writes nothing', async () => {
  const {files, events} = await save(async () => answered({token: undefined, tokenExpiresAt: undefined}));
  expect([files.texts.size, events[0]?.type]).toEqual([0, 'action.unknown']);
});
