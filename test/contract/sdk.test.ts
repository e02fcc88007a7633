import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Sandbox, Template} from '@hopx-ai/sdk';
import {expect, onTestFinished, test, vi} from 'vitest';
import {type Clock, systemClock} from '../../src/clock/clock.ts';
import {runSimulator} from '../../src/simulator/main.ts';
import {type SimulatorOptions, simulatorDefaults} from '../../src/simulator/options.ts';

// Machines boot, pause and resume in real time here.
vi.setConfig({testTimeout: 30_000});

/** The official client, as it is on npm, against the simulator over real sockets. */
const apiKey = 'hopx_live_AbCdEfGhIjKl.sdk-contract-test';

async function simulator(changes: Partial<SimulatorOptions> = {}, clock = systemClock) {
  const {url, close} = await runSimulator({...simulatorDefaults, rateLimit: 0, quiet: true, ...changes}, clock);
  onTestFinished(close);
  return {apiKey, baseURL: url};
}

test('it lists the fleet, whole and filtered', async () => {
  const at = await simulator({sandboxes: 40});
  const all = await Sandbox.list({...at, limit: 1000});
  expect(all).toHaveLength(40);
  expect(await Sandbox.list({...at, status: 'paused'})).toHaveLength(4);
  const inEurope = await Sandbox.list({...at, region: 'eu-west'});
  expect(inEurope.length).toBeGreaterThan(0);
  expect(inEurope.length).toBeLessThan(40);
});

test('it iterates over every page, each sandbox once', async () => {
  const at = await simulator({sandboxes: 250});
  const ids: string[] = [];
  for await (const sandbox of Sandbox.iter(at)) ids.push(sandbox.sandboxId);
  expect(ids).toHaveLength(250);
  expect(new Set(ids).size).toBe(250);
});

test('it creates a sandbox, pauses, resumes and extends it, and kills it', async () => {
  const at = await simulator({sandboxes: 0});
  const sandbox = await Sandbox.create({...at, template: 'code-interpreter', region: 'eu-west', timeoutSeconds: 300});
  expect(await sandbox.getInfo()).toMatchObject({
    sandboxId: sandbox.sandboxId,
    status: 'running',
    templateName: 'code-interpreter',
    templateId: '73',
    region: 'eu-west',
    timeoutSeconds: 300,
    resources: {vcpu: 2, memoryMb: 4096, diskMb: 20_480},
    internetAccess: true,
  });
  await sandbox.pause();
  expect((await sandbox.getInfo()).status).toBe('paused');
  await sandbox.resume();
  expect((await sandbox.getInfo()).status).toBe('running');
  await sandbox.setTimeout(1800);
  expect((await sandbox.getInfo()).timeoutSeconds).toBe(1800);
  expect(await sandbox.getExpiryInfo()).toMatchObject({hasTimeout: true, isExpired: false});
  await sandbox.kill();
  await expect(sandbox.getInfo()).rejects.toMatchObject({statusCode: 404});
  expect(await Sandbox.list(at)).toEqual([]);
});

test('it connects to a sandbox by its id, which wakes a paused one', async () => {
  const at = await simulator();
  const [paused] = await Sandbox.list({...at, status: 'paused'});
  const connected = await Sandbox.connect(paused?.sandboxId ?? '', at.apiKey, at.baseURL);
  expect((await connected.getInfo()).status).toBe('running');
  expect(await connected.getToken()).toMatch(/^eyJ/);
});

test('it reads templates', async () => {
  const at = await simulator();
  const templates = await Sandbox.listTemplates(at);
  expect(templates.map(({name}) => name)).toContain('code-interpreter');
  expect(await Sandbox.listTemplates({...at, category: 'custom'})).toHaveLength(2);
  expect(await Sandbox.getTemplate('code-interpreter', at)).toMatchObject({
    id: '73',
    isActive: true,
    defaultResources: {vcpu: 2, memoryMb: 4096, diskGb: 20},
  });
});

test('it finds the server healthy', async () => {
  const {baseURL} = await simulator();
  expect(await Sandbox.healthCheck(baseURL)).toMatchObject({status: 'ok'});
});

test('its errors are its own: a wrong key, an unknown template, too many requests', async () => {
  const at = await simulator({rateLimit: 1});
  await expect(Sandbox.list({...at, apiKey: 'sk_live_wrong'})).rejects.toMatchObject({name: 'AuthenticationError'});
  await expect(Sandbox.create({...at, template: 'none'})).rejects.toMatchObject({code: 'RESOURCE_NOT_FOUND'});
  await expect(Sandbox.list(at)).rejects.toMatchObject({name: 'RateLimitError'});
});

/** A folder to copy from. */
function sources(): string {
  const path = mkdtempSync(join(tmpdir(), 'hopx-top-sdk-'));
  onTestFinished(() => rmSync(path, {recursive: true}));
  writeFileSync(join(path, 'app.py'), 'print("hello")');
  return path;
}

/** Time for a simulator that is ten times as quick; the client waits in its own, two and three seconds a time. */
const quickClock: Clock = {
  wall: systemClock.wall,
  monotonic: () => systemClock.monotonic() * 10,
  after: (ms, run) => systemClock.after(ms / 10, run),
};

test('it builds a template that copies and runs, reads its log, starts it, and deletes it', async () => {
  const at = await simulator({sandboxes: 0}, quickClock);
  const lines: string[] = [];
  const template = new Template('python:3.12-slim').copy('app.py', '/app').runCmd('python -m compileall /app');
  const build = await Template.build(template, {
    ...at,
    name: 'my-app',
    cpu: 1,
    memory: 1024,
    diskGB: 5,
    contextPath: sources(),
    onLog: ({message}) => lines.push(message),
    templateActivationTimeout: 15,
  });
  expect(lines).toEqual(
    expect.arrayContaining([
      'Step 2/3: COPY app.py /app',
      'Step 3/3: RUN python -m compileall /app',
      'Template my-app is active',
      expect.stringContaining(`Template active and stable (ID: ${build.templateID})`),
    ]),
  );
  expect(await build.getLogs()).toMatchObject({status: 'active', complete: true});
  expect(await Sandbox.getTemplate('my-app', at)).toMatchObject({
    id: build.templateID,
    isActive: true,
    defaultResources: {vcpu: 1, memoryMb: 1024, diskGb: 5},
  });
  const machine = await build.createVM({envVars: {}});
  await expect(Sandbox.deleteTemplate('my-app', at)).rejects.toMatchObject({statusCode: 409});
  await machine.delete();
  await Sandbox.deleteTemplate('my-app', at);
  await expect(Sandbox.getTemplate('my-app', at)).rejects.toMatchObject({statusCode: 404});
  await expect(Sandbox.deleteTemplate('base', at)).rejects.toMatchObject({statusCode: 403});
});

test('a build that fails tells it which step it was', async () => {
  const at = await simulator({sandboxes: 0}, quickClock);
  const template = new Template('debian:12').runCmd('exit 1');
  await expect(Template.build(template, {...at, name: 'broken'})).rejects.toMatchObject({
    name: 'TemplateBuildError',
    message: expect.stringContaining('Step 2/2: RUN exit 1 failed: exit status 1'),
  });
  await expect(Template.build(template, {...at, name: 'broken'})).rejects.toThrow('already exists');
  await expect(Template.build(new Template('alpine:3').runCmd('x'), {...at, name: 'small'})).rejects.toThrow('glibc');
});
