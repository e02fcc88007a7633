import type {Budget, Failure} from '../model/failure.ts';
import type {Sample} from '../model/sample.ts';
import type {Millis, SandboxPatch, Stamp} from '../model/sandbox.ts';

/** An answer that was understood. */
export type Answer<T> = {
  readonly value: T;
  readonly status: number;
  readonly requestId: string | undefined;
  /** When the request left: knowledge in it is as old as this. */
  readonly sentAt: Stamp;
};

export type SandboxPage = {
  readonly patches: readonly SandboxPatch[];
  /** Rows that had no usable id. */
  readonly unreadable: number;
  readonly hasMore: boolean;
  readonly nextCursor: string | undefined;
};

export type ListQuery = {
  readonly limit?: number;
  readonly cursor?: string;
  readonly status?: string;
  readonly region?: string;
};

export type CreateRequest = {
  readonly templateId?: string;
  readonly templateName?: string;
  readonly region?: string;
  readonly timeoutSeconds?: number;
  readonly internetAccess?: boolean;
};

export type Template = {
  readonly id: string;
  readonly name: string;
  readonly displayName: string | undefined;
  readonly description: string | undefined;
  readonly category: string | undefined;
  readonly language: string | undefined;
  readonly status: string | undefined;
  readonly isPublic: boolean | undefined;
  readonly isActive: boolean | undefined;
  readonly buildId: string | undefined;
  readonly createdAt: Millis | undefined;
  readonly updatedAt: Millis | undefined;
  readonly vcpu: number | undefined;
  readonly memoryBytes: number | undefined;
  readonly diskBytes: number | undefined;
};

/** What one message of the sandbox stream means, once read liberally. */
export type SandboxNews =
  | {readonly kind: 'observed'; readonly patch: SandboxPatch; readonly verb: string}
  | {readonly kind: 'gone'; readonly id: string; readonly verb: string; readonly version: Millis | undefined}
  /** The whole list. */
  | {readonly kind: 'snapshot'; readonly patches: readonly SandboxPatch[]}
  /** Some rows of the list, each of them news of its own; never a batch again. */
  | {readonly kind: 'batch'; readonly news: readonly SandboxNews[]}
  /** Something changed, and nobody said to what: read the sandbox, or without an id the list. */
  | {readonly kind: 'hint'; readonly verb: string; readonly id?: string}
  /** ping, ready, hello …: a sign of life only. */
  | {readonly kind: 'alive'}
  | {readonly kind: 'unread'; readonly name: string; readonly excerpt: string};

/** What happens to the connection of a stream, in order. After `ended` nothing follows. */
export type ConnectionSignal =
  | {readonly type: 'connecting'; readonly at: Stamp; readonly attempt: number}
  | {readonly type: 'opened'; readonly at: Stamp}
  /** Bytes came, comments included; at most one a second. */
  | {readonly type: 'heard'; readonly at: Stamp}
  /** A comment came: it says only that the stream is alive. */
  | {readonly type: 'beat'; readonly at: Stamp}
  /** Broken or closed; another try follows in `retryInMs`. */
  | {
      readonly type: 'lost';
      readonly at: Stamp;
      readonly failure: Failure;
      readonly attempt: number;
      readonly retryInMs: number;
    }
  /** Given up for good: unsupported here, access denied, gone (404 on a metrics stream), or aborted by us. */
  | {readonly type: 'ended'; readonly at: Stamp; readonly failure: Failure};

/** What a stream does, its messages read. */
export type StreamSignal<T> = ConnectionSignal | {readonly type: 'message'; readonly at: Stamp; readonly value: T};

export type StreamOptions = {
  readonly signal: AbortSignal;
  /** Asked before every connect, the first included: the governor's place. */
  readonly admit?: () => Promise<void>;
  /** Resolves to cut the wait of a back-off short (the user pressed `r`). */
  readonly hurry?: () => Promise<void>;
};

/** The one door to the control plane. Every rejection is an ApiError; nothing is retried but GETs. */
export type Api = {
  readonly health: (signal?: AbortSignal) => Promise<Answer<{readonly status: string | undefined}>>;
  readonly listSandboxes: (query: ListQuery, signal?: AbortSignal) => Promise<Answer<SandboxPage>>;
  readonly getSandbox: (id: string, signal?: AbortSignal) => Promise<Answer<SandboxPatch>>;
  readonly createSandbox: (request: CreateRequest) => Promise<Answer<SandboxPatch>>;
  readonly pauseSandbox: (id: string) => Promise<Answer<SandboxPatch | undefined>>;
  readonly resumeSandbox: (id: string) => Promise<Answer<SandboxPatch | undefined>>;
  readonly startSandbox: (id: string) => Promise<Answer<SandboxPatch | undefined>>;
  readonly stopSandbox: (id: string) => Promise<Answer<SandboxPatch | undefined>>;
  readonly deleteSandbox: (id: string) => Promise<Answer<SandboxPatch | undefined>>;
  readonly setTimeout: (id: string, seconds: number) => Promise<Answer<SandboxPatch | undefined>>;
  /** The token itself is dropped at the edge; only when it ends comes back. */
  readonly refreshToken: (id: string) => Promise<Answer<{readonly tokenExpiresAt: Millis | undefined}>>;
  readonly listTemplates: (signal?: AbortSignal) => Promise<Answer<readonly Template[]>>;
  readonly getTemplate: (nameOrId: string, signal?: AbortSignal) => Promise<Answer<Template>>;
  readonly streamSandboxes: (options: StreamOptions) => AsyncIterable<StreamSignal<SandboxNews>>;
  readonly streamMetrics: (id: string, options: StreamOptions) => AsyncIterable<StreamSignal<Sample>>;
  readonly streamTemplates: (options: StreamOptions) => AsyncIterable<StreamSignal<readonly Template[]>>;
  /** Closes every socket; requests under way reject as cancelled. */
  readonly close: () => Promise<void>;
};

/** Told by the door after every answer that carried it. */
export type ApiObserver = {
  readonly budgetChanged: (budget: Budget) => void;
  /** Server clock minus wall clock, at the least: `Date` is cut to the second and old by the time it arrives. */
  readonly serverDated: (skewMs: number) => void;
};
