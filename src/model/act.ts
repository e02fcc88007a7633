import type {ActionId, Consent} from './actions.ts';
import type {Failure} from './failure.ts';
import type {Millis, Sandbox, Stamp} from './sandbox.ts';

/** One thing done to one sandbox, from the key press until it is confirmed or known to have failed. */
export type Act = {
  readonly action: ActionId;
  readonly id: string;
  /** checking: a GET is under way first; grace: a delete that waits 5 s; queued: the limiter is asked. None has left. */
  readonly phase: 'checking' | 'grace' | 'sent' | 'queued' | 'accepted' | 'unknown';
  readonly askedAt: Stamp;
  /** When the request left: only what was seen after it can confirm it. Undefined in the phases before. */
  readonly sentAt: Stamp | undefined;
  /** grace: when it leaves; checking and queued: until when the limiter holds it; accepted and unknown: when a GET decides. */
  readonly dueAt: Stamp | undefined;
  readonly requestId: string | undefined;
  /** HTTP status of the answer that took it. */
  readonly status: number | undefined;
  /** For extend and timeout: the expiry before, to tell a shortening; for refresh: when the token ended. */
  readonly expiryBefore: Millis | null | undefined;
  /** For timeout: when it should end, on the server's clock, reckoned as the request left. */
  readonly expiryWanted: Millis | undefined;
  /** queued and sent: 429s so far; accepted and unknown: GETs asked to decide it. */
  readonly checks: number;
  /** For `timeout`: the seconds from now that were asked for, and whether a shorter life was agreed to. */
  readonly timeout: {readonly seconds: number; readonly mayShorten: boolean} | undefined;
  /** For `refresh`: the new file that the token goes into. */
  readonly savePath: string | undefined;
  /** One of the bulk act under way: that keeps the account of it, and the last line of the screen does not. */
  readonly isBulk: boolean;
  /** What it was when the request left: its status, or when it, or its token, ended. */
  readonly before: string | undefined;
  /** From the request to its answer. */
  readonly latencyMs: Millis | undefined;
  /** A 404, 405 or 501 on an act that some servers lack: a GET tells whether the sandbox or the route is missing. */
  readonly doubt: Failure | undefined;
};

/** A question on the screen. It holds the id and a frozen copy, never an index. */
export type Dialog = {
  readonly action: ActionId;
  readonly consent: Exclude<Consent, 'none'>;
  /** For `timeout`: the seconds from now that would make its life shorter. */
  readonly timeoutSeconds: number | undefined;
  readonly frozen: Sandbox;
  readonly openedAt: Stamp;
  readonly typed: string;
  /** What must be typed: the id's last 4 characters. */
  readonly word: string;
  readonly focus: 'cancel' | 'confirm';
  /** What changed under it; set, the answer must be given anew. */
  readonly changed: string | undefined;
};
