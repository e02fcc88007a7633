import {DEFAULT_ORIGIN} from '../api/origin.ts';
import {sanitize} from '../terminal/text.ts';

/** How the two files of profiles are called on the screen. */
export const profileFiles = {config: '~/.hopx/config.yaml', credentials: '~/.hopx/credentials.yaml'} as const;

/**
 * Prints what the HopX CLI keeps in the system's keyring: service `hopx-cli`, account the profile, a JSON object
 * (@hopx-ai/cli 0.2.2, src/lib/auth/credentials.ts, with keytar).
 */
const keyringReaders: Partial<Record<NodeJS.Platform, (profile: string) => string>> = {
  linux: (profile) => `secret-tool lookup service hopx-cli account ${profile} | jq -r .api_key`,
  darwin: (profile) => `security find-generic-password -s hopx-cli -a ${profile} -w | jq -r .api_key`,
};

/** A profile whose key was not found. */
export type Keyless = {
  readonly profile: string;
  /** `--profile` or HOPX_PROFILE, when one of them named it. */
  readonly askedBy: string | undefined;
  /** Where a key of this profile goes. */
  readonly origin: URL;
  /** What `--base-url` or HOPX_BASE_URL names instead. No key of the profile may go there. */
  readonly elsewhere: URL | undefined;
  readonly platform: NodeJS.Platform;
};

/** No source names a key: where was looked, and the ways out. */
export function noKeyAnywhere(keyless: Keyless): string {
  const name = shellWord(keyless.profile);
  const files = [`           ${profileFiles.credentials} and ${profileFiles.config}`];
  const looked =
    keyless.askedBy === undefined
      ? [
          'no API key found.',
          `looked at: --api-key-file, --profile, HOPX_API_KEY, HOPX_PROFILE, and profile ${name} in`,
        ]
      : ['no API key found, and no profile at all.', `looked at: profile ${name} (${keyless.askedBy}) in`];
  return [...looked, ...files, ...waysOut(keyless)].join('\n');
}

/** The profile is there, but its key is not in the files. */
export function noKeyInProfile(keyless: Keyless): string {
  return [
    `profile ${shellWord(keyless.profile)} has no api_key in ${profileFiles.credentials} or ${profileFiles.config}.`,
    ...waysOut(keyless),
  ].join('\n');
}

/** Whoever follows these lines sends the key where it belongs: each of them names the address too. */
function waysOut(keyless: Keyless): readonly string[] {
  return [
    ...(keyless.elsewhere ? [] : keyringLines(keyless)),
    `${keyless.elsewhere ? 'put' : 'or put'} a key (https://console.hopx.dev) into a file of your own:`,
    `  hopx-top ${otherKeyFlags(keyless.elsewhere ?? keyless.origin)}`,
    'or try it without any key:',
    '  hopx-top --demo',
  ];
}

function keyringLines({profile, askedBy, origin, platform}: Keyless): readonly string[] {
  const read = keyringReaders[platform]?.(shellWord(profile));
  const keyring = "the HopX CLI may keep it in the system's keyring, which hopx-top does not read";
  if (!read) return [`${keyring}.`];
  const address = isUsual(origin) ? [] : [`  export HOPX_BASE_URL=${addressOf(origin)}`];
  const start = askedBy === '--profile' ? ', and to start without --profile' : '';
  return [`${keyring}; to hand it over${start}:`, ...address, `  export HOPX_API_KEY="$(${read})"`];
}

/** The flags that name another key for this control plane. Without its address the key would go to the usual one. */
export const otherKeyFlags = (origin: URL): string =>
  `--api-key-file PATH${isUsual(origin) ? '' : ` --base-url ${addressOf(origin)}`}`;

const isUsual = ({href}: URL): boolean => href === new URL(DEFAULT_ORIGIN).href;

const addressOf = ({origin, pathname, href}: URL): string => quoted(pathname === '/' ? origin : href);

/** A name that can stand in a command that somebody copies. */
const shellWord = (text: string): string => quoted(sanitize(text, 60));

const quoted = (text: string): string => (/^[\w.:/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
