import {describe, expect, test, vi} from 'vitest';
import {row, sandbox, T0, WALL0} from '../support/builders.ts';
import {sketch, stateOf} from './fleet.ts';
import {show, showStyled} from './show.tsx';

// Before Ink is loaded: it decides once whether it colours.
vi.hoisted(() => {
  process.env.FORCE_COLOR = '1';
});

const DIM = '\u001b[2m';

const rowOf = (id: string, asOf: number) =>
  row({sandbox: sandbox({id, region: 'eu-west', expiresAt: WALL0 + 90_000}), asOf});

/** Out of touch since T0 - 60 s; the second has been seen since. */
const inGap = {
  ...stateOf([rowOf('sb_old', T0 - 90_000), rowOf('sb_new', T0 - 10_000)]),
  link: {...sketch().link, phase: 'stale' as const, staleSince: T0 - 60_000},
};
const lineOf = (styled: string, id: string): string => styled.split('\n').find((line) => line.includes(id)) ?? '';

describe('out of touch', () => {
  const styled = showStyled({...inGap, cursor: {id: undefined, index: 0}}, 100, 20);

  test('what was seen last before it is dim', () => {
    expect(lineOf(styled, 'sb_old')).toContain(`${DIM}sb_old`);
    expect(lineOf(styled, 'sb_old')).toContain(`${DIM}eu-west`);
  });

  test('but for the time that goes on', () => {
    expect(lineOf(styled, 'sb_old')).not.toContain(`${DIM}! 01:30`);
    expect(lineOf(styled, 'sb_old')).toContain('! 01:30');
  });

  test('and what has been seen since is not', () => {
    expect(lineOf(styled, 'sb_new')).not.toContain(`${DIM}sb_new`);
  });

  test('the list says when it was true', () => {
    expect(show(inGap, 100, 20)).toContain('2 sandboxes as of 14:01:11');
  });
});

test('in touch nothing is dim and the list has no date', () => {
  const live = {...inGap, link: sketch().link};
  expect(showStyled(live, 100, 20)).not.toContain(`${DIM}sb_old`);
  expect(show(live, 100, 20)).not.toContain('as of');
});
