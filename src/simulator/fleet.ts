import {createBag} from './bag.ts';
import {createLedger} from './ledger.ts';
import type {Random} from './random.ts';
import type {Sandbox} from './sandbox.ts';

export type Page = {
  readonly sandboxes: readonly Sandbox[];
  /** Ask for `before` this number to go on; undefined: that was all. */
  readonly next: number | undefined;
};

export type PageQuery = {
  readonly limit: number;
  /** Only sandboxes with a smaller number. */
  readonly before?: number | undefined;
  /** Leaves out so many of those that match. */
  readonly skip?: number | undefined;
  readonly matches: (sandbox: Sandbox) => boolean;
};

/** The sandboxes that are there. Only a page whose filter few pass costs more when there are more of them. */
export type Fleet = {
  readonly size: () => number;
  readonly get: (id: string) => Sandbox | undefined;
  readonly add: (sandbox: Sandbox) => void;
  readonly replace: (sandbox: Sandbox) => void;
  readonly remove: (id: string) => void;
  /** Any one of them. */
  readonly draw: (random: Random) => Sandbox | undefined;
  /** Newest first. */
  readonly page: (query: PageQuery) => Page;
};

export function createFleet(): Fleet {
  const byId = new Map<string, Sandbox>();
  const ledger = createLedger();
  const bag = createBag();
  return {
    size: () => byId.size,
    get: (id) => byId.get(id),
    add(sandbox) {
      byId.set(sandbox.id, sandbox);
      ledger.add(sandbox.number, sandbox.id);
      bag.add(sandbox.id);
    },
    replace: (sandbox) => byId.set(sandbox.id, sandbox),
    remove(id) {
      const sandbox = byId.get(id);
      if (!sandbox) return;
      byId.delete(id);
      ledger.remove(sandbox.number);
      bag.remove(id);
    },
    draw: (random) => byId.get(bag.draw(random) ?? ''),
    page({limit, before, skip = 0, matches}) {
      const sandboxes: Sandbox[] = [];
      let skipped = 0;
      for (const id of ledger.newestFirst(before)) {
        const sandbox = byId.get(id);
        if (!sandbox || !matches(sandbox)) continue;
        if (skipped < skip) {
          skipped += 1;
          continue;
        }
        // One more than asked for is there: the page ends, and says so.
        if (sandboxes.length === limit) return {sandboxes, next: sandboxes.at(-1)?.number};
        sandboxes.push(sandbox);
      }
      return {sandboxes, next: undefined};
    },
  };
}
