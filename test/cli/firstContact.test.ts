import {describe, expect, test} from 'vitest';
import {apiError, failureOf} from '../../src/api/errors.ts';
import {exits} from '../../src/cli/exit.ts';
import {explain} from '../../src/cli/explain.ts';
import {makeContact} from '../../src/cli/firstContact.ts';
import {createRelay} from '../../src/cli/relay.ts';
import {manualClock} from '../../src/clock/manualClock.ts';
import type {FailureKind} from '../../src/model/failure.ts';
import {serverWith} from './fakeServer.ts';

const HOST = 'api.hopx.dev';

describe('before the screen is taken, one row is asked for', () => {
  test('an answer, even an empty one, is enough', async () => {
    const server = serverWith({});
    expect(await makeContact(server, manualClock(), HOST)).toBeUndefined();
    expect(server.asked).toEqual([{limit: 1}]);
  });

  test.each<FailureKind>([
    'unauthorized',
    'forbidden',
    'payment',
    'not-found',
    'unsupported',
    'unreachable',
    'timed-out',
    'bad-answer',
  ])('%s ends it here', async (kind) => {
    expect(await makeContact(serverWith({fails: kind, message: 'm'}), manualClock(), HOST)).toMatchObject({kind});
  });

  test.each<FailureKind>(['rate-limited', 'quota', 'server', 'bad-request', 'conflict'])(
    '%s is for the screen to wait out',
    async (kind) => {
      expect(await makeContact(serverWith({fails: kind, message: 'm'}), manualClock(), HOST)).toBeUndefined();
    },
  );

  test('a server that says nothing is given ten seconds', async () => {
    const clock = manualClock();
    const silent = {
      listSandboxes: (_: unknown, signal?: AbortSignal) =>
        new Promise<never>((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(apiError('cancelled', 'cancelled')));
        }),
    };
    const failure = makeContact(silent, clock, HOST);
    clock.advance(10_000);
    expect(await failure).toMatchObject({kind: 'timed-out', message: 'api.hopx.dev gave no answer in 10 s'});
    expect(clock.waiting()).toBe(0);
  });
});

describe('each failure is one sentence that says what to do', () => {
  const asking = {origin: new URL(`https://${HOST}`), keyId: 'hopx_live_abcdefghijkl', source: '~/key'};

  test.each<[FailureKind, string, number]>([
    [
      'unauthorized',
      'api.hopx.dev does not accept the key hopx_live_abcdefghijkl… from ~/key: no; put a valid key there, or name another with --api-key-file PATH (request_id r1)',
      3,
    ],
    [
      'forbidden',
      'api.hopx.dev forbids it to the key hopx_live_abcdefghijkl… from ~/key: no; use a key that may list sandboxes (request_id r1)',
      3,
    ],
    ['payment', 'api.hopx.dev: no (request_id r1)', 1],
    [
      'not-found',
      'api.hopx.dev does not answer as a HopX control plane does: no; check the address in --base-url, HOPX_BASE_URL or the profile (request_id r1)',
      4,
    ],
    [
      'unreachable',
      'api.hopx.dev: no; check the network, and the address in --base-url, HOPX_BASE_URL or the profile (request_id r1)',
      6,
    ],
    [
      'timed-out',
      'api.hopx.dev: no; check the network, and the address in --base-url, HOPX_BASE_URL or the profile (request_id r1)',
      5,
    ],
    [
      'bad-answer',
      'api.hopx.dev does not answer as a HopX control plane does: no; check the address in --base-url, HOPX_BASE_URL or the profile (request_id r1)',
      1,
    ],
    ['server', 'api.hopx.dev failed: no; try again later (request_id r1)', 1],
    ['rate-limited', 'api.hopx.dev: no; try again in 31 s (request_id r1)', 7],
    ['bad-request', 'api.hopx.dev: no (request_id r1)', 2],
  ])('%s', (kind, sentence, code) => {
    const error = explain(failureOf(kind, 'no', {requestId: 'r1', retryAfterMs: 30_500}), asking);
    expect(error.message).toBe(sentence);
    expect(exits[error.exit].code).toBe(code);
  });

  test('the host is named once, a key of unknown form by its source, a missing request id not at all', () => {
    const refused = explain(failureOf('unreachable', 'api.hopx.dev refused the connection'), asking);
    expect(refused.message).toBe(
      'api.hopx.dev refused the connection; check the network, and the address in --base-url, HOPX_BASE_URL or the profile',
    );
    const unknown = explain(failureOf('unauthorized', 'no'), {...asking, keyId: undefined});
    expect(unknown.message).toContain('does not accept the key from ~/key: no;');
  });

  test('whoever follows the sentence sends another key to the same server', () => {
    const origin = new URL('https://api-eu.hopx.dev');
    expect(explain(failureOf('unauthorized', 'no'), {...asking, origin}).message).toContain(
      'name another with --api-key-file PATH --base-url https://api-eu.hopx.dev',
    );
  });
});

test('what the first answers told is told again to whoever comes later', () => {
  const relay = createRelay();
  const budget = {limit: 100, remaining: 99, resetAt: 5};
  const told: unknown[] = [];
  const listener = {budgetChanged: (next: unknown) => told.push(next), serverDated: (next: unknown) => told.push(next)};
  expect(relay.skewMs()).toBe(0);
  relay.observer.budgetChanged(budget);
  relay.observer.serverDated(-250);
  relay.connect(listener);
  relay.observer.serverDated(-100);
  expect(told).toEqual([budget, -250, -100]);
  expect(relay.skewMs()).toBe(-100);
});
