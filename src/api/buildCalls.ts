import * as v from 'valibot';
import {wireUploadLink} from '../contract/build.ts';
import {decodeBuildStarted, decodeBuildStatus, levelWith} from './decodeBuild.ts';
import type {Door, Kept} from './http.ts';
import {isObject} from './json.ts';
import {acceptedBody, answerOf, plainSegment, understood} from './reply.ts';
import {Secret} from './secret.ts';
import type {Api} from './types.ts';
import {spelledUrl} from './upload.ts';

export type BuildCalls = Pick<Api, 'deleteTemplate' | 'uploadLink' | 'startBuild' | 'buildStatus'>;

/** What was sent to builds and may come back in their status and log. */
export type BuildSecrets = {readonly add: (values: readonly string[]) => void; readonly all: () => readonly string[]};

/** So many builds keep what must not be shown of them; nobody follows more at once. */
const MOST_BUILDS = 8;

export function createBuildSecrets(): BuildSecrets {
  let kept: readonly (readonly string[])[] = [];
  return {
    add(values) {
      if (values.length > 0) kept = [...kept, values].slice(-MOST_BUILDS);
    },
    all: () => kept.flat(),
  };
}

/** Templates and their builds. */
export function createBuildCalls(door: Door, secrets: BuildSecrets): BuildCalls {
  return {
    async deleteTemplate(id) {
      const reply = await door({method: 'DELETE', path: `/v1/templates/${plainSegment(id)}`});
      acceptedBody(reply);
      return answerOf(reply, undefined);
    },
    async uploadLink(filesHash, bytes) {
      const body = {files_hash: filesHash, content_length: bytes};
      const reply = await door({method: 'POST', path: '/v1/templates/files/upload-link', body, keeps: keepUrl});
      const isPresent = v.safeParse(wireUploadLink, levelWith(reply.body, 'present')).output;
      const link = {isPresent: isObject(isPresent) && isPresent.present === true, url: reply.kept};
      return answerOf(reply, understood(link.isPresent || link.url ? link : undefined, reply, false));
    },
    async startBuild(body) {
      const sent = secretsOf(body);
      secrets.add(sent);
      const reply = await door({method: 'POST', path: '/v1/templates/build', body, secrets: sent});
      return answerOf(reply, understood(decodeBuildStarted(acceptedBody(reply)), reply, true));
    },
    async buildStatus(buildId, signal) {
      const path = `/v1/templates/build/${plainSegment(buildId)}/status`;
      const reply = await door({method: 'GET', path, signal, secrets: secrets.all()});
      return answerOf(reply, understood(decodeBuildStatus(buildId, reply.body), reply, false));
    },
  };
}

function keepUrl(body: unknown): Kept | undefined {
  const url = levelWith(body, 'upload_url')?.upload_url;
  if (typeof url !== 'string' || url === '') return undefined;
  return {secret: new Secret(url), spelled: spelledUrl(url)};
}

/** Of a build body: the credentials of the registry, and the value of every ENV step in the three forms it may have. */
function secretsOf({registry_credentials: credentials, steps}: Readonly<Record<string, unknown>>): readonly string[] {
  const ofRegistry = isObject(credentials) ? [credentials.password, credentials.token] : [];
  const ofSteps = Array.isArray(steps) ? steps.filter(isObject).flatMap(valuesOf) : [];
  return [...ofRegistry, ...ofSteps].filter((value) => typeof value === 'string');
}

function valuesOf(step: Readonly<Record<string, unknown>>): readonly unknown[] {
  if (String(step.type).toUpperCase() !== 'ENV') return [];
  const args: readonly unknown[] = Array.isArray(step.args) ? step.args : [];
  return [step.value, ...args.flatMap((each) => valuesIn(String(each)))];
}

/** `K=V`; a bare word may be a value by itself. */
const valuesIn = (argument: string): readonly string[] => {
  const at = argument.indexOf('=');
  return at < 0 ? [argument] : [argument.slice(at + 1)];
};
