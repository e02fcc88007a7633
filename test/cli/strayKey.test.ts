import {join} from 'node:path';
import {expect, test} from 'vitest';
import {CliError} from '../../src/cli/exit.ts';
import {parseCommandLine} from '../../src/cli/parse.ts';
import {connect, folderWith, homeWith, keyOf, refusal} from './home.ts';

const CANARY = 'CanaryCanaryCanaryCanaryCanaryCanary';
const KEY = `hopx_live_abcdefghijkl.${CANARY}`;

const home = homeWith({config: `profiles: {work: {api_key: ${keyOf('work')}}}`});
const emptyHome = folderWith({});

/** As a shell splits it. */
const parse = (line: string) => parseCommandLine(line.split(' '));

test.each([
  `--sort ${KEY}`,
  `--metrics ${KEY}`,
  `--${KEY}`,
  `--${KEY.replaceAll('.', '')}`,
  KEY,
  `agent ${KEY}`,
  `id=${KEY}`,
  `api_key="${KEY}"`,
  `--once --region ${KEY}`,
  `--status ${KEY}`,
  `simulate ${KEY}`,
  `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${CANARY}`,
])('a key in the wrong place is not repeated: hopx-top %s', async (line) => {
  const error = await parse(line).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CliError);
  expect(String(error).toLowerCase()).not.toContain('canary');
});

test('a filter may hold words that only begin like a key', async () => {
  expect(await parse('sk_learn')).toMatchObject({filter: {text: 'sk_learn'}});
});

test.each([
  [{apiKeyFile: KEY}, {}, '--api-key-file takes a path, not the key itself'],
  [{apiKeyFile: `${CANARY}.${CANARY}${CANARY}`}, {}, '--api-key-file takes a path, not the key itself'],
  [{apiKeyFile: `${KEY}${CANARY.repeat(9)}`}, {}, '--api-key-file takes a path, not the key itself'],
  [{profile: KEY}, {}, '--profile takes the name of a profile, not the key itself'],
  [{}, {HOPX_PROFILE: KEY}, 'HOPX_PROFILE takes the name of a profile, not the key itself'],
  [{}, {HOPX_BASE_URL: KEY}, 'HOPX_BASE_URL: the base URL must look like https://api.hopx.dev, and this looks'],
  [{}, {HOPX_BASE_URL: `https://x.dev/?token=${CANARY}`}, 'HOPX_BASE_URL: the base URL must end with the host'],
])('a key in the wrong place is not repeated: %o %o', async (asked, env, begin) => {
  for (const where of [home, emptyHome]) {
    const {exit, sentence} = await refusal(connect(asked, {home: where, env}));
    expect(exit).toBe('usage');
    expect(sentence).toMatch(new RegExp(`^${begin}`));
    expect(sentence).not.toContain(CANARY);
  }
});

test('a file may be called like a key', async () => {
  const path = join(folderWith({hopx_live_key: `${keyOf('file')}\n`}), 'hopx_live_key');
  expect((await connect({apiKeyFile: path}, {home})).keyId).toBe('hopx_live_file00000000');
});
