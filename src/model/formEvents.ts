import type {Failure} from './failure.ts';
import type {SandboxPatch, Stamp} from './sandbox.ts';

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
  /** The limiter holds the creation until then: by our own counting, or because the server said 429. */
  | {readonly type: 'create.queued'; readonly at: Stamp; readonly until: Stamp}
  /** The limiter has let it leave, now. */
  | {readonly type: 'create.sent'; readonly at: Stamp}
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

/** Waits for the limiter, sends once; answers with create.queued and create.sent, then create.accepted or create.refused. */
export type FormEffect = {readonly do: 'create'; readonly wish: Wish};
