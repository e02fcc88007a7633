import {Buffer} from 'node:buffer';
import type {IncomingMessage, ServerResponse} from 'node:http';

/** The templates of the other server: what is built when, a test says. */
export type TemplateHabits = {
  readonly templates?: readonly WireTemplate[];
  /** Ids of templates that some sandbox uses. */
  readonly usedTemplates?: readonly (string | number)[];
  readonly logs?: 'stream' | 'text';
};

type WireTemplate = {readonly id: string | number; readonly name: string} & Readonly<Record<string, unknown>>;

export type OtherTemplates = {
  readonly templates: () => readonly WireTemplate[];
  /** Bytes of what was uploaded, by its hash. */
  readonly uploads: ReadonlyMap<string, number>;
  /** What builds were asked for, in order. */
  readonly buildBodies: readonly Readonly<Record<string, unknown>>[];
  /** One more line in the log of a build. */
  readonly say: (buildId: number, line: string) => void;
  readonly endBuild: (buildId: number, status: string, error?: string) => void;
};

type Voice = {
  readonly lineEnd: string;
  readonly deleteStatus: 200 | 204;
  readonly json: (response: ServerResponse, status: number, body: unknown) => void;
  readonly fail: (response: ServerResponse, status: number, title: string, detail: string) => void;
};

type Build = {
  readonly id: number;
  readonly lines: string[];
  readonly readers: Set<ServerResponse>;
  status: string;
  error: string | undefined;
};

/** `segments`: of the path, after `templates`. */
type Asked = {readonly request: IncomingMessage; readonly url: URL; readonly segments: readonly string[]};

export function createOtherTemplates(
  {templates: first = [], usedTemplates = [], logs = 'stream'}: TemplateHabits,
  {lineEnd, deleteStatus, json, fail}: Voice,
) {
  const templates = new Map(first.map((template) => [String(template.id), template]));
  const builds = new Map<string, Build>();
  const uploads = new Map<string, number>();
  const promised = new Map<string, number>();
  const buildBodies: Readonly<Record<string, unknown>>[] = [];
  let nextId = 7001;

  const named = (idOrName = '') =>
    templates.get(idOrName) ?? [...templates.values()].find(({name}) => name === idOrName);
  const event = (response: ServerResponse, name: string, body: object) =>
    response.write(`event: ${name}${lineEnd}data: ${JSON.stringify(body)}${lineEnd}${lineEnd}`);
  const tellLine = (response: ServerResponse, message: string) =>
    event(response, 'log', {level: 'INFO', message, timestamp: '2025-11-23T08:00:00Z'});
  const tellEnd = (response: ServerResponse, {status}: Build) => {
    event(response, 'done', {status});
    response.end();
  };

  const remove = (idOrName: string, response: ServerResponse) => {
    const template = named(idOrName);
    if (!template) return fail(response, 404, 'Not found', `no template ${idOrName}`);
    if (template.is_public === true) return fail(response, 403, 'Forbidden', 'this template is public');
    if (usedTemplates.includes(template.id)) return fail(response, 409, 'Conflict', 'sandboxes use this template');
    templates.delete(String(template.id));
    return deleteStatus === 204 ? response.writeHead(204).end() : json(response, 200, {success: true});
  };
  const link = async ({request}: Asked, response: ServerResponse) => {
    const {files_hash: hash, content_length: bytes} = await readJson(request);
    if (uploads.has(String(hash))) return json(response, 200, {present: true, files_hash: hash});
    promised.set(String(hash), Number(bytes));
    const upload_url = `http://${request.headers.host}/bucket/${hash}?X-Amz-Signature=c0ffee`;
    json(response, 200, {present: false, upload_url, files_hash: hash, expires_at: '2099-01-01T00:00:00Z'});
  };
  const start = async ({request}: Asked, response: ServerResponse) => {
    const body = await readJson(request);
    buildBodies.push(body);
    const name = String(body.name);
    const old = named(name);
    if (old && body.update !== true) return fail(response, 409, 'Conflict', `there is a template ${name}`);
    const id = Number(old?.id ?? nextId++);
    builds.set(String(id), {id, lines: [], readers: new Set(), status: 'building', error: undefined});
    templates.set(String(id), {...old, id, name, status: 'building', is_active: false, build_id: id});
    json(response, 202, {build_id: id, template_id: id, status: 'building'});
  };
  const openLog = (build: Build, response: ServerResponse) => {
    response.writeHead(200, {'content-type': 'text/event-stream'});
    for (const line of build.lines) tellLine(response, line);
    if (build.status !== 'building') return tellEnd(response, build);
    response.flushHeaders();
    build.readers.add(response);
    response.on('close', () => build.readers.delete(response));
  };
  const readBuild = ({url, segments: [, id = '', what]}: Asked, response: ServerResponse) => {
    const build = builds.get(id);
    if (!build) return fail(response, 404, 'Not found', `no build ${id}`);
    const {lines, status, error} = build;
    const complete = status !== 'building';
    if (what === 'status') {
      const progress = complete ? 100 : 50;
      return json(response, 200, {build_id: build.id, template_id: build.id, status, progress, error_message: error});
    }
    if (logs === 'stream') return openLog(build, response);
    const offset = Number(url.searchParams.get('offset') ?? 0);
    // An offset that counts lines: a client sends back what it was given.
    json(response, 200, {logs: lines.slice(offset).join('\n'), offset: lines.length, status, complete});
  };

  const answer = (asked: Asked, response: ServerResponse): unknown => {
    const {request, segments} = asked;
    const [one, two] = segments;
    if (request.method === 'POST' && one === 'build') return start(asked, response);
    if (request.method === 'POST' && two === 'upload-link') return link(asked, response);
    if (request.method === 'DELETE') return remove(one ?? '', response);
    if (one === undefined) return json(response, 200, {data: [...templates.values()]});
    if (one === 'build') return readBuild(asked, response);
    const template = named(one);
    return template ? json(response, 200, template) : fail(response, 404, 'Not found', `no template ${one}`);
  };
  /** A bucket of objects: it speaks XML, and takes no second credential beside the signature. */
  const upload = async ({request, url, segments: [hash = '']}: Asked, response: ServerResponse) => {
    const bytes = (await readAll(request)).length;
    const {authorization, 'x-api-key': apiKey} = request.headers;
    const isRight = url.searchParams.get('X-Amz-Signature') === 'c0ffee' && promised.get(hash) === bytes;
    const status = authorization !== undefined || apiKey !== undefined ? 400 : isRight ? 200 : 403;
    if (status === 200) uploads.set(hash, bytes);
    response.writeHead(status, {'content-type': 'application/xml'});
    response.end(status === 200 ? '' : '<Error><Code>SignatureDoesNotMatch</Code></Error>');
  };
  const built = (buildId: number): Build => {
    const build = builds.get(String(buildId));
    if (!build) throw new Error(`no build ${buildId}`);
    return build;
  };
  const control: OtherTemplates = {
    templates: () => [...templates.values()],
    uploads,
    buildBodies,
    say(buildId, line) {
      const {lines, readers} = built(buildId);
      lines.push(line);
      for (const reader of readers) tellLine(reader, line);
    },
    endBuild(buildId, status, error) {
      const build = built(buildId);
      Object.assign(build, {status, error});
      const template = templates.get(String(buildId));
      if (template) templates.set(String(buildId), {...template, status, is_active: error === undefined});
      for (const reader of build.readers) tellEnd(reader, build);
    },
  };
  return {answer, upload, control};
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const readJson = async (request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> =>
  JSON.parse((await readAll(request)).toString());
