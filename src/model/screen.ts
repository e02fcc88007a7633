import {columns} from './columns.ts';
import type {EventOf} from './event.ts';
import {noticed} from './logging.ts';
import {idAt, type Order} from './order.ts';
import type {Stamp} from './sandbox.ts';
import {isUnsent} from './sending.ts';
import {lineOf} from './standing.ts';
import type {Cursor, State} from './state.ts';
import type {Step} from './step.ts';
import {NEVER} from './times.ts';

const clamped = (value: number, most: number): number => Math.max(0, Math.min(value, most));

/** The first visible line, nearest to `top`, that keeps the cursor on the screen and no line empty without need. */
function topFor(top: number, index: number, {screen: {listRows}, order: {size}}: State): number {
  const lines = Math.max(1, listRows);
  const nearest = Math.min(Math.max(top, index - lines + 1), index);
  return clamped(nearest, size - lines);
}

/**
 * A new order: the cursor stays on its sandbox. At the top of the list the list stands still and the cursor moves;
 * further down the cursor's line stands still. If its row has left, the cursor goes to what took its place.
 */
export function withOrder(state: State, order: Order): State {
  if (order === state.order) return state;
  const next = {...state, order};
  const cursor = cursorIn(next);
  const moved = {...next, cursor};
  const top = state.top === 0 ? 0 : state.top + cursor.index - state.cursor.index;
  return {...moved, top: topFor(top, cursor.index, moved)};
}

function cursorIn(state: State): Cursor {
  const {cursor, order} = state;
  // Until the first reading is done, or a key is pressed, the cursor has not been put anywhere.
  const isUnplaced = state.lastKeyAt === NEVER && state.listing.endedAt === undefined;
  const hasLeft = isUnplaced || cursor.id === undefined || isDeadUnseen(state, cursor.id);
  const index = hasLeft || cursor.id === undefined ? undefined : lineOf(state, cursor.id);
  // A cursor that nobody has put anywhere does not lead away from the top of the list.
  const isAstray = state.lastKeyAt === NEVER && index !== undefined && index >= Math.max(1, state.screen.listRows);
  if (index !== undefined && !isAstray) return {id: cursor.id, index};
  // What has the whole screen stays there: no other may take its place under the keys that act.
  if (state.detailOpen && cursor.id !== undefined) return {id: cursor.id, index: Math.min(cursor.index, order.size)};
  return cursorAt(order, isUnplaced || isAstray ? 0 : cursor.index);
}

/** Nobody has pressed a key yet: the cursor does not follow a sandbox to where the dead are. */
const isDeadUnseen = ({lastKeyAt, rows}: State, id: string): boolean =>
  lastKeyAt === NEVER && rows.get(id)?.tombstone !== undefined;

function cursorAt(order: Order, index: number): Cursor {
  const place = clamped(index, order.size - 1);
  return {id: idAt(order, place), index: place};
}

/** What covers the list takes its keys. */
export const isCovered = ({dialog, overlay, form, plan, bulk, templates}: State): boolean =>
  [dialog, overlay, form, plan, templates.question].some((cover) => cover !== undefined) || bulk?.isShown === true;

export function cursorMovedTo(state: State, at: Stamp, index: number, top = state.top): Step {
  if (isCovered(state)) return [state];
  const cursor = cursorAt(state.order, index);
  const shown = topFor(top, cursor.index, state);
  if (cursor.id === state.cursor.id && shown === state.top) return [state];
  return [{...state, cursor, top: shown, scrolledAt: at, notice: noticeBeyond(state)}];
}

/** On what stands where the cursor stood, if that is no longer in the list. */
export function cursorReplaced(state: State): State {
  const cursor = cursorAt(state.order, state.cursor.index);
  return {...state, cursor, top: topFor(state.top, cursor.index, state)};
}

/** A refusal was about the row that the cursor leaves; what can still be taken back has to be known. */
const noticeBeyond = ({notice, acts}: State): State['notice'] =>
  notice?.tone === 'warn' && !acts.some(isUnsent) ? undefined : notice;

/** A notice younger than this came with the key that changes the view: the same read, or the same command. */
const SAME_READ_MS = 400;

/** What was said was about the view that is left; an error stays until it was read. */
export const noticeInNextView = ({notice}: State, at: Stamp): State['notice'] =>
  notice && (notice.tone === 'danger' || at - notice.at < SAME_READ_MS) ? notice : undefined;

export const cursorMoved = (state: State, {at, by}: EventOf<'cursor.moved'>): Step =>
  cursorMovedTo(state, at, state.cursor.index + by);

/** A page on, the window with it. */
export function cursorPaged(state: State, {at, by}: EventOf<'cursor.paged'>): Step {
  const lines = by * Math.max(1, state.screen.listRows);
  const top = clamped(state.top + lines, state.order.size - Math.max(1, state.screen.listRows));
  return cursorMovedTo(state, at, state.cursor.index + lines, top);
}

export const cursorJumped = (state: State, {at, to}: EventOf<'cursor.jumped'>): Step =>
  cursorMovedTo(state, at, to === 'first' ? 0 : state.order.size - 1);

/** Shown in the list; where it is not, it is said why. */
export function cursorSought(state: State, {at, id}: EventOf<'cursor.sought'>): Step {
  if (isCovered(state)) return [state];
  const index = lineOf(state, id);
  if (index !== undefined) return cursorMovedTo({...state, view: 'sandboxes'}, at, index);
  const why = state.rows.has(id) ? 'the filter leaves it out' : 'it has been gone for a while';
  return [noticed(state, at, `${id} is not in the list: ${why}`)];
}

/** Also for what changes the room for the list without a change of the terminal. */
export function screenResized(state: State, {columns: width, rows, listRows}: EventOf<'screen.resized'>): Step {
  const {screen} = state;
  if (screen.columns === width && screen.rows === rows && screen.listRows === listRows) return [state];
  const resized = {...state, screen: {columns: width, rows, listRows}};
  return [{...resized, top: topFor(state.top, state.cursor.index, resized)}];
}

export function overlayOpened(state: State, {overlay: kind}: EventOf<'overlay.opened'>): Step {
  if (state.dialog) return [state];
  const index = kind === 'sort' ? columns.findIndex(({id}) => id === state.sort.column) : 0;
  return [{...state, overlay: {kind, index}, palette: ''}];
}

/** Help has as many lines as the screen gives it: only the one who paints it knows where it ends. */
export function overlayMoved(state: State, {by}: EventOf<'overlay.moved'>): Step {
  if (!state.overlay) return [state];
  const {kind, index} = state.overlay;
  const moved = clamped(index + by, kind === 'sort' ? columns.length - 1 : Number.MAX_SAFE_INTEGER);
  return moved === index ? [state] : [{...state, overlay: {kind, index: moved}}];
}

export const overlayClosed = (state: State): Step => (state.overlay ? [{...state, overlay: undefined}] : [state]);

export const pasteIgnored = (state: State, {at}: EventOf<'paste.ignored'>): Step => [
  noticed(state, at, 'paste ignored: keys only', 'warn'),
];

export const noticeShown = (state: State, {at, text}: EventOf<'notice.shown'>): Step => [noticed(state, at, text)];
