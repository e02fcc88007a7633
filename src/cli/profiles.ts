import {join} from 'node:path';
import {type Document, LineCounter, parseDocument} from 'yaml';
import {asksReadonly} from './asksReadonly.ts';
import {usageError} from './exit.ts';
import {profileFiles} from './keyAdvice.ts';
import {type OwnFile, readOwnFile} from './ownFile.ts';

/** One profile of the HopX CLIs; of what they keep there only what concerns us. */
export type Profile = {
  readonly name: string;
  readonly apiKey: string | undefined;
  /** The file that the key came from, and why that file is loose. */
  readonly keyFile: string | undefined;
  readonly looseness: string | undefined;
  readonly baseUrl: string | undefined;
  /** Ours: `readonly` in a profile of config.yaml, and not a plain no. */
  readonly readonly: boolean;
};

export type Profiles = {
  /** `default_profile`, or `default`. */
  readonly usual: string;
  readonly byName: ReadonlyMap<string, Profile>;
};

type Fields = Readonly<Record<string, unknown>>;

type Source = {
  readonly profiles: ReadonlyMap<string, Fields>;
  readonly top: Fields;
  readonly file: OwnFile | undefined;
};

/**
 * The profiles of the HopX CLIs. config.yaml: `default_profile` and `profiles: {NAME: {api_key, base_url}}`
 * (@hopx-ai/cli 0.2.2, src/lib/config.ts), or the profiles at the top (hopx-cli 0.1.2, config.py). credentials.yaml:
 * `profiles: {NAME: {api_key}}`, or at the top, as YAML or as JSON. A key there goes before one in config.yaml, as in
 * the CLI. A `${HOPX_API_KEY}` that was never filled in is no key.
 */
export function readProfiles(home: string, uid: number | undefined): Profiles {
  const config = readSource(home, 'config', uid);
  const credentials = readSource(home, 'credentials', uid);
  const names = new Set([...config.profiles.keys(), ...credentials.profiles.keys()]);
  return {
    usual: textIn(config.top, 'default_profile') ?? 'default',
    byName: new Map([...names].map((name) => [name, profileOf(name, config, credentials)])),
  };
}

function profileOf(name: string, config: Source, credentials: Source): Profile {
  const settings = config.profiles.get(name) ?? {};
  const stored = keyIn(credentials.profiles.get(name) ?? {});
  const written = keyIn(settings);
  const keySource = stored === undefined ? config : credentials;
  const apiKey = stored ?? written;
  return {
    name,
    apiKey,
    keyFile: apiKey === undefined ? undefined : profileFiles[stored === undefined ? 'config' : 'credentials'],
    looseness: apiKey === undefined ? undefined : keySource.file?.looseness,
    baseUrl: textIn(settings, 'base_url'),
    readonly: asksReadonly(settings.readonly),
  };
}

function readSource(home: string, which: keyof typeof profileFiles, uid: number | undefined): Source {
  const file = readOwnFile(join(home, '.hopx', `${which}.yaml`), uid);
  const top = file ? parseMap(file.text, profileFiles[which]) : {};
  const nested = top.profiles;
  // A name that stands in both layouts counts in the newer one.
  const entries = [...Object.entries(top).filter(([name]) => name !== 'profiles'), ...Object.entries(asMap(nested))];
  return {top, file, profiles: new Map(entries.filter((entry): entry is [string, Fields] => isMap(entry[1])))};
}

/** The parser's own message quotes the line, and the line may hold the key: only its number is told. */
function parseMap(text: string, shown: string): Fields {
  const lines = new LineCounter();
  const document = parseDocument(text, {lineCounter: lines, prettyErrors: false, logLevel: 'silent'});
  const [mistake] = document.errors;
  if (mistake) throw usageError(`${shown} is not YAML (line ${lines.linePos(mistake.pos[0]).line}): mend it`);
  return asMap(contentOf(document, shown));
}

function contentOf(document: Document.Parsed, shown: string): unknown {
  try {
    return document.toJS();
  } catch {
    throw usageError(`${shown} is not YAML that can be used: mend it`);
  }
}

const isMap = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

const asMap = (value: unknown): Fields => (isMap(value) ? value : {});

function textIn(fields: Fields, name: string): string | undefined {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function keyIn(fields: Fields): string | undefined {
  const text = textIn(fields, 'api_key');
  return text !== undefined && /^\$\{.*\}$/.test(text) ? undefined : text;
}
