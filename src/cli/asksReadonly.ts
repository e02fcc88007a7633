const refusals: ReadonlySet<string> = new Set(['', 'false', 'no', 'off', '0']);

/**
 * Whether a setting asks for a session that changes nothing: the variable HOPX_TOP_READONLY, or `readonly` of a
 * profile. All but a plain no does: who wrote something else there wanted protection.
 */
export const asksReadonly = (told: unknown): boolean =>
  told !== undefined && (typeof told === 'object' || !refusals.has(String(told).trim().toLowerCase()));
