/** Milliseconds since the Unix epoch, on the wall clock or on the server's. */
export type Millis = number;

/** Milliseconds on the monotonic clock: for ages and order, never for display as a time of day. */
export type Stamp = number;

/**
 * One sandbox as the server last told it. Every text in it has passed the sanitizer.
 * `undefined` is "not told" and is shown as such; `null` is "told: none".
 */
export type Sandbox = {
  readonly id: string;
  /** The server's own word, unknown ones included. */
  readonly status: string;
  readonly templateId: string | undefined;
  readonly templateName: string | undefined;
  readonly region: string | undefined;
  readonly nodeId: string | undefined;
  readonly organizationId: string | undefined;
  readonly publicHost: string | undefined;
  readonly createdAt: Millis | undefined;
  readonly updatedAt: Millis | undefined;
  /** When the server will destroy the sandbox and its disk; null: never. On the server's clock. */
  readonly expiresAt: Millis | null | undefined;
  readonly timeoutSeconds: number | null | undefined;
  readonly tokenExpiresAt: Millis | undefined;
  readonly vcpu: number | undefined;
  readonly memoryBytes: number | undefined;
  readonly diskBytes: number | undefined;
  readonly internetAccess: boolean | undefined;
  readonly liveMode: boolean | undefined;
};

/** What one answer or event said of a sandbox. A missing key keeps what is known; null clears it. */
export type SandboxPatch = {readonly id: string} & {
  readonly [K in Exclude<keyof Sandbox, 'id'>]?: NonNullable<Sandbox[K]> | null;
};

/** How an observation reached us; the event log and the tombstones say it. */
export type Via = 'event' | 'snapshot' | 'list' | 'read' | 'act';

export type TombstoneCause = 'expired' | 'deleted by you' | 'deleted' | 'unseen' | 'vanished' | 'error';

/** A sandbox that is gone: shown 10 minutes, with the likeliest cause, labelled when inferred. */
export type Tombstone = {
  readonly diedAt: Stamp;
  /** When it was learned: from then on it is shown. */
  readonly foundAt: Stamp;
  readonly cause: TombstoneCause;
  /** False when the server said so itself. */
  readonly inferred: boolean;
};

/** How new something is: by the server's version where both have one, else by when it was asked for. */
export type Knowledge = {readonly asOf: Stamp; readonly version: Millis | undefined};

/** One line of the list: the sandbox, how old that knowledge is, and whether it is still alive. */
export type Row = {
  readonly sandbox: Sandbox;
  /** When the newest observation was asked for (page, GET) or came in (event). Newer wins. */
  readonly asOf: Stamp;
  /** The server's own version (`updated_at`) of that observation, where it gives one: it decides before `asOf`. */
  readonly version: Millis | undefined;
  /** The highest version ever seen: what is below it is old, whoever says it and when. */
  readonly versionFloor: Millis | undefined;
  /**
   * Events have told a part of it since it was told whole: what the rest is as old as, and how old each part is.
   * Undefined: all is as old as the row.
   */
  readonly parts: {readonly rest: Knowledge; readonly told: Readonly<Partial<Record<string, Knowledge>>>} | undefined;
  /** Fields that were told to be nothing: older knowledge does not fill them. */
  readonly cleared: readonly string[];
  /** When `expiresAt` was last told; undefined: never. */
  readonly expiryAsOf: Stamp | undefined;
  /** When the whole record was last read by GET; undefined: never. */
  readonly readAsOf: Stamp | undefined;
  readonly tombstone: Tombstone | undefined;
};

/** An id that may stand in a request path: anything else is shown but cannot be acted on. */
export const isPlainId = (id: string): boolean => /^[A-Za-z0-9_.:-]{1,128}$/.test(id) && !/^\.+$/.test(id);
