import type {TemplateBody} from '../contract/template.ts';
import {type Call, list, problem, type Reply, type Site, type Templates} from './reply.ts';

/** GET /v1/templates (docs.hopx.ai list-templates): one page, filtered by category and language. */
export function listTemplates(site: Site, {query}: Call): Reply {
  const category = query.get('category') || undefined;
  const language = query.get('language') || undefined;
  const rows = site.templates.filter(
    (template) =>
      (category === undefined || template.category === category) &&
      (language === undefined || template.language === language),
  );
  return list(site, {url: '/v1/templates', rows, hasMore: false, cursor: null});
}

/** GET /v1/templates/:name, by name or id (docs.hopx.ai get-template). */
export function getTemplate({templates}: Site, {params: {name = ''}}: Call): Reply {
  const template = findTemplate(templates, name);
  // OpenAPI: the build recipe as an array of integers; nothing was built here.
  return template ? {status: 200, body: {...template, fluent_api_config: []}} : problem(404, 'Template not found');
}

export function findTemplate(templates: Templates, nameOrId: string): TemplateBody | undefined {
  return templates.find(({id, name}) => id === nameOrId || name === nameOrId);
}
