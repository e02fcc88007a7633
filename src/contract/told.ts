import * as v from 'valibot';

/**
 * A field that may be absent, null or of a type nobody promised. The wrong type reads as absent: one odd field
 * must not cost the whole row.
 */
export const told = <T extends v.GenericSchema>(schema: T) =>
  v.optional(v.fallback(v.nullable(schema), undefined as never));

/** Ids arrive as text or as numbers (OpenAPI and docs.hopx.ai disagree on organization_id and build_id). */
export const textOrNumber = v.union([v.string(), v.pipe(v.number(), v.transform(String))]);
