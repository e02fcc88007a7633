import type {Cancel, Clock} from '../clock/clock.ts';
import {type Agenda, createAgenda} from './agenda.ts';

/** What can lie ahead of a sandbox; of each at most one. */
type Appointment = 'expiry' | 'crash' | 'arrival';

export type Timetable = {
  /** At a time of the wall clock, as `expires_at` promises it. Takes the place of what was planned before. */
  readonly planAtWall: (id: string, what: Appointment, wall: number, run: () => void) => void;
  readonly planIn: (id: string, what: Appointment, ms: number, run: () => void) => void;
  readonly cancel: (id: string, what: Appointment) => void;
  readonly cancelAll: (id: string) => void;
  /** How many appointments are kept: a test can tell a leak. */
  readonly size: () => number;
  readonly close: () => void;
};

export function createTimetable(clock: Clock): Timetable {
  const byWall = createAgenda(clock, clock.wall);
  const byMonotonic = createAgenda(clock, clock.monotonic);
  const plans: Readonly<Record<Appointment, Map<string, Cancel>>> = {
    expiry: new Map(),
    crash: new Map(),
    arrival: new Map(),
  };

  const cancel = (id: string, what: Appointment) => {
    plans[what].get(id)?.();
    plans[what].delete(id);
  };
  const plan = (id: string, what: Appointment, agenda: Agenda, at: number, run: () => void) => {
    cancel(id, what);
    const cancelOne = agenda.plan(at, () => {
      plans[what].delete(id);
      run();
    });
    plans[what].set(id, cancelOne);
  };

  return {
    planAtWall: (id, what, wall, run) => plan(id, what, byWall, wall, run),
    planIn: (id, what, ms, run) => plan(id, what, byMonotonic, clock.monotonic() + ms, run),
    cancel,
    cancelAll(id) {
      cancel(id, 'expiry');
      cancel(id, 'crash');
      cancel(id, 'arrival');
    },
    size: () => byWall.size() + byMonotonic.size(),
    close() {
      byWall.close();
      byMonotonic.close();
    },
  };
}
