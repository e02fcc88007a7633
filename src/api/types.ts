import type {Budget, Failure} from '../model/failure.ts';
import type {RecordText} from '../model/focus.ts';
import type {Sample} from '../model/sample.ts';
import type {Millis, SandboxPatch, Stamp} from '../model/sandbox.ts';
import type {BuildLogLine, BuildStatus, Template} from '../model/template.ts';
import type {Secret} from './secret.ts';

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

/** One sandbox twice over: what was understood of the answer, and the answer itself, to be shown. */
type SandboxRecord = {readonly patch: SandboxPatch | undefined; readonly text: RecordText};

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
  /** Values are secrets: they leave in the body and are redacted from whatever comes back. */
  readonly envVars?: Readonly<Record<string, string>>;
};

export type BuildStarted = {
  readonly buildId: string;
  readonly templateId: string | undefined;
  readonly status: string | undefined;
};

/** Where a packed COPY step goes. The URL is presigned, so it is a secret: it is shown and logged nowhere. */
export type UploadLink = {readonly isPresent: boolean; readonly url: Secret | undefined};

/** What a build's log tells. `done` is its last word. */
export type BuildLogNews =
  | {readonly kind: 'lines'; readonly lines: readonly BuildLogLine[]}
  | {readonly kind: 'done'; readonly status: string | undefined};

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
  /** The same request as `getSandbox`, with the answer as text. */
  readonly getRecord: (id: string, signal?: AbortSignal) => Promise<Answer<SandboxRecord>>;
  readonly createSandbox: (request: CreateRequest) => Promise<Answer<SandboxPatch>>;
  readonly pauseSandbox: (id: string) => Promise<Answer<SandboxPatch | undefined>>;
  readonly resumeSandbox: (id: string) => Promise<Answer<SandboxPatch | undefined>>;
  readonly startSandbox: (id: string) => Promise<Answer<SandboxPatch | undefined>>;
  readonly stopSandbox: (id: string) => Promise<Answer<SandboxPatch | undefined>>;
  readonly deleteSandbox: (id: string) => Promise<Answer<SandboxPatch | undefined>>;
  readonly setTimeout: (id: string, seconds: number) => Promise<Answer<SandboxPatch | undefined>>;
  /** The token itself is dropped at the edge; only when it ends comes back. */
  readonly refreshToken: (id: string) => Promise<Answer<{readonly tokenExpiresAt: Millis | undefined}>>;
  /** The token for a file of the user's; it is shown and logged nowhere. */
  readonly renewToken: (
    id: string,
  ) => Promise<Answer<{readonly token: Secret | undefined; readonly tokenExpiresAt: Millis | undefined}>>;
  readonly listTemplates: (signal?: AbortSignal) => Promise<Answer<readonly Template[]>>;
  readonly getTemplate: (nameOrId: string, signal?: AbortSignal) => Promise<Answer<Template>>;
  readonly deleteTemplate: (id: string) => Promise<Answer<undefined>>;
  readonly uploadLink: (filesHash: string, bytes: number) => Promise<Answer<UploadLink>>;
  /** PUTs to a presigned URL, another https origin perhaps, without any credential; `told` gets the bytes sent so far. */
  readonly upload: (
    url: Secret,
    content: Uint8Array,
    told: (sentBytes: number) => void,
    signal?: AbortSignal,
  ) => Promise<void>;
  readonly startBuild: (body: Readonly<Record<string, unknown>>) => Promise<Answer<BuildStarted>>;
  readonly buildStatus: (buildId: string, signal?: AbortSignal) => Promise<Answer<BuildStatus>>;
  /** Both documented forms of the log; where the build id is unknown to the server, the template's is tried once. */
  readonly followBuildLog: (
    buildId: string,
    templateId: string | undefined,
    options: StreamOptions,
  ) => AsyncIterable<StreamSignal<BuildLogNews>>;
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
