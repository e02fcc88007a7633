import * as v from 'valibot';

/** One step of a recipe, however it was spelled. */
export type Step = {
  readonly kind: StepKind;
  /** As the log tells it. The value of an `ENV` is not in it: it may be a secret. */
  readonly text: string;
  /** What a COPY copies, by the hash it was uploaded under. */
  readonly filesHash: string | undefined;
};

const text = v.nullish(v.string('must be text'));
const texts = v.array(v.string('must be text'), 'must be a list of texts');

/**
 * The forms seen: `{type: 'RUN', args}` (docs.hopx.ai build-template, official SDK), `{type: 'env', key, value}` and
 * `{type: 'workdir', path}` (official SDK), `{type: 'run', command}`, `{type: 'copy', src: [], dest}`,
 * `{type: 'apt', packages}` and `{type: 'from', image}` (docs.hopx.dev build-template).
 */
export const wireStep = v.object(
  {
    type: v.string('must be text'),
    args: v.nullish(texts),
    command: text,
    src: v.nullish(v.union([v.string(), texts], 'must be text or a list of texts')),
    dest: text,
    filesHash: text,
    key: text,
    path: text,
    user: text,
    image: text,
    packages: v.nullish(texts),
  },
  'must be an object',
);

type WireStep = v.InferOutput<typeof wireStep>;

type Kind = {
  /** How long it takes: ours, so that a build can be watched and is over soon. */
  readonly ms: number;
  /** What the log tells; nothing: something is missing. */
  readonly text: (step: WireStep) => string | null | undefined;
  readonly needs: string;
};

const joined = ({args}: WireStep) => args?.join(' ') || undefined;
const source = ({src}: WireStep) => (Array.isArray(src) ? src.join(',') : src);

/** TABLE of steps (docs.hopx.ai build-template; OpenAPI TemplateBuildRequest names RUN, COPY, ENV, WORKDIR, USER, CMD). */
const kinds = {
  FROM: {ms: 500, needs: 'an image', text: (step) => joined(step) ?? step.image},
  RUN: {ms: 3000, needs: 'a command', text: (step) => joined(step) ?? step.command},
  APT: {ms: 3000, needs: 'packages', text: (step) => joined(step) ?? (step.packages?.join(' ') || undefined)},
  COPY: {
    ms: 2000,
    needs: 'a source and a target',
    text: ({args, ...step}) => {
      const [from = source(step), to = step.dest] = args ?? [];
      return from && to ? `${from} ${to}` : undefined;
    },
  },
  ENV: {ms: 300, needs: 'a name', text: ({args, key}) => args?.[0]?.split('=', 1)[0] || key},
  WORKDIR: {ms: 300, needs: 'a path', text: (step) => joined(step) ?? step.path},
  USER: {ms: 300, needs: 'a name', text: (step) => joined(step) ?? step.user},
  CMD: {ms: 300, needs: 'a command', text: (step) => joined(step) ?? step.command},
} as const satisfies Readonly<Record<string, Kind>>;

export type StepKind = keyof typeof kinds;

const isStepKind = (name: string): name is StepKind => Object.hasOwn(kinds, name);

export const stepMs = ({kind}: Step): number => kinds[kind].ms;

/** The step, or what is wrong with it. */
export function readStep(wire: WireStep): Step | string {
  const kind = wire.type.toUpperCase();
  if (!isStepKind(kind)) return `type must be one of ${Object.keys(kinds).join(', ')}`;
  const known: Kind = kinds[kind];
  const said = known.text(wire);
  if (!said) return `${kind} needs ${known.needs}`;
  const filesHash = wire.filesHash || undefined;
  if (kind === 'COPY' && !filesHash) return 'COPY needs the filesHash of uploaded files';
  return {kind, text: said, filesHash};
}

/** assumed: how a machine without a shell tells what fails. A shell that ends so, or the command `false`. */
const FAILING = /\bexit [1-9]\d*\b|(?:^|[;&|'"(]\s*)false\b/;

export const fails = ({kind, text: command}: Step): boolean => kind === 'RUN' && FAILING.test(command);
