import * as v from 'valibot';
import {objectKeys} from '../contract/streams.ts';
import {type WireTemplate, wireTemplate} from '../contract/template.ts';
import type {Template} from '../model/template.ts';
import {isObject, parseJson} from './json.ts';
import {fromGibibytes, fromMebibytes, readAmount, readFlag, readText, readTime, told} from './read.ts';
import {levelsOf, listIn} from './unwrap.ts';

const wrapperKeys = objectKeys.filter((key) => key !== 'sandbox');

/** A template needs an id or a name: each stands in for the other. Undefined without either. */
export function decodeTemplate(raw: unknown): Template | undefined {
  const parsed = v.safeParse(wireTemplate, raw);
  if (!parsed.success) return undefined;
  const wire = parsed.output;
  const id = told(wire.id ?? wire.template_id, readText) ?? told(wire.name, readText);
  if (!id) return undefined;
  const resources = wire.default_resources;
  return {
    id,
    name: told(wire.name, readText) ?? id,
    ...textsOf(wire),
    isPublic: told(wire.is_public, readFlag) ?? undefined,
    isActive: told(wire.is_active, readFlag) ?? undefined,
    createdAt: told(wire.created_at, readTime) ?? undefined,
    updatedAt: told(wire.updated_at, readTime) ?? undefined,
    vcpu: readAmount(resources?.vcpu),
    memoryBytes: fromMebibytes(resources?.memory_mb),
    diskBytes: fromGibibytes(resources?.disk_gb),
  };
}

function textsOf(wire: WireTemplate) {
  return {
    displayName: told(wire.display_name, readText) ?? undefined,
    description: told(wire.description, readText) ?? undefined,
    category: told(wire.category, readText) ?? undefined,
    language: told(wire.language, readText) ?? undefined,
    status: told(wire.status, readText) ?? undefined,
    buildId: told(wire.build_id, readText) ?? undefined,
  };
}

/** The templates of a list; undefined when the body is none. Entries that are no templates are left out. */
export function decodeTemplateList(body: unknown): readonly Template[] | undefined {
  return listIn(body)
    ?.map(decodeTemplate)
    .filter((template) => template !== undefined);
}

/** The template a body is, or wraps. */
export function decodeTemplateObject(body: unknown): Template | undefined {
  if (!isObject(body)) return undefined;
  return levelsOf(body, wrapperKeys)
    .toReversed()
    .map(decodeTemplate)
    .find((template) => template !== undefined);
}

/** The templates one stream message names, one or a whole list; undefined when it names none. Never throws. */
export function decodeTemplateNews(data: string): readonly Template[] | undefined {
  const body = parseJson(data);
  const template = isObject(body) && !listIn(body) ? decodeTemplateObject(body) : undefined;
  return template ? [template] : decodeTemplateList(body);
}
