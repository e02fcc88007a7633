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
  readonly mistake: {readonly field: number; readonly text: string} | undefined;
  readonly openedAt: Stamp;
};

/** A sandbox that is asked for and not there yet. */
export type Creation = {
  readonly phase: 'queued' | 'sent';
  readonly askedAt: Stamp;
  readonly templateName: string;
};
