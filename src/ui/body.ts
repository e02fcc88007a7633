import type {Line} from '../terminal/cells.ts';
import {type Brush, fitBlock, framed, span} from './paint.ts';
import type {Regions} from './regions.ts';
import type {Theme} from './theme.ts';

/** Lines between header and footer. */
export const bodyRows = ({rows, headerRows, footerRows}: Regions): number => rows - headerRows - footerRows;

/** One thing over the whole body, in a border where there is room for one; `height` are the lines inside it. */
export function paintBody(
  title: string,
  regions: Regions,
  theme: Theme,
  paint: (height: number, brush: Brush) => readonly Line[],
): readonly Line[] {
  const {columns: width, framed: hasBorder} = regions;
  const height = bodyRows(regions);
  if (!hasBorder) return fitBlock(paint(height, {width, theme}), width, height);
  const lines = paint(height - 2, {width: width - 2, theme});
  return framed(lines, {title: [span(title, theme.styleOf('bold'))], focused: true, width, height}, theme);
}
