import * as v from 'valibot';
import {buildLimits} from '../contract/build.ts';
import {wireStep} from './buildSteps.ts';

/** No documented maximum. Ours keeps `expires_at` a date: a hundred years. */
const MOST_SECONDS = 100 * 365 * 24 * 3600;
const seconds = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_SECONDS));

/**
 * docs.hopx.ai create-sandbox, OpenAPI CreateSandboxRequest. The deprecated resources are taken and ignored, and so
 * are `env_vars`, which nothing here would read.
 */
const createRequest = v.object({
  template_id: v.nullish(v.union([v.string(), v.pipe(v.number(), v.integer(), v.transform(String))])),
  template_name: v.nullish(v.string()),
  region: v.nullish(v.pipe(v.string(), v.nonEmpty(), v.maxLength(64))),
  timeout_seconds: v.nullish(seconds),
  internet_access: v.nullish(v.boolean()),
  // A refusal must not repeat a value: it may be a secret.
  env_vars: v.nullish(v.record(v.string(), v.string('must be text'), 'must be an object of texts')),
});

/** docs.hopx.ai set-timeout, OpenAPI SetTimeoutRequest. */
const timeoutRequest = v.object({timeout_seconds: seconds});

const whole = ([least, most]: readonly [number, number]) => {
  const said = `must be a whole number from ${least} to ${most}`;
  return v.pipe(v.number(said), v.integer(said), v.minValue(least, said), v.maxValue(most, said));
};

const name = v.pipe(
  v.string('must be text'),
  v.regex(/^[A-Za-z0-9][\w.-]{0,62}$/, 'must be 1 to 63 letters, digits, dots, hyphens or underscores'),
);

/** Only images with glibc are built upon (docs.hopx.ai build-template). */
const image = v.pipe(
  v.string('must be text'),
  v.nonEmpty('must not be empty'),
  v.maxLength(512, 'must be at most 512 characters'),
  v.check((said) => !/alpine/i.test(said), 'must not be Alpine: only images with glibc are supported'),
);

/**
 * docs.hopx.ai build-template, OpenAPI TemplateBuildRequest. What starts the machine, and the registry's credentials,
 * are taken and forgotten: nothing is pulled or started here.
 */
const buildRequest = v.object(
  {
    name,
    from_image: image,
    cpu: whole(buildLimits.cpu),
    memory: whole(buildLimits.memory),
    diskGB: whole(buildLimits.diskGB),
    steps: v.nullish(v.array(wireStep, 'must be a list'), []),
    startCmd: v.nullish(v.string('must be text')),
    readyCmd: v.nullish(v.unknown()),
    skipCache: v.nullish(v.boolean('must be true or false')),
    update: v.nullish(v.boolean('must be true or false')),
    registry_credentials: v.nullish(v.record(v.string(), v.unknown(), 'must be an object')),
  },
  ({received}) => (received === 'undefined' ? 'is required' : 'must be an object'),
);

/** No documented maximum; ours is what the server counts to. */
const MOST_UPLOAD_BYTES = 256 * 1024 * 1024;

/** OpenAPI FileUploadLinkRequest. The hash is the client's own name for what it uploads: the official SDK's is SHA-256. */
const uploadLinkRequest = v.object(
  {
    files_hash: v.pipe(
      v.string('must be text'),
      v.regex(/^[\w.=+-]{8,128}$/, 'must be 8 to 128 letters, digits or . = + - _'),
    ),
    content_length: whole([1, MOST_UPLOAD_BYTES]),
  },
  ({received}) => (received === 'undefined' ? 'is required' : 'must be an object'),
);

export type Read<T> = {readonly value: T} | {readonly mistake: string};

export const readCreateRequest = (body: string) => read(createRequest, body);
export const readTimeoutRequest = (body: string) => read(timeoutRequest, body);
export const readBuildRequest = (body: string) => read(buildRequest, body);
export const readUploadLinkRequest = (body: string) => read(uploadLinkRequest, body);

function read<S extends v.GenericSchema>(schema: S, body: string): Read<v.InferOutput<S>> {
  const parsed = parseJson(body);
  if (parsed === undefined) return {mistake: 'The body is not JSON'};
  const result = v.safeParse(schema, parsed);
  if (result.success) return {value: result.output};
  const [issue] = result.issues;
  const field = v.getDotPath(issue);
  return {mistake: field ? `${field}: ${issue.message}` : issue.message};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
