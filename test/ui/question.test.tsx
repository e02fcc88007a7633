import {describe, expect, test} from 'vitest';
import type {Dialog} from '../../src/model/act.ts';
import type {State} from '../../src/model/state.ts';
import {DAY, row, SECOND, sandbox, T0, WALL0} from '../support/builders.ts';
import {deleteQuestion, session, sketch, stateOf} from './fleet.ts';
import {show} from './show.tsx';

const long = {...session, profile: 'production', host: 'sandbox-control.eu-west-1.prod.internal.example.com:8443'};

const stale: State['link'] = {
  ...sketch().link,
  phase: 'stale',
  staleSince: T0 - 133_000,
  attempt: 5,
  retryAt: T0 + 8000,
};

const changed: Dialog = {...deleteQuestion, changed: 'status is now paused, it was running'};

/** The question as it is read: without its border, wrapped lines joined. */
function read(state: State, columns: number, rows: number): string {
  const lines = show(state, columns, rows).split('\n');
  const inside = lines.flatMap((line) => /│ ?(.*?) *│/.exec(line)?.[1] ?? []);
  return inside.join('\n');
}

describe.each([
  [80, 24],
  [80, 20],
  [60, 15],
  [45, 12],
  [40, 10],
] as const)('at %ix%i', (columns, rows) => {
  test('a question names the sandbox, then the profile and the host, and can be answered', () => {
    const said = read(sketch({dialog: deleteQuestion}), columns, rows);
    expect(said).toMatch(/sandbox +sb_9f3a71c204\nprofile +prod +host api\.hopx\.dev\n/);
    expect(said).toContain('Type c204 to delete it: c2');
    expect(said).toContain('[ Cancel ]');
  });

  test('so it does on a stale screen, changed meanwhile', () => {
    const said = read(sketch({dialog: changed, link: stale}), columns, rows);
    expect(said).toMatch(/sandbox +sb_9f3a71c204\nprofile +prod +host api\.hopx\.dev\n/);
    expect(said).toContain('Type c204 to delete it: c2');
  });

  test('a long host is told to its last letter', () => {
    const said = read(sketch({dialog: deleteQuestion, session: long}), columns, rows);
    expect(said.replaceAll(/\n */g, '')).toContain(long.host);
    expect(said).toContain('production');
  });
});

test('how current the screen is stands on the question where that covers the header', () => {
  const [top = ''] = show(sketch({dialog: deleteQuestion}), 45, 12).split('\n');
  expect(top).toMatch(/Delete 1 sandbox .* LIVE ─╮/);
  const [staleTop = ''] = show(sketch({dialog: deleteQuestion, link: stale}), 45, 12).split('\n');
  expect(staleTop).toMatch(/STALE/);
});

test('at 80x24 the header can be seen: it is not said twice', () => {
  expect(show(sketch({dialog: deleteQuestion}), 80, 24).match(/LIVE/g)).toHaveLength(1);
});

test('an id too long for the question leaves room to answer', () => {
  const frozen = sandbox({id: 'x'.repeat(300)});
  const dialog = {...deleteQuestion, frozen, word: 'xxxx', typed: ''};
  const said = read(stateOf([row({sandbox: frozen})], {dialog}), 45, 12);
  expect(said).toContain('profile');
  expect(said).toContain('Type xxxx to delete it');
});

describe('a shorter life', () => {
  const shortening = (over: Partial<Dialog['frozen']> = {}, timeoutSeconds = 60): State => {
    const frozen = sandbox({expiresAt: WALL0 + 108 * SECOND, ...over});
    const dialog: Dialog = {...deleteQuestion, action: 'timeout', consent: 'confirm', frozen, timeoutSeconds};
    return stateOf([row({sandbox: frozen})], {dialog});
  };

  test('says when it would end now, and what that costs', () => {
    const shown = show(shortening(), 80, 24);
    expect(shown).toContain('Shorten the life of 1 sandbox');
    expect(shown).toContain('It is destroyed, with its disk, 48s sooner than now.');
    expect(shown).toMatch(/expires +14:03:59 \(in 01:48\) -> 14:03:11 \(in 01:00\)/);
    expect(shown).toContain('Really shorten its life?  y / N');
    expect(shown).toMatch(/\[ Cancel \] +Shorten/);
  });

  test('counts on: a timeout is counted from when it is agreed to', () => {
    const later = {...shortening(), now: T0 + 10 * SECOND, wall: WALL0 + 10 * SECOND};
    expect(read(later, 80, 24)).toMatch(/expires +14:03:59 \(in 01:38\) -> 14:03:21 \(in 01:00\)/);
    expect(read(later, 80, 24)).toContain('38s sooner than now.');
  });

  test('of what never ends is an end', () => {
    const shown = show(shortening({expiresAt: null}, (3 * DAY) / 1000), 80, 24);
    expect(shown).toContain('Give 1 sandbox an end');
    expect(shown).toMatch(/expires +never -> 17 Nov 14:02 \(in 3d00h\)/);
    expect(shown).toMatch(/\[ Cancel \] +Set it/);
  });

  test.each([
    [60, 15],
    [45, 12],
    [40, 10],
  ])('at %ix%i the two ends and the question stand', (columns, rows) => {
    const said = read(shortening(), columns, rows).replaceAll(/\n */g, ' ');
    expect(said).toMatch(/14:03:59 \(in 01:48\) -> 14:03:11/);
    expect(said).toContain('y / N');
  });
});

test('of what is gone meanwhile nothing is asked any more', () => {
  const dead = sketch().rows.get('sb_77a0c5e8f2');
  const dialog = {...deleteQuestion, frozen: sandbox({id: 'sb_77a0c5e8f2'}), typed: '', changed: 'it is gone: expired'};
  expect(dead?.tombstone).toBeDefined();
  const said = read(sketch({dialog}), 80, 24);
  expect(said).toContain('It is gone (expired): nothing is left to delete. Esc closes.');
  expect(said).toContain('[ Close ]');
  expect(said).not.toContain('Type');
});
