import type {SpecSummary} from '../model/template.ts';

/** What one COPY step carries: a gzip tar, and the name the server keeps it by. */
export type PackedCopy = {readonly filesHash: string; readonly content: Uint8Array};

/** A spec that was checked and packed: all that a build sends. The body may hold credentials: it is shown nowhere. */
export type PackedSpec = {
  readonly summary: Omit<SpecSummary, 'specId'>;
  /** Of POST /v1/templates/build. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly archives: readonly PackedCopy[];
};

/** A mistake in a spec, or a file that cannot be read: one sentence that names it, without a value of the spec. */
export class SpecRefused extends Error {
  override readonly name = 'SpecRefused';
}

/** Reads spec files; the command line gives it. */
export type SpecPort = {
  /** Rejects with a SpecRefused. Sends nothing. */
  readonly read: (path: string) => Promise<PackedSpec>;
};
