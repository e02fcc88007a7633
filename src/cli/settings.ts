import {isAbsolute, join} from 'node:path';
import {sanitize} from '../terminal/text.ts';
import {readRegularFile} from './ownFile.ts';

/** What concerns one profile of ~/.hopx. */
export type ProfileSettings = {
  readonly readonly: boolean;
  /** Undefined: that of all profiles. */
  readonly connect: readonly string[] | undefined;
};

/** What the user has written down for this program; never a key. */
export type Settings = {
  /** The words of the command that the terminal is lent to; undefined: none. */
  readonly connect: readonly string[] | undefined;
  readonly profiles: ReadonlyMap<string, ProfileSettings>;
};

const nothing: Settings = {connect: undefined, profiles: new Map()};

type Surroundings = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Undefined where there are no owners (Windows). */
  readonly uid: number | undefined;
};

/**
 * Reads hopx-top/config.yaml in $XDG_CONFIG_HOME, or in ~/.config where that is not an absolute path (XDG base directory
 * specification). No file is no settings, and costs no YAML. Throws a CliError that names file, line and key.
 */
export async function readSettings({env, home, uid}: Surroundings): Promise<Settings> {
  const path = settingsPath(env, home);
  const name = sanitize(path.startsWith(join(home, '/')) ? join('~', path.slice(home.length)) : path, 200);
  const file = readRegularFile(path, name, 'settings');
  if (!file) return nothing;
  const {settingsIn, requireOwnSettings} = await import('./settingsFile.ts');
  requireOwnSettings(file, name, uid);
  return settingsIn(file.text, name);
}

function settingsPath(env: Surroundings['env'], home: string): string {
  const base = env.XDG_CONFIG_HOME;
  return join(base && isAbsolute(base) ? base : join(home, '.config'), 'hopx-top', 'config.yaml');
}

/** What holds for the profile in use. */
export function settingsOf({connect, profiles}: Settings, profile: string): ProfileSettings {
  const own = profiles.get(profile);
  return {readonly: own?.readonly ?? false, connect: own?.connect ?? connect};
}
