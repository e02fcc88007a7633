import {chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll} from 'vitest';
import {type Asked, type Connection, findConnection, type Surroundings} from '../../src/cli/connection.ts';
import {readProfiles} from '../../src/cli/profiles.ts';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, {recursive: true});
});

/** A folder of its own with these files, 0600 each; gone when the tests are. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'hopx-top-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), {recursive: true});
    writeFileSync(join(folder, name), text, {mode: 0o600});
    chmodSync(join(folder, name), 0o600);
  }
  return folder;
}

/** A home folder with these two files of the HopX CLIs. */
export const homeWith = ({config, credentials}: {config?: string; credentials?: string}): string =>
  folderWith({
    ...(config === undefined ? {} : {'.hopx/config.yaml': config}),
    ...(credentials === undefined ? {} : {'.hopx/credentials.yaml': credentials}),
  });

export const ownUid = process.getuid?.();

const nobodyAsks: Asked = {apiKeyFile: undefined, profile: undefined, baseUrl: undefined};

/** What the program would do with this command line, environment and home. */
export const connect = (asked: Partial<Asked>, around: Partial<Surroundings> & {home: string}) =>
  findConnection(
    {...nobodyAsks, ...asked},
    {
      env: {},
      uid: ownUid,
      platform: 'linux',
      readProfiles: async () => readProfiles(around.home, ownUid),
      ...around,
    },
  );

export const SECRET = 'zAq1xSw2-cDe3vFr4_bGt5nHy6mJu7kI8lO9pP0qwer';

/** A key of the documented form, with this public id. */
export const keyOf = (id: string): string => `hopx_live_${id.padEnd(12, '0')}.${SECRET}`;

/** How the program would end, and with which sentence. */
export const refusal = async (connection: Promise<Connection>): Promise<{exit: unknown; sentence: string}> => {
  const error: unknown = await connection.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error) || !('exit' in error)) throw new Error(`not refused: ${String(error)}`);
  return {exit: error.exit, sentence: error.message};
};
