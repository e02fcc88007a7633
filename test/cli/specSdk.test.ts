import {execFileSync} from 'node:child_process';
import {realpathSync, utimesSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {Template} from '@hopx-ai/sdk';
import {expect, onTestFinished, test} from 'vitest';
import {createSpecs} from '../../src/cli/spec.ts';
import {folderWith} from './home.ts';

const requests = {link: '/v1/templates/files/upload-link', build: '/v1/templates/build'} as const;

/** What the official client sends for a template that copies these, until the build is asked for. */
async function sentBySdk(contextPath: string, source: string) {
  const seen = new Map<string, {readonly body: Buffer; readonly type: string | undefined}>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const path = request.url ?? '';
    seen.set(path, {body: Buffer.concat(chunks), type: request.headers['content-type']});
    if (path === '/put') return void response.writeHead(200).end();
    if (path === requests.build) return void response.writeHead(400).end('{}');
    response.end(JSON.stringify({present: false, upload_url: `${url}/put`}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const template = new Template('python:3.12-slim').copy(source, '/app/').runCmd('ls');
  await Template.build(template, {
    name: 'x',
    apiKey: 'k',
    baseURL: url,
    contextPath,
    cpu: 2,
    memory: 2048,
    diskGB: 10,
  }).catch(() => undefined);
  const json = (path: string) => JSON.parse(seen.get(path)?.body.toString() ?? '{}');
  return {link: json(requests.link), build: json(requests.build), archive: seen.get('/put')};
}

const namesIn = (folder: string, archive: Uint8Array) => {
  const path = join(folder, 'names.tar.gz');
  writeFileSync(path, archive);
  return execFileSync('tar', ['-tzf', path]).toString().trim().split('\n').sort();
};

test('a copied file has the hash, the archive and the step that the official SDK sends', async () => {
  const steps = [
    {type: 'COPY', args: ['main.py', '/app/']},
    {type: 'RUN', args: ['ls']},
  ];
  const spec = {name: 'x', from_image: 'python:3.12-slim', cpu: 2, memory: 2048, diskGB: 10, steps};
  const folder = realpathSync(folderWith({'main.py': 'print(1)\n', 'spec.yaml': JSON.stringify(spec)}));
  execFileSync('chmod', ['644', join(folder, 'main.py')]);
  // As in our archives.
  utimesSync(join(folder, 'main.py'), 0, 0);
  const theirs = await sentBySdk(folder, 'main.py');
  const {archives, body} = await createSpecs({}, '/nobody').read(join(folder, 'spec.yaml'));
  expect(archives[0]?.filesHash).toBe(theirs.link.files_hash);
  expect({skipCache: false, update: false, ...body}).toEqual(theirs.build);
  expect(theirs.archive?.type).toBe('application/gzip');
  expect(namesIn(folder, archives[0]?.content ?? new Uint8Array())).toEqual(
    namesIn(folder, theirs.archive?.body ?? new Uint8Array()),
  );
});
