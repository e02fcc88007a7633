import type {Terminal} from './terminal.ts';

/** The list without borders, as in 80x24: `> id  status …`. */
const cursorRow = /^> /;

const cursorLine = (app: Terminal): string => app.lines().find((line) => cursorRow.test(line)) ?? '';

export const cursorId = (app: Terminal): string => /^> (\S+)/.exec(cursorLine(app))?.[1] ?? '';

/** The line of the list that shows this sandbox, its id cut or not; empty when none does. */
export const rowOf = (app: Terminal, id: string | number): string =>
  app.lines().find((line) => isRowOf(line, String(id))) ?? '';

function isRowOf(line: string, id: string): boolean {
  if (line.startsWith(`  ${id}  `) || line.startsWith(`> ${id}  `)) return true;
  const cut = /^[> ] (\S+)…/.exec(line)?.[1];
  return cut !== undefined && id.startsWith(cut);
}

/** Goes down until the cursor is on a line that says this. */
export async function moveTo(app: Terminal, sight: RegExp): Promise<string> {
  for (let left = 100; left > 0 && !sight.test(cursorLine(app)); left -= 1) {
    const before = cursorId(app);
    app.press('j');
    await app.waitFor(() => cursorId(app) !== before);
  }
  return cursorId(app);
}
