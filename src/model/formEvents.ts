import type {Failure} from './failure.ts';
import type {Millis, SandboxPatch, Stamp} from './sandbox.ts';

/** What is filled in: `timeout` of the marked, or of one; a new sandbox; the path of a spec file. */
export type FormId = 'timeout' | 'create' | 'build';

/** Forms, the action menu, the palette, and the creation of a sandbox. */
export type FormEvent =
  /** `ids`: what a `timeout` is for. `values`: what stands in it at first. */
  | {
      readonly type: 'form.opened';
      readonly at: Stamp;
      readonly form: FormId;
      readonly ids?: readonly string[];
      readonly values?: Readonly<Record<string, string>>;
    }
  /** The whole text of the field that has the focus. */
  | {readonly type: 'form.edited'; readonly at: Stamp; readonly text: string}
  | {readonly type: 'form.moved'; readonly at: Stamp; readonly by: -1 | 1}
  /** The next or previous of the values that a field offers. */
  | {readonly type: 'form.chosen'; readonly at: Stamp; readonly by: -1 | 1}
  | {readonly type: 'form.submitted'; readonly at: Stamp}
  | {readonly type: 'form.closed'; readonly at: Stamp}
  /** The whole text of the palette after an edit. */
  | {readonly type: 'palette.edited'; readonly at: Stamp; readonly text: string}
  /** The limiter holds the creation until then. */
  | {
      readonly type: 'create.queued';
      readonly at: Stamp;
      readonly until: Stamp;
      /** The server's 429: it left and was not carried out. Absent: it has not left, our own limiter holds it. */
      readonly failure?: Failure;
    }
  /** The limiter lets it leave, now: what speaks against it is looked for in the state as it is now. */
  | {readonly type: 'create.admitted'; readonly at: Stamp; readonly wall: Millis}
  | {
      readonly type: 'create.accepted';
      readonly at: Stamp;
      readonly asOf: Stamp;
      readonly patch: SandboxPatch;
      readonly status: number;
      readonly requestId: string | undefined;
    }
  /** `failure.mayHaveHappened`: nobody knows; the list is read and it is never sent again by itself. */
  | {readonly type: 'create.refused'; readonly at: Stamp; readonly failure: Failure};

/** What a new sandbox is made of. Values of `envVars` are secrets: no text for the screen or a file is made of them. */
export type Wish = {
  readonly templateName: string;
  readonly region: string | undefined;
  readonly timeoutSeconds: number | undefined;
  readonly internetAccess: boolean | undefined;
  readonly envVars: Readonly<Record<string, string>>;
};

export type FormEffect =
  /** Ask for leave, not before `until`; answers with create.queued as long as it is held, and with create.admitted. */
  | {readonly do: 'create.ask'; readonly until?: Stamp}
  /** Send it now and once; answers with create.accepted, create.refused, or with create.queued for a 429. */
  | {readonly do: 'create'; readonly wish: Wish};
