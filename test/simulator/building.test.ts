import {expect, test} from 'vitest';
import {build, GZIPPED, HASH, link, logsOf, pathOf, run, statusOf} from './builds.ts';
import {created, startPlane} from './support.ts';

const template = ({ask}: ReturnType<typeof startPlane>, name: string) => ask('GET', `/v1/templates/${name}`).body;

test('a build goes on by the clock: its template is built, published, and then in use', () => {
  const plane = startPlane({sandboxes: 0});
  const {status, body} = build(plane, [run('pip install flask'), {type: 'WORKDIR', args: ['/app']}]);
  expect(status).toBe(201);
  expect(body).toMatchObject({build_id: '490', template_id: '490', status: 'building'});
  expect(statusOf(plane, 490)).toMatchObject({
    status: 'building',
    progress: 0,
    current_step: 'Step 1/3: FROM python:3.12-slim',
    started_at: '2025-11-23T08:00:00Z',
    estimated_completion: '2025-11-23T08:00:07Z',
  });
  expect(template(plane, 'my-app')).toMatchObject({id: '490', status: 'building', is_active: false});
  plane.clock.advance(3000);
  expect(statusOf(plane, 490)).toMatchObject({progress: 41, current_step: 'Step 2/3: RUN pip install flask'});
  plane.clock.advance(3000);
  expect(statusOf(plane, 490)).toMatchObject({status: 'building', current_step: 'Publishing'});
  expect(template(plane, 'my-app')).toMatchObject({status: 'publishing', is_active: false});
  plane.clock.advance(2000);
  expect(statusOf(plane, 490)).toMatchObject({
    status: 'active',
    progress: 100,
    completed_at: '2025-11-23T08:00:07Z',
    build_duration_ms: 7300,
  });
  expect(template(plane, 'my-app')).toMatchObject({
    status: 'active',
    is_active: true,
    is_public: false,
    default_resources: {vcpu: 2, memory_mb: 2048, disk_gb: 10},
  });
  expect(plane.ask('GET', `/v1/sandboxes/${created(plane, {template_name: 'my-app'})}`).body.template_id).toBe('490');
});

test('no sandbox is made from a template that is not built yet', () => {
  const plane = startPlane();
  build(plane);
  const {status, body} = plane.ask('POST', '/v1/sandboxes', {body: {template_name: 'my-app'}});
  expect([status, body.error]).toEqual([400, 'Template is not active: it is building']);
});

test.each(['exit 1', "sh -c 'exit 3'", 'make && false', 'false'])(
  'a step that runs "%s" fails its build',
  (command) => {
    const plane = startPlane();
    build(plane, [run('make'), run(command), run('never')]);
    plane.clock.advance(60_000);
    expect(statusOf(plane, 490)).toMatchObject({
      status: 'failed',
      error_message: `Step 3/4: RUN ${command} failed: exit status 1`,
      progress: 61,
    });
    expect(template(plane, 'my-app')).toMatchObject({status: 'failed', is_active: false});
    const {body} = logsOf(plane, 490);
    expect(body).toMatchObject({status: 'failed', complete: true});
    expect(String(body.logs).trimEnd().split('\n').at(-1)).toBe(`ERROR Step 3/4: RUN ${command} failed: exit status 1`);
  },
);

test('a command that only says false does not fail', () => {
  const plane = startPlane();
  build(plane, [run('npm config set audit false')]);
  plane.clock.advance(60_000);
  expect(statusOf(plane, 490).status).toBe('active');
});

test.each([
  [{name: undefined}, 'name: is required'],
  [{name: 'no spaces'}, 'name: must be 1 to 63 letters, digits, dots, hyphens or underscores'],
  [{from_image: undefined}, 'from_image: is required'],
  [{from_image: 'python:3.12-alpine'}, 'from_image: must not be Alpine: only images with glibc are supported'],
  [{cpu: undefined}, 'cpu: is required'],
  [{cpu: 100}, 'cpu: must be a whole number from 1 to 64'],
  [{memory: 256}, 'memory: must be a whole number from 512 to 64000'],
  [{memory: '2048'}, 'memory: must be a whole number from 512 to 64000'],
  [{diskGB: 0.5}, 'diskGB: must be a whole number from 1 to 250'],
  [{diskGB: undefined}, 'diskGB: is required'],
  [{steps: 'RUN make'}, 'steps: must be a list'],
  [{steps: [run('make'), 7]}, 'steps.1: must be an object'],
  [
    {steps: [{type: 'SHELL', args: ['x']}]},
    'steps.0: type must be one of FROM, RUN, APT, COPY, ENV, WORKDIR, USER, CMD',
  ],
  [{steps: [{type: 'RUN'}]}, 'steps.0: RUN needs a command'],
  [{steps: [{type: 'COPY', args: ['a', '/a']}]}, 'steps.0: COPY needs the filesHash of uploaded files'],
  [
    {steps: [{type: 'COPY', args: ['a', '/a'], filesHash: HASH}]},
    'steps.0: no files were uploaded under this filesHash',
  ],
])('a build with %j is refused in clear words', (changes, error) => {
  const plane = startPlane();
  expect(build(plane, [run('make')], changes)).toMatchObject({status: 400, body: {code: 'INVALID_REQUEST', error}});
  expect(statusOf(plane, 490).code).toBe('RESOURCE_NOT_FOUND');
});

test.each([
  [{type: 'RUN', args: ['make']}, 'RUN make'],
  [{type: 'run', command: 'make'}, 'RUN make'],
  [{type: 'ENV', args: ['TOKEN=s3cr3t']}, 'ENV TOKEN'],
  [{type: 'env', key: 'TOKEN', value: 's3cr3t'}, 'ENV TOKEN'],
  [{type: 'WORKDIR', args: ['/x']}, 'WORKDIR /x'],
  [{type: 'workdir', path: '/x'}, 'WORKDIR /x'],
  [{type: 'USER', args: ['app']}, 'USER app'],
  [{type: 'apt', packages: ['git', 'curl']}, 'APT git curl'],
  [{type: 'COPY', args: ['app', '/app'], filesHash: HASH, owner: 'app'}, 'COPY app /app'],
  [{type: 'copy', src: ['app', 'lib'], dest: '/app', filesHash: HASH}, 'COPY app,lib /app'],
])('a step may be spelled %j, and its log tells no value', (step, told) => {
  const plane = startPlane();
  plane.upload(pathOf(link(plane).upload_url), GZIPPED);
  expect(build(plane, [step]).status).toBe(201);
  plane.clock.advance(60_000);
  const {text} = logsOf(plane, 490);
  expect(text).toContain(`Step 2/2: ${told}\\n`);
  expect(text).not.toContain('s3cr3t');
});

test('a known name is refused, an unknown one cannot be updated, a public one never', () => {
  const plane = startPlane();
  expect(build(plane, [], {name: 'etl-worker'})).toMatchObject({status: 409, body: {code: 'CONFLICT'}});
  expect(build(plane, [], {update: true})).toMatchObject({status: 404, body: {code: 'RESOURCE_NOT_FOUND'}});
  expect(build(plane, [], {name: 'base', update: true})).toMatchObject({status: 403, body: {code: 'FORBIDDEN'}});
});

test('an update leaves the template in use until it is done, and is found by the id of either', () => {
  const plane = startPlane();
  const {body} = build(plane, [run('make')], {name: 'etl-worker', update: true, cpu: 4});
  expect(body).toMatchObject({build_id: '490', template_id: '124'});
  const before = {id: '124', status: 'active', is_active: true, build_id: '490', default_resources: {vcpu: 8}};
  expect(template(plane, 'etl-worker')).toMatchObject(before);
  expect(statusOf(plane, 124)).toEqual({...statusOf(plane, 490), request_id: expect.any(String)});
  expect(build(plane, [], {name: 'etl-worker', update: true}).status).toBe(409);
  plane.clock.advance(6000);
  expect(template(plane, 'etl-worker')).toMatchObject(before);
  plane.clock.advance(6000);
  expect(template(plane, 'etl-worker')).toMatchObject({...before, default_resources: {vcpu: 4}});
});

test('an update that fails changes nothing but where its log is', () => {
  const plane = startPlane();
  const {build_id: _, ...before} = template(plane, 'etl-worker');
  build(plane, [run('exit 1')], {name: 'etl-worker', update: true});
  plane.clock.advance(60_000);
  expect(template(plane, 'etl-worker')).toEqual({...before, build_id: '490', request_id: expect.any(String)});
});

test('ten builds an hour, which count as requests too; without a limit, any number', () => {
  const plane = startPlane({rateLimit: 100});
  plane.clock.advance(90_000);
  for (let made = 0; made < 10; made += 1) expect(build(plane, [], {name: `app-${made}`}).status).toBe(201);
  const refused = build(plane);
  expect(refused).toMatchObject({status: 429, headers: {'retry-after': '3510'}, body: {code: 'RATE_LIMIT_EXCEEDED'}});
  expect(refused.headers['x-ratelimit-remaining']).toBe('90');
  plane.clock.advance(3_510_000);
  expect(build(plane).status).toBe(201);
  const free = startPlane({rateLimit: 0});
  for (let made = 0; made < 15; made += 1) expect(build(free, [], {name: `app-${made}`}).status).toBe(201);
});

test('the templates that are there were built once, and can say how', () => {
  const plane = startPlane();
  const {data} = plane.ask('GET', '/v1/templates').body as {data: {build_id: string; id: string}[]};
  for (const {build_id, id} of data) {
    expect(statusOf(plane, build_id)).toMatchObject({template_id: id, status: 'active', progress: 100});
    expect(logsOf(plane, build_id).body).toMatchObject({complete: true, status: 'active'});
  }
});
