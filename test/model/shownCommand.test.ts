import {expect, test} from 'vitest';
import {sandboxActions} from '../../src/model/actions.ts';
import {shownCommands} from '../../src/model/shownCommand.ts';

const host = 'api.hopx.dev';

test('a delete is called kill by the official CLI', () => {
  expect(shownCommands('delete', 'sb_1', {host})).toEqual({
    hopx: 'hopx sandbox kill sb_1',
    curl: `curl -X DELETE -H "X-API-Key: $HOPX_API_KEY" 'https://api.hopx.dev/v1/sandboxes/sb_1'`,
  });
});

test('a timeout has its seconds, or a word where they have to be written', () => {
  expect(shownCommands('timeout', 'sb_1', {host, timeoutSeconds: 7200})).toEqual({
    hopx: 'hopx sandbox timeout sb_1 7200',
    curl:
      `curl -X PUT -H "X-API-Key: $HOPX_API_KEY" -H 'Content-Type: application/json' ` +
      `-d '{"timeout_seconds": 7200}' 'https://api.hopx.dev/v1/sandboxes/sb_1/timeout'`,
  });
  expect(shownCommands('extend', 'sb_1', {host})?.hopx).toBe('hopx sandbox timeout sb_1 SECONDS');
});

test('what the official CLI cannot do has a curl line only', () => {
  expect(shownCommands('start', 'sb_1', {host})?.hopx).toBeUndefined();
  for (const {id} of sandboxActions) expect(shownCommands(id, 'sb_1', {host})?.curl).toContain('$HOPX_API_KEY');
});

test.each([
  ['127.0.0.1:8080', 'http://127.0.0.1:8080/'],
  ['localhost', 'http://localhost/'],
  ['[::1]:80', 'http://[::1]:80/'],
  ['localhost.example.com', 'https://localhost.example.com/'],
  ['api.example.com:8443', 'https://api.example.com:8443/'],
])('%s is spoken to as %s', (named, origin) => {
  expect(shownCommands('pause', 'sb_1', {host: named})?.curl).toContain(`'${origin}v1/`);
});

test.each(["a'; rm -rf ~", 'a b', '$(id)', '..', ''])('an id that is not plain, %j, is given to no shell', (id) => {
  expect(shownCommands('pause', id, {host})).toBeUndefined();
});
