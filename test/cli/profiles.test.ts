import {describe, expect, test} from 'vitest';
import {readProfiles} from '../../src/cli/profiles.ts';
import {homeWith, ownUid} from './home.ts';

type Files = {config?: string; credentials?: string};

const read = (files: Files) => readProfiles(homeWith(files), ownUid);
const profile = (files: Files, name = 'default') => read(files).byName.get(name);

describe('where the HopX CLIs keep a key', () => {
  test.each<[string, Files]>([
    [
      'config.yaml of @hopx-ai/cli',
      {config: 'default_profile: default\nprofiles:\n  default:\n    api_key: hopx_live_a.b\n'},
    ],
    ['config.yaml of the older hopx-cli', {config: 'default:\n  api_key: hopx_live_a.b\n'}],
    ['credentials.yaml of @hopx-ai/cli', {credentials: 'profiles:\n  default:\n    api_key: hopx_live_a.b\n'}],
    ['credentials.yaml of hopx-cli', {credentials: 'default:\n  api_key: hopx_live_a.b\n'}],
    ['JSON in credentials.yaml', {credentials: '{"profiles": {"default": {"api_key": "hopx_live_a.b"}}}'}],
  ])('%s', (_, files) => {
    expect(profile(files)).toMatchObject({name: 'default', apiKey: 'hopx_live_a.b'});
  });

  test('a key in credentials.yaml goes before one in config.yaml, and the address comes from there', () => {
    const config = 'profiles: {default: {api_key: hopx_old, base_url: "https://eu.example"}}';
    const credentials = 'profiles: {default: {api_key: hopx_new}}';
    expect(profile({config, credentials})).toEqual({
      name: 'default',
      apiKey: 'hopx_new',
      keyFile: '~/.hopx/credentials.yaml',
      looseness: undefined,
      baseUrl: 'https://eu.example',
      readonly: false,
    });
  });

  test.each([`"$${'{HOPX_API_KEY}'}"`, '', '   ', '42', '[a]', '~'])('%j is no key', (written) => {
    expect(profile({config: `profiles: {default: {api_key: ${written}}}`})).toMatchObject({apiKey: undefined});
  });

  test.each(['true', 'yes', 'on', '1', '"true"', 'YES', 'always', '[]', '~'])(
    'readonly: %s is read-only',
    (written) => {
      expect(profile({config: `profiles: {default: {readonly: ${written}}}`})).toMatchObject({readonly: true});
    },
  );

  test.each(['false', 'no', 'off', '0', '"false"', 'No', '""'])('readonly: %s is not', (written) => {
    expect(profile({config: `profiles: {default: {readonly: ${written}}}`})).toMatchObject({readonly: false});
  });

  test('default_profile names the usual one', () => {
    expect(read({config: 'default_profile: eu\nprofiles: {eu: {}}'}).usual).toBe('eu');
    expect(read({config: 'default: {api_key: x}'}).usual).toBe('default');
    expect(read({}).usual).toBe('default');
  });
});

describe('files that are not what they should be', () => {
  test('none, empty, or something else: no profiles', () => {
    for (const config of ['', '- a\n- b', '42', 'profiles: 7', 'profiles: [a]']) {
      expect([...read({config}).byName.keys()]).toEqual([]);
    }
    expect(read({}).byName.size).toBe(0);
  });

  test('broken YAML: the line is named, and not shown, for the key may be in it', () => {
    const config = 'profiles:\n  default:\n    api_key: "hopx_live_secret\n';
    expect(() => read({config})).toThrow(/^~\/\.hopx\/config\.yaml is not YAML \(line \d\): mend it$/);
  });

  test('aliases that would fill the memory are refused', () => {
    const levels = Array.from(
      {length: 12},
      (_, index) => `l${index + 1}: &l${index + 1} [${Array(9).fill(`*l${index}`).join(', ')}]`,
    );
    expect(() => read({config: ['l0: &l0 [x]', ...levels].join('\n')})).toThrow(
      '~/.hopx/config.yaml is not YAML that can be used: mend it',
    );
  });

  test('__proto__ is a name like any other', () => {
    const {byName} = read({config: '__proto__: {api_key: hopx_x}\nprofiles: {__proto__: {api_key: hopx_y}}'});
    expect(byName.get('default')).toBeUndefined();
    expect(Object.hasOwn(Object.prototype, 'api_key')).toBe(false);
  });
});
