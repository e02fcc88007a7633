import type {TemplateBody} from '../contract/template.ts';
import {buildStatus, buildStatusBody, isFinal, logText} from './build.ts';
import {readStep, type Step} from './buildSteps.ts';
import {builtTemplate} from './builtTemplate.ts';
import {type Call, originOf, problem, type Reply, type Site} from './reply.ts';
import {readBuildRequest} from './requestBodies.ts';

type Refusal = {readonly refused: Reply};

/** POST /v1/templates/build (docs.hopx.ai build-template): answered when the build has begun. */
export function startBuild(site: Site, {body, headers}: Call): Reply {
  const asked = readBuildRequest(body);
  if ('mistake' in asked) return problem(400, asked.mistake);
  const {name, from_image: fromImage, cpu, memory, diskGB} = asked.value;
  const steps = readSteps(site, asked.value.steps ?? []);
  if ('refused' in steps) return steps.refused;
  const place = placeFor(site, name, asked.value.update === true);
  if ('refused' in place) return place.refused;
  const buildId = site.builds.newId();
  const wanted = {name, fromImage, vcpu: cpu, memoryMb: memory, diskGb: diskGB};
  const template = builtTemplate(wanted, {old: place.old, buildId, wall: site.now()});
  const build = site.builds.start({name, fromImage, steps: steps.read}, template);
  const logs_url = `${originOf(headers)}/v1/templates/build/${buildId}/logs`;
  return {status: 201, body: {build_id: buildId, template_id: template.id, status: buildStatus(build), logs_url}};
}

type WireSteps = readonly Parameters<typeof readStep>[0][];

function readSteps({uploads}: Site, wire: WireSteps): Refusal | {readonly read: readonly Step[]} {
  const read: Step[] = [];
  for (const [at, one] of wire.entries()) {
    const step = readStep(one);
    if (typeof step === 'string') return {refused: problem(400, `steps.${at}: ${step}`)};
    const {filesHash} = step;
    if (filesHash !== undefined && !uploads.has(filesHash)) {
      return {refused: problem(400, `steps.${at}: no files were uploaded under this filesHash`)};
    }
    read.push(step);
  }
  return {read};
}

/** A template of its own for a new name; the old one to build anew for a known name and `update`. */
function placeFor(
  {templates, builds}: Site,
  name: string,
  isUpdate: boolean,
): Refusal | {readonly old: TemplateBody | undefined} {
  const old = templates.find(name);
  if (!old && isUpdate) return {refused: problem(404, `Template "${name}" not found: there is nothing to update`)};
  if (!old) return {old};
  if (!isUpdate) return {refused: problem(409, `Template "${name}" already exists: update=true builds it anew`)};
  if (old.is_public) return {refused: problem(403, 'Public templates cannot be updated')};
  if (builds.isUnderWay(old.id)) return {refused: problem(409, `Template "${name}" is being built already`)};
  return {old};
}

const notFound = problem(404, 'Build not found');

/** GET /v1/templates/build/:buildID/status */
export function getBuildStatus({builds, monotonic}: Site, {params: {buildID = ''}}: Call): Reply {
  const build = builds.find(buildID);
  return build ? {status: 200, body: buildStatusBody(build, monotonic())} : notFound;
}

/**
 * GET /v1/templates/build/:buildID/logs, as an event stream (OpenAPI) or as text from an offset on (official SDKs and
 * CLIs): whichever the client would rather have, and text when it says nothing.
 */
export function getBuildLogs({builds, speech}: Site, {params: {buildID = ''}, query, headers}: Call): Reply {
  const build = builds.find(buildID);
  if (!build) return notFound;
  const isStream = speech.buildLogs === 'as asked' ? prefersStream(headers.accept) : speech.buildLogs === 'stream';
  if (isStream) return {open: (sink) => builds.openLog(build.id, sink)};
  const offset = query.get('offset') || '0';
  if (!/^\d{1,12}$/.test(offset)) return problem(400, 'offset must be a whole number, 0 or more');
  // assumed: an offset counts bytes; clients send back the one they were told.
  const bytes = Buffer.from(logText(build));
  const logs = bytes.subarray(Number(offset)).toString();
  return {status: 200, body: {logs, offset: bytes.length, status: buildStatus(build), complete: isFinal(build)}};
}

/** RFC 9110, 12.5.1, for the two types there are: whoever names neither gets text. */
function prefersStream(accept = ''): boolean {
  const weights = new Map(
    accept.split(',').map((range) => {
      const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
      const q = parameters.find((parameter) => parameter.startsWith('q='));
      return [type, q === undefined ? 1 : Number(q.slice(2))] as const;
    }),
  );
  const stream = weights.get('text/event-stream') ?? 0;
  return stream > 0 && stream >= (weights.get('application/json') ?? 0);
}
