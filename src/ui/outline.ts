import type {State} from '../model/state.ts';
import {blockWidth, paintBlock} from './block.ts';
import {isWaiting} from './empty.ts';
import type {Regions} from './regions.ts';
import type {Theme} from './theme.ts';

/**
 * All that Ink has to lay out, in one word: while it stays the same, a change of the state is painted into the canvases
 * and nothing is rendered. Help is drawn by Ink, so its page is part of it.
 */
export function outlineOf(state: State, regions: Regions, theme: Theme): string {
  const block = paintBlock(state, regions, theme);
  const size = block ? `${blockWidth(block)}x${block.length}` : '';
  const {overlay} = state;
  const help = overlay?.kind === 'help' ? `help ${overlay.index}` : '';
  return [size, help, isWaiting(state) ? 'waiting' : ''].join();
}
