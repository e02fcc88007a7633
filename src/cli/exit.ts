import type {Failure, FailureKind} from '../model/failure.ts';

/** How the program ends: the HopX CLI's codes (@hopx-ai/cli 0.2.2, src/lib/errors.ts). `--help` prints this table. */
export const exits = {
  ok: {code: 0, meaning: 'all went well'},
  general: {code: 1, meaning: 'something else failed, or the list printed is incomplete'},
  usage: {code: 2, meaning: 'a flag, a filter or a file that cannot be used'},
  auth: {code: 3, meaning: 'no key, or the key was refused'},
  notFound: {code: 4, meaning: 'the server knows no such thing'},
  timeout: {code: 5, meaning: 'the server did not answer in time'},
  network: {code: 6, meaning: 'the server cannot be reached'},
  rateLimit: {code: 7, meaning: 'the request limit or a quota is used up'},
  interrupted: {code: 130, meaning: 'ended by Ctrl-C'},
} as const satisfies Record<string, {readonly code: number; readonly meaning: string}>;

export type ExitName = keyof typeof exits;

/** How a failure that ends the program ends it. */
const exitOfKind: Readonly<Record<FailureKind, ExitName>> = {
  unauthorized: 'auth',
  forbidden: 'auth',
  payment: 'general',
  'not-found': 'notFound',
  conflict: 'general',
  'bad-request': 'usage',
  'rate-limited': 'rateLimit',
  quota: 'rateLimit',
  unsupported: 'notFound',
  server: 'general',
  unreachable: 'network',
  'timed-out': 'timeout',
  'bad-answer': 'general',
  'read-only': 'usage',
  exhausted: 'general',
  cancelled: 'interrupted',
};

export const exitOfFailure = (failure: Failure): ExitName => exitOfKind[failure.kind];

/** Ends the program: what to say on stderr, ready to print and without a secret, and how to end. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exit: ExitName;

  constructor(exit: ExitName, sentence: string) {
    super(sentence);
    this.exit = exit;
  }
}

/** Bad input: one sentence that says what to do. */
export const usageError = (sentence: string): CliError => new CliError('usage', sentence);
