import {describe, expect, test} from 'vitest';
import {clipboardSequence, multiplexerOf} from '../../src/terminal/clipboard.ts';
import {readable} from './rows.ts';

const inBase64 = (text: string) => Buffer.from(text).toString('base64');
const sequenceOf = (...asked: Parameters<typeof clipboardSequence>) => readable(clipboardSequence(...asked) ?? '');

describe('what a terminal is told to put into its clipboard', () => {
  test('by OSC 52, in base64, whatever is in it', () => {
    expect(sequenceOf('sb_9f3a', undefined)).toBe(`^]52;c;${inBase64('sb_9f3a')}^\\`);
    expect(sequenceOf('\u001b[2Jé', undefined)).toBe(`^]52;c;${inBase64('\u001b[2Jé')}^\\`);
  });

  test('tmux gets it for itself, and in the wrapper that it hands on', () => {
    const plain = `^]52;c;${inBase64('sb')}^\\`;
    expect(sequenceOf('sb', 'tmux')).toBe(`${plain}^Ptmux;${plain.replaceAll('^', '^^')}^\\`);
  });

  test('screen gets pieces that fit into its wrapper, with no terminator of theirs', () => {
    const pieces = (clipboardSequence('x'.repeat(200), 'screen') ?? '').split('\u001bP').slice(1);
    expect(pieces.length).toBeGreaterThan(2);
    for (const piece of pieces) expect(piece.indexOf('\\')).toBe(piece.length - 1);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(78);
    expect(pieces.map((piece) => piece.slice(0, -2)).join('')).toBe(`\u001b]52;c;${inBase64('x'.repeat(200))}\u0007`);
  });

  test('nothing that no terminal would take', () => {
    expect(clipboardSequence('x'.repeat(5000), undefined)).toBeUndefined();
  });
});

test.each([
  [{TMUX: '/tmp/tmux-0/default,1,0', TERM: 'tmux-256color'}, 'tmux'],
  [{TMUX: '/tmp/tmux-0/default,1,0', TERM: 'screen-256color'}, 'tmux'],
  [{TERM: 'screen.xterm-256color'}, 'screen'],
  [{STY: '123.pts-0', TERM: 'xterm'}, 'screen'],
  [{TERM: 'xterm-256color', TMUX: ''}, undefined],
])('%o is %s', (env, multiplexer) => {
  expect(multiplexerOf(env)).toBe(multiplexer);
});
