import type {Millis} from './sandbox.ts';

/** A template as the server last told it; every text is sanitized, `undefined` is not told. */
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

/** How far a build is (OpenAPI BuildStatusResponse). */
export type BuildStatus = {
  readonly buildId: string;
  readonly templateId: string | undefined;
  /** The server's own word. */
  readonly status: string;
  /** It changes no more. */
  readonly isFinal: boolean;
  /** Percent, 0 to 100. */
  readonly progress: number | undefined;
  readonly step: string | undefined;
  readonly startedAt: Millis | undefined;
  readonly completedAt: Millis | undefined;
  /** When the server expects it to be done. */
  readonly estimatedAt: Millis | undefined;
  readonly durationMs: Millis | undefined;
  readonly error: string | undefined;
};

/** One line of a build's log, sanitized. */
export type BuildLogLine = {
  /** The server's own word, e.g. `INFO`; the JSON form of the log has none. */
  readonly level: string | undefined;
  readonly text: string;
  readonly at: Millis | undefined;
};

/** What a build from a spec file would send; made before anything is sent, and shown. */
export type SpecSummary = {
  /** Names the packed spec to whoever sends it. */
  readonly specId: number;
  readonly path: string;
  readonly name: string;
  readonly fromImage: string;
  readonly cpu: number;
  readonly memoryMb: number;
  readonly diskGb: number;
  readonly steps: number;
  /** An existing template is built anew. */
  readonly isUpdate: boolean;
  readonly copies: readonly {
    readonly source: string;
    readonly target: string;
    readonly files: number;
    readonly bytes: number;
  }[];
  readonly files: number;
  readonly bytes: number;
  /** What the uploads carry, gzipped. */
  readonly packedBytes: number;
  /** Every file that would leave this machine, by its path under the folder of the spec. */
  readonly listing: readonly {readonly path: string; readonly bytes: number}[];
};
