import * as v from 'valibot';
import {textOrNumber, told} from './told.ts';

const text = v.string();

/** Resources of a template carry `disk_gb` where a sandbox carries `disk_mb` (OpenAPI TemplateResources). */
const wireTemplateResources = v.object({
  vcpu: told(v.number()),
  memory_mb: told(v.number()),
  disk_gb: told(v.number()),
});

/** The template object: docs.hopx.ai list-templates, get-template; OpenAPI Template and TemplateListItem. */
export const wireTemplate = v.object({
  id: told(textOrNumber),
  template_id: told(textOrNumber),
  name: told(text),
  display_name: told(text),
  description: told(text),
  category: told(text),
  language: told(text),
  status: told(text),
  is_public: told(v.boolean()),
  is_active: told(v.boolean()),
  build_id: told(textOrNumber),
  default_resources: told(wireTemplateResources),
  created_at: told(textOrNumber),
  updated_at: told(textOrNumber),
});

export type WireTemplate = v.InferOutput<typeof wireTemplate>;

/** What the control plane documents to send for a template. */
export type TemplateBody = {
  readonly id: string;
  readonly object: 'template';
  readonly name: string;
  readonly display_name: string;
  readonly description: string;
  readonly category: string;
  readonly language: string;
  readonly icon: string;
  readonly default_resources: {readonly vcpu: number; readonly memory_mb: number; readonly disk_gb: number};
  readonly min_resources: {readonly vcpu: number; readonly memory_mb: number; readonly disk_gb: number};
  readonly max_resources: {readonly vcpu: number; readonly memory_mb: number; readonly disk_gb: number};
  readonly features: readonly string[];
  readonly tags: readonly string[];
  readonly popularity_score: number;
  readonly docs_url: string;
  readonly is_public: boolean;
  readonly is_active: boolean;
  readonly status: string;
  readonly build_id: string;
  readonly organization_id: string;
  readonly created_at: string;
  readonly updated_at: string;
};
