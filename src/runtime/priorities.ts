/** Why a request is sent; `act` and `bulk` are acts, one or one of many, or the reads they wait for. */
export type Priority = 'act' | 'stream' | 'bulk' | 'check' | 'list' | 'metrics';

export type PriorityRule = {
  readonly id: Priority;
  /** May use the part of the limit that is kept for acts. */
  readonly usesReserve: boolean;
  /** Never more than a few a second, and never more than a part of the limit. */
  readonly isPaced: boolean;
};

/** An earlier row goes before a later one. A later row is never freer than an earlier one, so nothing overtakes. */
export const priorityRules: readonly PriorityRule[] = [
  {id: 'act', usesReserve: true, isPaced: false},
  {id: 'stream', usesReserve: false, isPaced: false},
  {id: 'bulk', usesReserve: false, isPaced: false},
  {id: 'check', usesReserve: false, isPaced: false},
  {id: 'list', usesReserve: false, isPaced: false},
  {id: 'metrics', usesReserve: false, isPaced: true},
];
