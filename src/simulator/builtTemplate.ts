import type {TemplateBody} from '../contract/template.ts';
import {templateOf} from './catalogue.ts';
import {timeText} from './sandbox.ts';

type Wanted = {
  readonly name: string;
  readonly fromImage: string;
  readonly vcpu: number;
  readonly memoryMb: number;
  readonly diskGb: number;
};

/** A template as a build will make it: a new one, or the old one with what the build gives it. */
export function builtTemplate(
  {fromImage, ...wanted}: Wanted,
  {old, buildId, wall}: {readonly old: TemplateBody | undefined; readonly buildId: string; readonly wall: number},
): TemplateBody {
  const since = timeText(wall);
  const made = templateOf({
    ...wanted,
    id: buildId,
    title: wanted.name,
    description: `Built from ${fromImage}`,
    category: 'custom',
    language: 'shell',
    isPublic: false,
    count: 0,
  });
  return old
    ? {...old, build_id: buildId, default_resources: made.default_resources}
    : {...made, created_at: since, updated_at: since};
}
