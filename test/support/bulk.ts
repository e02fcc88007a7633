import type {Sight, Terminal} from './terminal.ts';

/** Filters the list, until it says so of itself. */
export async function filterBy(app: Terminal, text: string, sight: Sight): Promise<void> {
  app.press('/');
  await app.waitFor(/│ ?\//);
  app.type(text);
  await app.waitFor(text);
  app.press('enter');
  await app.waitFor(sight);
}

/** Marks so many, from the cursor on down. */
export async function markNext(app: Terminal, count: number): Promise<void> {
  for (let marked = 1; marked <= count; marked += 1) {
    app.press('space');
    await app.waitFor(`${marked} marked`);
  }
}

/** Types the words of the plan, from the moment on when it listens, and Enter. */
export async function agree(app: Terminal, words: string): Promise<void> {
  const asks = `Type ${words} to confirm: `;
  await app.waitFor(asks);
  await app.pressUntil(words.slice(0, 1), `${asks}${words.slice(0, 1)}`);
  app.type(words.slice(1));
  await app.waitFor(`${asks}${words}`);
  app.press('enter');
}
