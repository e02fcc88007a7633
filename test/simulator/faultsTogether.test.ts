import {expect, test} from 'vitest';
import {readFault} from '../../src/simulator/faults.ts';
import {startPlane} from './support.ts';

const wishOf = (text: string) => {
  const read = readFault(text);
  if (!('wish' in read)) throw new Error(text);
  return read.wish;
};

test.each([
  ['portal', 'empty-list'],
  ['cut-json:p=1', 'short-list'],
  ['short-list', 'cut-json:p=1'],
  ['bad-gateway:p=1', 'shift'],
])('%s and %s go together: the one leaves alone what the other has broken', (...texts) => {
  const plane = startPlane({faults: texts.map(wishOf)});
  let answered = 0;
  const headers = {authorization: 'Bearer hopx_test_k1.secret'};
  plane.plane.answer({method: 'GET', target: '/v1/sandboxes', headers, body: ''}, () => {
    answered += 1;
  });
  plane.clock.advance(2_000);
  expect(answered).toBe(1);
});
