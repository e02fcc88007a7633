import type {Overlay} from '../model/event.ts';
import type {State} from '../model/state.ts';
import type {Line} from '../terminal/cells.ts';
import {paintActionMenu} from './actionMenu.ts';
import {commands} from './commands.ts';
import {paintDialog} from './dialog.ts';
import {paintForm} from './form.ts';
import {lastAnswer} from './lastAnswer.ts';
import {paintLedger} from './ledger.ts';
import {lineWidth} from './paint.ts';
import {paintPalette} from './palette.ts';
import {paintPlan} from './plan.ts';
import type {Regions} from './regions.ts';
import {paintSortMenu} from './sortMenu.ts';
import {paintTemplateQuestion} from './templateQuestion.ts';
import type {Theme} from './theme.ts';

function blockOf(state: State, {columns, rows}: Regions, theme: Theme): readonly Line[] | undefined {
  const room = {columns, rows: rows - 1};
  if (state.dialog) return paintDialog(state, state.dialog, room, theme);
  if (state.plan) return paintPlan(state, state.plan, room, theme);
  if (state.form) return paintForm(state, state.form, room, theme);
  const {question} = state.templates;
  if (question) return paintTemplateQuestion(state, question, room, theme);
  if (state.overlay) return overlayPainters[state.overlay.kind]?.(state, room, theme);
  return state.bulk?.isShown ? paintLedger(state, state.bulk, room, theme) : undefined;
}

/**
 * What lies over the middle of the screen and leaves the footer free: the open question, a form, or a menu. One frame
 * asks for it several times: for its place and its lines.
 */
export const paintBlock = lastAnswer(blockOf);

type Size = {readonly columns: number; readonly rows: number};

/** Overlays that are a block; help is a screen of its own. */
const overlayPainters: Partial<Readonly<Record<Overlay, (state: State, room: Size, theme: Theme) => readonly Line[]>>> =
  {
    sort: paintSortMenu,
    actions: paintActionMenu,
    palette: (state, room, theme) => paintPalette(state, commands, room, theme),
  };

/** Cells that the widest of its lines takes. */
export const blockWidth = (lines: readonly Line[]): number => Math.max(0, ...lines.map(lineWidth));
