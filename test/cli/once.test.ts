import {describe, expect, test} from 'vitest';
import {CliError} from '../../src/cli/exit.ts';
import {type OnceOptions, printOnce} from '../../src/cli/once.ts';
import {manualClock} from '../../src/clock/manualClock.ts';
import {noFilter, parseFilter} from '../../src/model/filter.ts';
import {type FakePage, NOON, patch, serverWith} from './fakeServer.ts';

const asking = {origin: new URL('https://api.hopx.dev'), keyId: 'hopx_live_abcdefghijkl', source: 'HOPX_API_KEY'};

const everything: OnceOptions = {
  filter: noFilter,
  region: undefined,
  status: undefined,
  sort: undefined,
  output: undefined,
};

function filterOf(text: string) {
  const answer = parseFilter(text);
  if ('mistake' in answer) throw new Error(answer.mistake);
  return answer.filter;
}

async function once(options: Partial<OnceOptions>, ...pages: readonly FakePage[]) {
  const api = serverWith(...pages);
  const world = {api, clock: manualClock(NOON), skewMs: () => 0, asking, say: () => undefined};
  return {...(await printOnce({...everything, ...options}, world)), asked: api.asked};
}

const three: FakePage = {
  patches: [
    patch('sb_b', {expiresAt: null, region: 'eu-west'}),
    patch('sb_a', {status: 'paused', templateName: '東京', expiresAt: NOON + 90_000}),
    {id: 'sb_longer_than_the_others', status: 'stopped'},
  ],
};

describe('the table', () => {
  test('soonest to expire first; columns aligned by cells, whole values, no escapes', async () => {
    const {stdout, stderr, exit} = await once({}, three);
    expect(stdout.split('\n')).toEqual([
      'SANDBOX                    STATUS   TEMPLATE  REGION     AGE  EXPIRES',
      'sb_a                       paused   東京      us-east  1h00m  ! 01:30',
      'sb_b                       running  python    eu-west  1h00m     none',
      'sb_longer_than_the_others  stopped  ?         ?            ?        ?',
      '',
    ]);
    expect({stderr, exit}).toEqual({stderr: [], exit: 'ok'});
  });

  test('sorted as asked', async () => {
    const {stdout} = await once({sort: {column: 'id', descending: true}}, three);
    expect(stdout.match(/^sb_\w+/gm)).toEqual(['sb_longer_than_the_others', 'sb_b', 'sb_a']);
  });

  test('filtered by what only we can tell', async () => {
    const {stdout} = await once({filter: filterOf('expires<10m')}, three);
    expect(stdout.match(/^sb_\w+/gm)).toEqual(['sb_a']);
  });

  test('the server clock decides on what is left', async () => {
    const world = {
      api: serverWith(three),
      clock: manualClock(NOON),
      skewMs: () => 60_000,
      asking,
      say: () => undefined,
    };
    expect((await printOnce(everything, world)).stdout).toContain('! 00:30');
  });

  test('nothing there, and nothing that matches, are two things; the headings stay', async () => {
    const headings = 'SANDBOX  STATUS  TEMPLATE  REGION  AGE  EXPIRES\n';
    expect(await once({}, {})).toMatchObject({stdout: headings, stderr: ['no sandboxes'], exit: 'ok'});
    expect(await once({filter: filterOf('nosuch')}, three)).toMatchObject({
      stdout: headings,
      stderr: ['no sandboxes: 0 of 3 match nosuch'],
      exit: 'ok',
    });
  });
});

test('JSON: names of the API, times in UTC; what is not told is left out, none is null', async () => {
  const full = patch('sb_a', {
    templateId: '73',
    nodeId: 'n-1',
    organizationId: '42',
    publicHost: 'https://sb_a.hopx.dev',
    updatedAt: NOON,
    expiresAt: null,
    timeoutSeconds: null,
    tokenExpiresAt: NOON,
    vcpu: 2,
    memoryBytes: 1024,
    diskBytes: 2048,
    internetAccess: false,
    liveMode: true,
  });
  const {stdout} = await once({output: 'json'}, {patches: [full, {id: 'sb_z', status: 'odd'}]});
  expect(stdout.endsWith('}\n')).toBe(true);
  expect(JSON.parse(stdout)).toEqual({
    schema: 1,
    complete: true,
    sandboxes: [
      {
        id: 'sb_a',
        status: 'running',
        template_id: '73',
        template_name: 'python',
        region: 'us-east',
        node_id: 'n-1',
        organization_id: '42',
        public_host: 'https://sb_a.hopx.dev',
        created_at: '2025-11-14T11:00:00.000Z',
        updated_at: '2025-11-14T12:00:00.000Z',
        expires_at: null,
        timeout_seconds: null,
        vcpu: 2,
        memory_bytes: 1024,
        disk_bytes: 2048,
        internet_access: false,
        live_mode: true,
      },
      {id: 'sb_z', status: 'odd'},
    ],
  });
});

test('a time beyond all calendars costs the field, not the list', async () => {
  const {stdout} = await once({output: 'json'}, {patches: [patch('sb_a', {createdAt: 1e300})]});
  expect(JSON.parse(stdout).sandboxes[0]).not.toHaveProperty('created_at');
});

describe('what the server is asked', () => {
  test('region and status, and page after page', async () => {
    const options = {region: 'us-east', status: 'running', filter: filterOf('region=us-east status=running')};
    const {asked, stdout} = await once(
      options,
      {patches: [patch('sb_a')], hasMore: true, nextCursor: 'c1'},
      {patches: [patch('sb_b', {region: 'eu-west'}), patch('sb_c'), patch('sb_a')]},
    );
    expect(asked).toEqual([
      {limit: 1000, region: 'us-east', status: 'running'},
      {limit: 1000, region: 'us-east', status: 'running', cursor: 'c1'},
    ]);
    // A server that ignores the question is put right here.
    expect(stdout.match(/^sb_\w+/gm)).toEqual(['sb_a', 'sb_c']);
  });

  test('not for a status it does not document, nor for a beginning', async () => {
    const {asked} = await once({region: 'us-*', status: 'error'}, {});
    expect(asked).toEqual([{limit: 1000}]);
  });

  test('smaller pages where it refuses large ones', async () => {
    const {asked, exit} = await once(
      {},
      {fails: 'bad-request', message: 'limit must be at most 100'},
      {patches: [patch('sb_a')], hasMore: true, nextCursor: 'c1'},
      {patches: [patch('sb_b')]},
    );
    expect(asked).toEqual([{limit: 1000}, {limit: 100}, {limit: 100, cursor: 'c1'}]);
    expect(exit).toBe('ok');
  });
});

describe('a part of the list is printed as a part, and is no success', () => {
  test.each<[string, FakePage[], string, string]>([
    [
      'more, but no way to it',
      [{patches: [patch('sb_a')], hasMore: true}],
      'this is a part of the list: the server has more but gave no cursor',
      'general',
    ],
    [
      'pages that go in circles',
      [
        {patches: [patch('sb_a')], hasMore: true, nextCursor: 'c'},
        {patches: [patch('sb_a')], hasMore: true, nextCursor: 'c'},
      ],
      'this is a part of the list: the server repeated a cursor',
      'general',
    ],
    [
      'entries without an id',
      [{patches: [patch('sb_a')], unreadable: 2}],
      'this is a part of the list: 2 entries have no id',
      'general',
    ],
    [
      'a quota, in the middle',
      [
        {patches: [patch('sb_a')], hasMore: true, nextCursor: 'c'},
        {fails: 'quota', message: 'the plan is used up'},
      ],
      'this is a part of the list: api.hopx.dev: the plan is used up (request_id req_9)',
      'rateLimit',
    ],
  ])('%s', async (_, pages, sentence, exit) => {
    const printed = await once({output: 'json'}, ...pages);
    expect(printed).toMatchObject({stderr: [sentence], exit});
    expect(JSON.parse(printed.stdout)).toMatchObject({complete: false, sandboxes: [{id: 'sb_a'}]});
  });
});

test('nothing read at all: nothing printed, one sentence', async () => {
  const failing = once({}, {fails: 'unauthorized', message: 'The API key is not valid'});
  await expect(failing).rejects.toThrow(CliError);
  await expect(once({}, {fails: 'unauthorized', message: 'The API key is not valid'})).rejects.toMatchObject({
    exit: 'auth',
    message:
      'api.hopx.dev does not accept the key hopx_live_abcdefghijkl… from HOPX_API_KEY: The API key is not valid; put a valid key there, or name another with --api-key-file PATH (request_id req_9)',
  });
});
