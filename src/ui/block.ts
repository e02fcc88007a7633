import type {State} from '../model/state.ts';
import type {Line} from '../terminal/cells.ts';
import {paintDialog} from './dialog.ts';
import {paintLedger} from './ledger.ts';
import {lineWidth} from './paint.ts';
import {paintPlan} from './plan.ts';
import type {Regions} from './regions.ts';
import {paintSortMenu} from './sortMenu.ts';
import {paintTemplateQuestion} from './templateQuestion.ts';
import type {Theme} from './theme.ts';

/** What lies over the middle of the screen and leaves the footer free: the open question, or a menu. */
export function paintBlock(state: State, {columns, rows}: Regions, theme: Theme): readonly Line[] | undefined {
  const room = {columns, rows: rows - 1};
  if (state.dialog) return paintDialog(state, state.dialog, room, theme);
  if (state.plan) return paintPlan(state, state.plan, room, theme);
  if (state.bulk?.isShown && !state.overlay) return paintLedger(state, state.bulk, room, theme);
  const {question} = state.templates;
  if (question) return paintTemplateQuestion(state, question, room, theme);
  return state.overlay?.kind === 'sort' ? paintSortMenu(state, room, theme) : undefined;
}

/** Cells that the widest of its lines takes. */
export const blockWidth = (lines: readonly Line[]): number => Math.max(0, ...lines.map(lineWidth));
