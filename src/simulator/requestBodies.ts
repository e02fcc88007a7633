import * as v from 'valibot';

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
  env_vars: v.nullish(v.record(v.string(), v.string())),
});

/** docs.hopx.ai set-timeout, OpenAPI SetTimeoutRequest. */
const timeoutRequest = v.object({timeout_seconds: seconds});

export type Read<T> = {readonly value: T} | {readonly mistake: string};

export const readCreateRequest = (body: string) => read(createRequest, body);
export const readTimeoutRequest = (body: string) => read(timeoutRequest, body);

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
