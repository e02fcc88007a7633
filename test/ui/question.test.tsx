import {describe, expect, test} from 'vitest';
import type {Dialog} from '../../src/model/act.ts';
import type {State} from '../../src/model/state.ts';
import {sandbox, T0} from '../support/builders.ts';
import {deleteQuestion, session, sketch} from './fleet.ts';
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
  const dialog = {...deleteQuestion, frozen: sandbox({id: 'x'.repeat(300)}), word: 'xxxx', typed: ''};
  const said = read(sketch({dialog}), 45, 12);
  expect(said).toContain('profile');
  expect(said).toContain('Type xxxx to delete it');
});
