import {parseOrigin} from '../api/origin.ts';
import {Secret} from '../api/secret.ts';
import {sanitize} from '../terminal/text.ts';
import {CliError, usageError} from './exit.ts';
import {noKeyAnywhere, noKeyInProfile} from './keyAdvice.ts';
import {readOwnFile} from './ownFile.ts';
import type {Profile, Profiles} from './profiles.ts';

/** Where to go and with which key: both from one source. */
export type Connection = {
  readonly origin: URL;
  readonly key: Secret;
  /** What may be shown of the key; undefined when it is of no known form. */
  readonly keyId: string | undefined;
  /** Where the key came from, for sentences: `HOPX_API_KEY`, a path, a profile. */
  readonly source: string;
  /** For the header of the screen. */
  readonly profile: string;
  /** The profile says so. */
  readonly readonly: boolean;
  readonly warnings: readonly string[];
};

export type Asked = {
  readonly apiKeyFile: string | undefined;
  readonly profile: string | undefined;
  readonly baseUrl: string | undefined;
};

export type Surroundings = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Undefined where there are no owners (Windows). */
  readonly uid: number | undefined;
  readonly platform: NodeJS.Platform;
  /** Asked only when no flag and no variable names a key: most starts need no YAML. */
  readonly readProfiles: () => Promise<Profiles>;
};

/** docs.hopx.ai, control plane overview. */
const DEFAULT_ORIGIN = 'https://api.hopx.dev';

/**
 * Finds the key and the address, in this order: `--api-key-file`, `--profile`, HOPX_API_KEY, HOPX_PROFILE, the default
 * profile of ~/.hopx. A profile's key goes to that profile's `base_url` and nowhere else; the others go to
 * `--base-url`, HOPX_BASE_URL or the default. Throws a CliError that says what to do.
 */
export async function findConnection(asked: Asked, surroundings: Surroundings): Promise<Connection> {
  const {env} = surroundings;
  if (asked.apiKeyFile !== undefined) return fromKeyFile(asked.apiKeyFile, asked, surroundings);
  if (asked.profile !== undefined) return fromProfile(asked.profile, '--profile', asked, surroundings);
  const key = env.HOPX_API_KEY;
  if (key) return {...fromKey(key, 'HOPX_API_KEY', originOf(asked, env)), profile: 'HOPX_API_KEY'};
  const named = env.HOPX_PROFILE;
  if (named) return fromProfile(named, 'HOPX_PROFILE', asked, surroundings);
  return fromProfile(undefined, 'the default profile', asked, surroundings);
}

function fromKeyFile(path: string, asked: Asked, {env, uid}: Surroundings): Connection {
  const shown = sanitize(path, 200);
  const file = readOwnFile(path, uid);
  if (!file) throw usageError(`--api-key-file: there is no file ${shown}`);
  const connection = fromKey(file.text, shown, originOf(asked, env));
  return {...connection, profile: 'key file', warnings: file.looseness ? [file.looseness] : []};
}

function fromKey(text: string, source: string, origin: URL): Connection {
  return {...keyOf(text, source), origin, source, profile: source, readonly: false, warnings: []};
}

async function fromProfile(
  asked: string | undefined,
  how: string,
  {baseUrl}: Asked,
  surroundings: Surroundings,
): Promise<Connection> {
  const profiles = await surroundings.readProfiles();
  const name = asked ?? profiles.usual;
  const profile = profiles.byName.get(name);
  if (!profile && asked !== undefined) throw unknownProfile(name, how, profiles);
  if (!profile) throw new CliError('auth', noKeyAnywhere(name, surroundings.platform));
  if (profile.apiKey === undefined) throw new CliError('auth', noKeyInProfile(name, surroundings.platform));
  const origin = profileOrigin(profile, baseUrl, surroundings.env);
  const source = `profile ${sanitize(name, 60)} (${profile.keyFile})`;
  return {
    ...fromKey(profile.apiKey, source, origin),
    profile: sanitize(name, 60),
    readonly: profile.readonly,
    warnings: profile.looseness ? [profile.looseness] : [],
  };
}

function unknownProfile(name: string, how: string, {byName}: Profiles): CliError {
  const known = [...byName.keys()].map((each) => sanitize(each, 60)).join(', ');
  const there = known === '' ? 'there are no profiles' : `there are: ${known}`;
  return usageError(`${how}: no profile "${sanitize(name, 60)}" in ~/.hopx (${there}); name one that exists`);
}

/** A key is worth as much as the server it is sent to: that of a profile goes to that profile's server only. */
function profileOrigin(profile: Profile, baseUrl: string | undefined, env: Surroundings['env']): URL {
  const own = originFrom(profile.baseUrl ?? DEFAULT_ORIGIN, `base_url of profile ${sanitize(profile.name, 60)}`);
  const [text, from] = baseUrl === undefined ? [env.HOPX_BASE_URL, 'HOPX_BASE_URL'] : [baseUrl, '--base-url'];
  if (!text) return own;
  const other = originFrom(text, from);
  if (other.href === own.href) return own;
  throw usageError(
    `${from} is ${other.origin}, but the key of profile ${sanitize(profile.name, 60)} goes to ${own.origin} only: ` +
      `drop ${from}, or give ${other.host} a key of its own with --api-key-file PATH or HOPX_API_KEY`,
  );
}

function originOf({baseUrl}: Asked, env: Surroundings['env']): URL {
  if (baseUrl !== undefined) return originFrom(baseUrl, '--base-url');
  return env.HOPX_BASE_URL ? originFrom(env.HOPX_BASE_URL, 'HOPX_BASE_URL') : new URL(DEFAULT_ORIGIN);
}

function originFrom(text: string, from: string): URL {
  try {
    return parseOrigin(text);
  } catch (error) {
    throw usageError(`${from}: ${sanitize(error instanceof Error ? error.message : error)}`);
  }
}

/** With certificates unchecked anybody on the way could read the key. */
export function requireTrust({origin}: Pick<Connection, 'origin'>, env: Surroundings['env']): void {
  if (origin.protocol !== 'https:' || env.NODE_TLS_REJECT_UNAUTHORIZED !== '0') return;
  throw usageError(
    'NODE_TLS_REJECT_UNAUTHORIZED=0 turns certificate checks off: unset it, and name a private authority in NODE_EXTRA_CA_CERTS',
  );
}

/** The key without one line end; nothing of it is ever in a sentence. */
function keyOf(text: string, source: string): {readonly key: Secret; readonly keyId: string | undefined} {
  const key = text.replace(/\r?\n$/, '');
  if (key === '') throw usageError(`${source} is empty: put an API key there`);
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw usageError(`${source} holds more than a key (spaces, line ends or odd characters): leave only the key there`);
  }
  return {key: new Secret(key), keyId: keyIdOf(key)};
}

/** The public part of `hopx_live_<12 characters>.<secret>` (docs.hopx.dev, authentication); of another form nothing. */
function keyIdOf(key: string): string | undefined {
  return /^(hopx_[a-z]{1,8}_[0-9A-Za-z]{12})\./.exec(key)?.[1];
}
