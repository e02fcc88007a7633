import type {FormId} from './formEvents.ts';
import type {Stamp} from './sandbox.ts';

/** Fields to fill in, over the view. Its texts may hold secrets: who paints them asks the table of fields. */
export type Form = {
  readonly id: FormId;
  /** The sandboxes it is about; several for the marks. */
  readonly ids: readonly string[];
  readonly values: Readonly<Record<string, string>>;
  /** Index of the field that has the focus. */
  readonly field: number;
  /** `field` is undefined where it is about all of it: what the server said. */
  readonly mistake: {readonly field: number | undefined; readonly text: string} | undefined;
  readonly openedAt: Stamp;
  /** The file that it names is being read: it listens to nothing but Esc. */
  readonly isReading?: true;
};

/** A sandbox that is asked for and not there yet. */
export type Creation = {
  /** queued: the limiter is asked, nothing has left; refused: it did not leave, or the form could not be opened again. */
  readonly phase: 'queued' | 'sent' | 'refused';
  readonly askedAt: Stamp;
  readonly templateName: string;
  /** Until when the limiter holds it, as far as is known; undefined: it does not. */
  readonly heldUntil: Stamp | undefined;
  /** 429s so far: each was not carried out. */
  readonly refusals: number;
  /** What stood in the form: it comes back when the server says no. */
  readonly values: Form['values'];
  /** Of a refused one, why. */
  readonly refusal: string | undefined;
};
