import {expect, test} from 'vitest';
import {startOtherServer} from './otherServer.ts';

const headers = {authorization: 'Bearer any'};
const post = (body: object) => ({method: 'POST', headers, body: JSON.stringify(body)});

test.each(['stream', 'text'] as const)(
  'the other server takes files, builds a template, tells its log as a %s, and deletes it',
  async (logs) => {
    const shared = {id: 1, name: 'base', is_public: true};
    const used = {id: 2, name: 'used'};
    await using other = await startOtherServer([], {logs, templates: [shared, used], usedTemplates: [2]});
    const ask = async (path: string, init: RequestInit = {headers}) => {
      const answer = await fetch(`${other.url}/v1/templates${path}`, init);
      return {status: answer.status, text: await answer.text()};
    };

    const announced = post({files_hash: 'abc', content_length: 3});
    const {upload_url} = JSON.parse((await ask('/files/upload-link', announced)).text);
    const put = async (init: RequestInit) => (await fetch(upload_url, {method: 'PUT', ...init})).status;
    expect(await put({body: 'abc', headers})).toBe(400);
    expect(await put({body: 'ab'})).toBe(403);
    expect(await put({body: 'abc'})).toBe(200);
    expect(JSON.parse((await ask('/files/upload-link', announced)).text)).toMatchObject({present: true});

    expect((await ask('/build', post({name: 'app'}))).status).toBe(202);
    expect((await ask('/build', post({name: 'app'}))).status).toBe(409);
    other.builds.say(7001, 'first');
    const log = ask('/build/7001/logs');
    if (logs === 'stream') await expect.poll(() => other.seen.at(-1)?.path).toContain('/logs');
    else expect(JSON.parse((await log).text)).toMatchObject({logs: 'first', offset: 1, complete: false});
    other.builds.say(7001, 'second');
    other.builds.endBuild(7001, 'success');
    if (logs === 'stream')
      expect((await log).text).toMatch(/event: log\n.*first.*\n\nevent: log\n.*second.*\n\nevent: done/);
    else
      expect(JSON.parse((await ask('/build/7001/logs?offset=1')).text)).toMatchObject({logs: 'second', complete: true});
    expect(JSON.parse((await ask('/build/7001/status')).text)).toMatchObject({status: 'success', progress: 100});

    const deleted = async (id: string) => (await ask(`/${id}`, {method: 'DELETE', headers})).status;
    expect([await deleted('base'), await deleted('2'), await deleted('app'), await deleted('app')]).toEqual([
      403, 409, 200, 404,
    ]);
  },
);
