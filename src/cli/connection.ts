import {existsSync} from 'node:fs';
import {looksLikeKey, shown} from '../api/keyLike.ts';
import {DEFAULT_ORIGIN, parseOrigin} from '../api/origin.ts';
import {Secret} from '../api/secret.ts';
import {sanitize} from '../terminal/text.ts';
import {CliError, usageError} from './exit.ts';
import {noKeyAnywhere, noKeyInProfile} from './keyAdvice.ts';
import {readOwnFile} from './ownFile.ts';
import type {Profiles} from './profiles.ts';

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
  if (looksLikeKey(path) && !existsSync(path)) {
    throw usageError('--api-key-file takes a path, not the key itself: put the key into a file and name the file');
  }
  const name = sanitize(path, 200);
  const file = readOwnFile(path, uid);
  if (!file) throw usageError(`--api-key-file: there is no file ${name}`);
  const connection = fromKey(file.text, name, originOf(asked, env));
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
  const {env, platform} = surroundings;
  const profiles = await surroundings.readProfiles();
  const name = asked ?? profiles.usual;
  const profile = profiles.byName.get(name);
  if (!profile && (looksLikeKey(name) || (asked !== undefined && profiles.byName.size > 0))) {
    throw unknownProfile(name, how, profiles);
  }
  const own = originFrom(profile?.baseUrl ?? DEFAULT_ORIGIN, `base_url of profile ${shown(name)}`);
  const other = otherOrigin(own, baseUrl, env);
  if (profile && other) throw strayKey(name, own, other);
  if (profile?.apiKey === undefined) {
    const askedBy = asked === undefined ? undefined : how;
    const keyless = {profile: name, askedBy, origin: own, elsewhere: other?.origin, platform};
    throw new CliError('auth', profile ? noKeyInProfile(keyless) : noKeyAnywhere(keyless));
  }
  return {
    ...fromKey(profile.apiKey, `profile ${shown(name)} (${profile.keyFile})`, own),
    profile: shown(name),
    readonly: profile.readonly,
    warnings: profile.looseness ? [profile.looseness] : [],
  };
}

function unknownProfile(name: string, how: string, {byName}: Profiles): CliError {
  if (looksLikeKey(name)) {
    return usageError(
      `${how} takes the name of a profile, not the key itself: put the key into HOPX_API_KEY or a file`,
    );
  }
  const known = [...byName.keys()].map((each) => shown(each)).join(', ');
  return usageError(`${how}: no profile "${shown(name)}" in ~/.hopx (there are: ${known}); name one that exists`);
}

type OtherOrigin = {readonly origin: URL; readonly from: string};

/** What the flag or the variable names, when it is not the profile's own. */
function otherOrigin(own: URL, baseUrl: string | undefined, env: Surroundings['env']): OtherOrigin | undefined {
  const [text, from] = baseUrl === undefined ? [env.HOPX_BASE_URL, 'HOPX_BASE_URL'] : [baseUrl, '--base-url'];
  if (!text) return undefined;
  const origin = originFrom(text, from);
  return origin.href === own.href ? undefined : {origin, from};
}

/** A key is worth as much as the server it is sent to: that of a profile goes to that profile's server only. */
const strayKey = (name: string, own: URL, {origin, from}: OtherOrigin): CliError =>
  usageError(
    `${from} is ${origin.origin}, but the key of profile ${shown(name)} goes to ${own.origin} only: ` +
      `drop ${from}, or give ${origin.host} a key of its own with --api-key-file PATH or HOPX_API_KEY`,
  );

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
