import {expect, test} from 'vitest';
import {GZIPPED, HASH, link, pathOf} from './builds.ts';
import {KEY, startPlane} from './support.ts';

test('files are uploaded without a key under a link that is for them alone, and are then present', () => {
  const plane = startPlane({rateLimit: 100});
  const {upload_url, ...linked} = link(plane);
  expect(linked).toMatchObject({present: false, files_hash: HASH, expires_at: '2025-11-23T08:15:00Z'});
  const path = pathOf(upload_url);
  expect(plane.upload(path, GZIPPED)).toMatchObject({status: 200, text: ''});
  expect(link(plane)).toEqual({present: true, files_hash: HASH, request_id: expect.any(String)});
  expect(plane.logged.map(({method, path: logged, status}) => [method, logged, status])).toContainEqual([
    'PUT',
    `/uploads/${HASH}`,
    200,
  ]);
  const signature = new URL(String(upload_url)).searchParams.get('signature') ?? '';
  expect(signature).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify(plane.logged)).not.toContain(signature);
});

test('an upload is refused under a wrong or an old link, and when it is not what was announced', () => {
  const plane = startPlane();
  const path = pathOf(link(plane).upload_url);
  const status = (target: string, received = GZIPPED, type = 'application/gzip') =>
    plane.upload(target, received, {'content-type': type}).status;
  expect(status(path.replace(HASH, HASH.replace('9', '8')))).toBe(403);
  expect(status(path.replace('bytes=300', 'bytes=301'), {bytes: 301, isGzip: true})).toBe(403);
  expect(status(path.replace(/signature=./, 'signature='))).toBe(403);
  expect(status(`/uploads/${HASH}`)).toBe(403);
  expect(status(path, {bytes: 299, isGzip: true})).toBe(400);
  expect(status(path, {bytes: 300, isGzip: false})).toBe(400);
  expect(status(path, GZIPPED, 'application/json')).toBe(400);
  const key = {authorization: `Bearer ${KEY}`};
  expect(plane.upload(path, GZIPPED, {'content-type': 'application/gzip', ...key}).status).toBe(400);
  expect(link(plane).present).toBe(false);
  plane.clock.advance(15 * 60_000);
  expect(status(path)).toBe(403);
  expect(status(pathOf(link(plane).upload_url))).toBe(200);
});

test.each([
  {content_length: 3},
  {files_hash: HASH},
  {files_hash: HASH, content_length: 0},
  {files_hash: '../x', content_length: 3},
])('a link for %j is refused', (body) => {
  expect(startPlane().ask('POST', '/v1/templates/files/upload-link', {body}).status).toBe(400);
});
