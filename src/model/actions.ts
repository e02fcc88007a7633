export type ActionId = 'pause' | 'resume' | 'stop' | 'start' | 'extend' | 'timeout' | 'refresh' | 'delete';

/** How the user must agree before anything is sent. */
export type Consent = 'none' | 'confirm' | 'type';

export type SandboxAction = {
  readonly id: ActionId;
  readonly key: string;
  readonly label: string;
  /** What help says. */
  readonly description: string;
  /** Shown in the row while under way, e.g. `pausing…`. */
  readonly underWay: string;
  /** Said in the event log once confirmed. */
  readonly done: string;
  /** Statuses from which the control plane accepts it; undefined: any (unknown statuses are always let through). */
  readonly from: readonly string[] | undefined;
  /** Statuses that confirm it; empty: confirmed otherwise (a new expiry, a disappearance). */
  readonly settles: readonly string[];
  readonly consent: Consent;
  readonly request: {readonly method: 'POST' | 'PUT' | 'DELETE'; readonly suffix: string};
  /** True when some servers do not know the route. */
  readonly mayBeUnsupported: boolean;
};

/** Until a delete leaves: so long `u` takes it back. */
export const GRACE_MS = 5000;

/** Seconds that `e` adds to what is left of a life. */
export const EXTEND_BY_SECONDS = 1800;

/** Everything a key does to a sandbox. Keymap, help, footer, README, reducer and client all read this table. */
export const sandboxActions: readonly SandboxAction[] = [
  {
    id: 'pause',
    key: 'P',
    label: 'pause',
    description: 'pause: nothing is lost',
    underWay: 'pausing…',
    done: 'paused',
    from: ['running'],
    settles: ['paused'],
    consent: 'none',
    request: {method: 'POST', suffix: '/pause'},
    mayBeUnsupported: false,
  },
  {
    id: 'resume',
    key: 'R',
    label: 'resume',
    description: 'resume a paused sandbox',
    underWay: 'resuming…',
    done: 'resumed',
    from: ['paused'],
    settles: ['running'],
    consent: 'none',
    request: {method: 'POST', suffix: '/resume'},
    mayBeUnsupported: false,
  },
  {
    id: 'stop',
    key: 'X',
    label: 'stop',
    description: 'stop: memory lost (y/N)',
    underWay: 'stopping…',
    done: 'stopped',
    from: ['running', 'paused'],
    settles: ['stopped'],
    consent: 'confirm',
    request: {method: 'POST', suffix: '/stop'},
    mayBeUnsupported: true,
  },
  {
    id: 'start',
    key: 'S',
    label: 'start',
    description: 'start a stopped sandbox',
    underWay: 'starting…',
    done: 'started',
    from: ['stopped'],
    settles: ['running'],
    consent: 'none',
    request: {method: 'POST', suffix: '/start'},
    mayBeUnsupported: true,
  },
  {
    id: 'extend',
    key: 'e',
    label: 'extend',
    description: 'extend by 30 min',
    underWay: 'extending…',
    done: 'extended',
    from: undefined,
    settles: [],
    consent: 'none',
    request: {method: 'PUT', suffix: '/timeout'},
    mayBeUnsupported: false,
  },
  {
    id: 'timeout',
    key: 'E',
    label: 'timeout',
    description: 'set the exact timeout',
    underWay: 'setting…',
    done: 'timeout set',
    from: undefined,
    settles: [],
    consent: 'none',
    request: {method: 'PUT', suffix: '/timeout'},
    mayBeUnsupported: false,
  },
  {
    id: 'refresh',
    key: 'T',
    label: 'token',
    description: 'renew the access token',
    underWay: 'renewing…',
    done: 'token renewed',
    from: undefined,
    settles: [],
    consent: 'none',
    request: {method: 'POST', suffix: '/token/refresh'},
    mayBeUnsupported: false,
  },
  {
    id: 'delete',
    key: 'D',
    label: 'delete',
    description: 'delete with disk (typed)',
    underWay: 'deleting…',
    done: 'deleted',
    from: undefined,
    settles: ['deleted', 'killed'],
    consent: 'type',
    request: {method: 'DELETE', suffix: ''},
    mayBeUnsupported: false,
  },
];

const byId = new Map(sandboxActions.map((action) => [action.id, action]));

/** The row of the table for an action that exists by its type. */
export function sandboxAction(id: ActionId): SandboxAction {
  const action = byId.get(id);
  if (!action) throw new Error(`no such action: ${id}`);
  return action;
}
