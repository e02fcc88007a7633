import {homedir} from 'node:os';
import {createApi} from '../api/client.ts';
import type {Api} from '../api/types.ts';
import type {Witness} from '../api/witness.ts';
import {systemClock} from '../clock/clock.ts';
import {asksReadonly} from './asksReadonly.ts';
import {type Asked, type Connection, findConnection, requireTrust} from './connection.ts';
import type {Host} from './host.ts';
import {proxyFor} from './proxy.ts';
import type {Relay} from './relay.ts';
import {version} from './version.ts';

/** What is watched: a control plane, and what may be said of the way to it. */
export type Target = Omit<Connection, 'warnings'>;

/** Finds key and address, and takes the key out of the environment that children of ours would get. */
export async function findTarget(asked: Asked & {readonly readonly: boolean}, host: Host): Promise<Target> {
  const {env} = process;
  const connection = await findConnection(asked, {
    env,
    home: homedir(),
    uid: process.getuid?.(),
    platform: process.platform,
    readProfiles: async () => (await import('./profiles.ts')).readProfiles(homedir(), process.getuid?.()),
  });
  delete env.HOPX_API_KEY;
  requireTrust(connection, env);
  for (const warning of connection.warnings) host.say(`hopx-top: warning: ${warning}`);
  return {...connection, readonly: asksForReadonly(asked) || connection.readonly};
}

export const asksForReadonly = (asked: {readonly readonly: boolean}): boolean =>
  asked.readonly || asksReadonly(process.env.HOPX_TOP_READONLY);

export const openTarget = (target: Target, relay: Relay, witness?: Witness): Api =>
  createApi({
    origin: target.origin,
    key: target.key,
    clock: systemClock,
    random: Math.random,
    readonly: target.readonly,
    observer: relay.observer,
    proxy: proxyFor(target.origin, process.env),
    witness,
    userAgent: `hopx-top/${version} (${process.platform}; node ${process.versions.node})`,
  });
