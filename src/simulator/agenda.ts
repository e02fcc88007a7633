import type {Cancel, Clock} from '../clock/clock.ts';

/** What is due when, for any number of appointments: planning and cancelling cost O(log n), waiting costs one timer. */
export type Agenda = {
  /** Runs once `now()` has reached `at`. What is due at one time runs in the order it was planned. */
  readonly plan: (at: number, run: () => void) => Cancel;
  readonly size: () => number;
  readonly close: () => void;
};

type Entry = {readonly at: number; readonly order: number; readonly run: () => void; place: number};

/** A jump of the wall clock is noticed within this time, though no timer tells of it. */
const LONGEST_WAIT_MS = 60_000;

/** `now` is the reading of `clock` that appointments are made in: `wall` for a promise to users, else `monotonic`. */
export function createAgenda(clock: Clock, now: () => number): Agenda {
  const heap = createHeap();
  let order = 0;
  let armedFor: number | undefined;
  let disarm: Cancel = () => undefined;

  const arm = () => {
    const next = heap.first();
    if (next?.at === armedFor) return;
    disarm();
    armedFor = next?.at;
    if (next) disarm = clock.after(Math.min(next.at - now(), LONGEST_WAIT_MS), runDue);
  };
  const runDue = () => {
    armedFor = undefined;
    for (let due = heap.first(); due && due.at <= now(); due = heap.first()) {
      heap.remove(due);
      due.run();
    }
    armedFor = undefined;
    disarm();
    arm();
  };

  return {
    plan(at, run) {
      order += 1;
      const entry: Entry = {at, order, run, place: -1};
      heap.add(entry);
      arm();
      return () => {
        heap.remove(entry);
        arm();
      };
    },
    size: heap.size,
    close() {
      disarm();
      heap.clear();
      armedFor = undefined;
    },
  };
}

const isBefore = (one: Entry, other: Entry) => one.at < other.at || (one.at === other.at && one.order < other.order);

/** A binary heap that knows where each entry is, so that a cancelled one leaves at once and is not kept for days. */
function createHeap() {
  const entries: Entry[] = [];

  const put = (entry: Entry, place: number) => {
    entries[place] = entry;
    entry.place = place;
  };
  const rise = (entry: Entry) => {
    let place = entry.place;
    for (;;) {
      const above = (place - 1) >> 1;
      const parent = entries[above];
      if (place === 0 || !parent || isBefore(parent, entry)) break;
      put(parent, place);
      place = above;
    }
    put(entry, place);
  };
  const sink = (entry: Entry) => {
    let place = entry.place;
    for (;;) {
      const left = entries[2 * place + 1];
      const right = entries[2 * place + 2];
      const child = left && right && isBefore(right, left) ? right : left;
      if (!child || isBefore(entry, child)) break;
      const below = child.place;
      put(child, place);
      place = below;
    }
    put(entry, place);
  };

  return {
    first: () => entries[0],
    size: () => entries.length,
    clear: () => {
      for (const entry of entries) entry.place = -1;
      entries.length = 0;
    },
    add(entry: Entry) {
      put(entry, entries.length);
      rise(entry);
    },
    remove(entry: Entry) {
      const place = entry.place;
      const last = entries[entries.length - 1];
      if (place < 0 || !last) return;
      entries.length -= 1;
      entry.place = -1;
      if (last === entry) return;
      put(last, place);
      rise(last);
      sink(last);
    },
  };
}
