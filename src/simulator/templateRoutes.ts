import {type Call, list, problem, type Reply, type Site} from './reply.ts';

/** GET /v1/templates (docs.hopx.ai list-templates): one page, filtered by category and language. */
export function listTemplates(site: Site, {query}: Call): Reply {
  const category = query.get('category') || undefined;
  const language = query.get('language') || undefined;
  const rows = site.templates
    .list()
    .filter(
      (template) =>
        (category === undefined || template.category === category) &&
        (language === undefined || template.language === language),
    );
  return list(site, {url: '/v1/templates', rows, hasMore: false, cursor: null});
}

/** GET /v1/templates/:name, by name or id (docs.hopx.ai get-template). */
export function getTemplate({templates}: Site, {params: {name = ''}}: Call): Reply {
  const template = templates.find(name);
  // OpenAPI: the build recipe as an array of integers; no recipe is kept here.
  return template ? {status: 200, body: {...template, fluent_api_config: []}} : notFound;
}

/**
 * DELETE /v1/templates/:templateID, by id or name (docs.hopx.ai overview: only when nobody uses it; docs.hopx.dev
 * delete-template: 409, and 403 for a public one).
 */
export function deleteTemplate(site: Site, {params: {templateID = ''}}: Call): Reply {
  const {templates, builds, world, speech} = site;
  const template = templates.find(templateID);
  if (!template) return notFound;
  const {id} = template;
  if (template.is_public) return problem(403, 'Public templates cannot be deleted');
  const users = world.everybody().filter((sandbox) => sandbox.template.id === id).length;
  if (users > 0) return problem(409, `Template is in use by ${users} ${users === 1 ? 'sandbox' : 'sandboxes'}`);
  // assumed: nothing says what becomes of a build under way.
  if (builds.isUnderWay(id)) return problem(409, 'Template is being built');
  templates.remove(id);
  builds.forget(id);
  return speech.deleted(id);
}

const notFound = problem(404, 'Template not found');
