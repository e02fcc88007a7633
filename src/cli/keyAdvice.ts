import {sanitize} from '../terminal/text.ts';
import {profileFiles} from './profiles.ts';

/**
 * Prints what the HopX CLI keeps in the system's keyring: service `hopx-cli`, account the profile, a JSON object
 * (@hopx-ai/cli 0.2.2, src/lib/auth/credentials.ts, with keytar).
 */
const keyringReaders: Partial<Record<NodeJS.Platform, (profile: string) => string>> = {
  linux: (profile) => `secret-tool lookup service hopx-cli account ${profile} | jq -r .api_key`,
  darwin: (profile) => `security find-generic-password -s hopx-cli -a ${profile} -w | jq -r .api_key`,
};

/** No source names a key: where was looked, and the ways out. */
export function noKeyAnywhere(profile: string, platform: NodeJS.Platform): string {
  return [
    'no API key found.',
    `looked at: --api-key-file, --profile, HOPX_API_KEY, HOPX_PROFILE, and profile ${shellWord(profile)} in`,
    `           ${profileFiles.credentials} and ${profileFiles.config}`,
    ...waysOut(profile, platform),
  ].join('\n');
}

/** The profile is there, but its key is not in the files. */
export function noKeyInProfile(profile: string, platform: NodeJS.Platform): string {
  return [
    `profile ${shellWord(profile)} has no api_key in ${profileFiles.credentials} or ${profileFiles.config}.`,
    ...waysOut(profile, platform),
  ].join('\n');
}

function waysOut(profile: string, platform: NodeJS.Platform): readonly string[] {
  const read = keyringReaders[platform]?.(shellWord(profile));
  const keyring = "the HopX CLI may keep it in the system's keyring, which hopx-top does not read";
  return [
    ...(read ? [`${keyring}; to hand it over:`, `  export HOPX_API_KEY="$(${read})"`] : [`${keyring}.`]),
    'or put a key (https://console.hopx.dev) into a file of your own:',
    '  hopx-top --api-key-file PATH',
    'or try it without any key:',
    '  hopx-top --demo',
  ];
}

/** A name that can stand in a command that somebody copies. */
function shellWord(text: string): string {
  const shown = sanitize(text, 60);
  return /^[\w.-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`;
}
