import {expect, test} from 'vitest';
import {startPlane} from './support.ts';

const budget = ({headers}: {headers: Readonly<Record<string, string>>}) =>
  ['limit', 'remaining', 'reset'].map((name) => headers[`x-ratelimit-${name}`]);

test('a hundred requests a minute, counted down in the headers; then a 429 that says how long to wait', () => {
  const {ask, clock} = startPlane({rateLimit: 100});
  clock.advance(18_500);
  const reset = String(Math.floor(clock.wall() / 60_000 + 1) * 60);
  for (let left = 99; left >= 0; left -= 1)
    expect(budget(ask('GET', '/v1/templates'))).toEqual(['100', String(left), reset]);
  const refused = ask('GET', '/v1/templates');
  expect(refused).toMatchObject({
    status: 429,
    headers: {'retry-after': '42', 'x-ratelimit-remaining': '0'},
    body: {code: 'RATE_LIMIT_EXCEEDED', retry_after: 42},
  });
  clock.advance(41_500);
  expect(budget(ask('GET', '/v1/templates'))[1]).toBe('99');
});

test('twenty creates a minute, and they count as requests; what is refused costs nothing', () => {
  const {ask, begin, clock} = startPlane({rateLimit: 100, sandboxes: 0});
  const create = () => begin('POST', '/v1/sandboxes', {body: {template_name: 'base'}})();
  for (let made = 0; made < 20; made += 1) expect(create()).toBeUndefined();
  expect(create()).toMatchObject({status: 429, body: {code: 'RATE_LIMIT_EXCEEDED', retry_after: 60}});
  expect(budget(ask('GET', '/v1/templates'))[1]).toBe('79');
  clock.advance(60_000);
  expect(create()).toBeUndefined();
});

test('another limit scales the creates with it', () => {
  const {begin} = startPlane({rateLimit: 10, sandboxes: 0});
  const create = () => begin('POST', '/v1/sandboxes', {body: {template_name: 'base'}})()?.status;
  expect([create(), create(), create()]).toEqual([undefined, undefined, 429]);
});

test('a stream costs one request to open, and a 401 costs none', () => {
  const {ask, listen} = startPlane({rateLimit: 100});
  listen('/v1/sandboxes/stream');
  expect(budget(ask('GET', '/v1/sandboxes', {key: 'wrong'}))[1]).toBe('99');
});

test('without a limit there are no rate headers', () => {
  expect(budget(startPlane({rateLimit: 0}).ask('GET', '/v1/templates'))).toEqual([undefined, undefined, undefined]);
});
