/** Why a request is sent; `resend` is an act, or the read it waits for, that was answered 429. */
export type Priority = 'act' | 'resend' | 'stream' | 'check' | 'list' | 'metrics';

export type PriorityRule = {
  readonly id: Priority;
  /** May use the part of the limit that is kept for acts. */
  readonly usesReserve: boolean;
  /** Stays back after a 429 until the server's time is over. */
  readonly waitsOutRefusals: boolean;
  /** Never more than a few a second, and never more than a part of the limit. */
  readonly isPaced: boolean;
};

/** An earlier row goes before a later one. A later row is never freer than an earlier one, so nothing overtakes. */
export const priorityRules: readonly PriorityRule[] = [
  {id: 'act', usesReserve: true, waitsOutRefusals: false, isPaced: false},
  {id: 'resend', usesReserve: true, waitsOutRefusals: true, isPaced: false},
  {id: 'stream', usesReserve: false, waitsOutRefusals: true, isPaced: false},
  {id: 'check', usesReserve: false, waitsOutRefusals: true, isPaced: false},
  {id: 'list', usesReserve: false, waitsOutRefusals: true, isPaced: false},
  {id: 'metrics', usesReserve: false, waitsOutRefusals: true, isPaced: true},
];
