import {UPLOAD_CONTENT_TYPE} from '../contract/build.ts';
import {type Call, originOf, problem, type Reply, type Site} from './reply.ts';
import {readUploadLinkRequest} from './requestBodies.ts';
import {timeText} from './sandbox.ts';
import {UPLOAD_PATH} from './uploads.ts';

/** POST /v1/templates/files/upload-link (OpenAPI; official SDK build-flow): files that are there need no upload. */
export function linkUpload({uploads}: Site, {body, headers}: Call): Reply {
  const asked = readUploadLinkRequest(body);
  if ('mistake' in asked) return problem(400, asked.mistake);
  const {files_hash, content_length} = asked.value;
  if (uploads.has(files_hash)) return {status: 200, body: {present: true, files_hash}};
  const {query, expires} = uploads.link(files_hash, content_length);
  const upload_url = `${originOf(headers)}${UPLOAD_PATH}${encodeURIComponent(files_hash)}?${query}`;
  const expires_at = timeText(expires * 1000);
  return {status: 200, body: {present: false, upload_url, expires_at, files_hash}};
}

/** PUT of a presigned URL, which is credential enough: what object stores answer has no body. */
export function takeUpload({uploads}: Site, {params: {hash = ''}, query, headers, received}: Call): Reply {
  // As object stores do: a credential beside the signature is one too many.
  if (headers.authorization !== undefined || headers['x-api-key'] !== undefined) {
    return problem(400, 'Only one way to authenticate is allowed: leave the key out');
  }
  if (headers['content-type'] !== UPLOAD_CONTENT_TYPE) {
    return problem(400, `The content type must be ${UPLOAD_CONTENT_TYPE}`);
  }
  const refused = uploads.take(hash, query, received ?? {bytes: 0, isGzip: false});
  return refused ? problem(refused.status, refused.message) : {status: 200, body: undefined};
}
