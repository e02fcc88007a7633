import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {agree, filterBy, markNext} from '../support/bulk.ts';
import {type ControlPlane, controlPlaneAt, type ToldSandbox} from '../support/controlPlane.ts';
import {type LoggedRequest, type SimulatorProcess, startSimulator, temporaryFolder} from '../support/program.ts';
import {carriedOut, expectSameAccount, idOf, type Ledger, readLedger} from '../support/records.ts';
import {type Relay, startRelay} from '../support/relay.ts';
import {startWatching, type Terminal} from '../support/terminal.ts';

const FLEET = 1000;
const LEAKED = 64;
const UNWANTED = 12;
/** So many requests of an act on many are on their way at once. */
const UNDER_WAY = 3;
/** Where nobody else is. */
const REGION = 'sa-east';
const TWO_HOURS = 7200;
/** A wait of the limiter, the grace of a delete, a connection that has to come back. */
const PATIENCE_MS = 20_000;

/** The limiter refuses two, one answer is lost on the way, and none is so quick that nothing can happen meanwhile. */
const faults = ['too-many:route=timeouts:times=2', 'lost-reply:route=timeouts:times=1', 'slow=0.04:route=timeouts'];

test('an evening: 64 leaked sandboxes get a timeout and 12 are deleted, through a limiter and a network that drops', async () => {
  using folder = temporaryFolder();
  await using simulator = await startSimulator({
    ...{sandboxes: FLEET - LEAKED, seed: 7, quiet: true, rateLimit: 600},
    fault: faults,
  });
  const server = controlPlaneAt(simulator.url);
  await leak(server);
  const before = await server.list();
  const leaked = leakedOf(before).map(({id}) => id);
  expect([before.length, leaked.length]).toEqual([FLEET, LEAKED]);

  await using relay = await startRelay(simulator.url);
  const journal = join(folder.path, 'acts.ndjson');
  await using app = startWatching(relay.url, [`--journal=${journal}`], {columns: 160, rows: 32, cwd: folder.path});
  await app.waitFor('1,000 sandboxes');
  await app.waitFor(/LIVE/);

  await giveTimeouts(app, relay);
  const after = await server.list();
  expect(after.filter(({id}) => leaked.includes(id)).map(({timeout_seconds}) => timeout_seconds)).toEqual(
    leaked.map(() => TWO_HOURS),
  );
  expect(others(after, leaked)).toEqual(others(before, leaked));
  const puts = sent(simulator, 'PUT');
  expect(carriedOut(puts).map(idOf).toSorted()).toEqual(leaked.toSorted());
  expect(puts.filter(({status}) => status !== 200).map(({status}) => status)).toEqual([429, 429, 0]);
  expectSameAccount(await written(app, folder.path, 'timeout'), journal, puts);

  const theirs = await deleteTwelve(app, server);
  const deletes = sent(simulator, 'DELETE').filter(({request_id}) => request_id !== theirs.request);
  const deleted = await written(app, folder.path, 'delete');
  expect(deletes.map(({status}) => status)).toEqual(Array.from({length: UNWANTED - 1}, () => 200));
  expectSameAccount(deleted, journal, deletes);
  const unwanted = deleted.items.map(({id}) => id);
  expect(unwanted.toSorted()).toEqual([...deletes.map(idOf), theirs.id].toSorted());
  expect((await server.list()).map(({id}) => id)).toEqual(
    after.map(({id}) => id).filter((id) => !unwanted.includes(id)),
  );

  await closeLedger(app);
  expect(await app.quit()).toMatchObject({code: 0});
  expect(sent(simulator, 'PUT')).toEqual(puts);
}, 60_000);

/** Somebody's script starts sandboxes and gives none of them an end. */
async function leak(server: ControlPlane): Promise<void> {
  const [template_name = ''] = await server.templateNames();
  await Promise.all(Array.from({length: LEAKED}, () => server.create({template_name, region: REGION})));
}

const leakedOf = (fleet: readonly ToldSandbox[]): readonly ToldSandbox[] =>
  fleet.filter(({region, timeout_seconds}) => region === REGION && timeout_seconds === null);

const others = (fleet: readonly ToldSandbox[], ids: readonly string[]): readonly object[] =>
  fleet
    .filter(({id}) => !ids.includes(id))
    .map(({id, timeout_seconds, expires_at}) => ({id, timeout_seconds, expires_at}));

async function giveTimeouts(app: Terminal, relay: Relay): Promise<void> {
  await filterBy(app, `timeout=none region=${REGION}`, `(${LEAKED} of 1,000)`);
  app.press('*');
  await app.waitFor(`${LEAKED} marked`);
  app.press('E');
  await app.waitFor(`Set the timeout of ${LEAKED} sandboxes`);
  app.type('2h');
  await app.waitFor(/timeout +2h /);
  await app.pressUntil('enter', 'nothing sent yet');
  await app.waitFor(`TIMEOUT ${LEAKED} sandboxes to 2h00m from now`);
  await agree(app, `timeout ${LEAKED}`);
  await app.waitFor('waits for the request limit');
  await app.waitFor(/ [1-4]\d of 64 /, PATIENCE_MS);
  await relay.loseAnswers(UNDER_WAY);
  await relay.cut();
  await comeBack(app, relay);
  await app.waitFor(/ (?:over|stands still) ─/, PATIENCE_MS);
  if (app.text().includes(' stands still ─')) app.press('enter');
  await app.waitFor(/ over ─/, PATIENCE_MS);
  expect(app.text()).toContain(`${LEAKED} of ${LEAKED}  ${LEAKED} done `);
}

/** The user looks at the list, tries again and again until the header says LIVE, and opens the ledger. */
async function comeBack(app: Terminal, relay: Relay): Promise<void> {
  app.press('q');
  await app.pressUntil('r', 'refused the connection');
  await app.waitFor((text) => !text.includes('LIVE'));
  await relay.mend();
  await app.pressUntil('r', 'LIVE');
  app.press('b');
}

/** While the grace runs somebody else deletes one of them. */
async function deleteTwelve(app: Terminal, server: ControlPlane) {
  await closeLedger(app);
  app.press('escape');
  await app.waitFor('1,000 sandboxes');
  await filterBy(app, `region=${REGION}`, `(${LEAKED} of 1,000)`);
  await markNext(app, UNWANTED);
  app.press('D');
  await agree(app, `delete ${UNWANTED}`);
  await app.waitFor('nothing has left yet');
  const id = /│ (\S+) +not tried/.exec(app.text())?.[1] ?? '';
  const request = await server.remove(id);
  await app.waitFor(/ over ─/, PATIENCE_MS);
  expect(app.text()).toContain(`${UNWANTED} of ${UNWANTED}  ${UNWANTED} done `);
  expect(app.line(id)).toContain('gone already: nothing left to delete');
  return {id, request};
}

async function closeLedger(app: Terminal): Promise<void> {
  app.press('escape');
  await app.waitFor((text) => !text.includes(' over ─'));
}

/** `w` in the ledger, and what is then in the file. */
async function written(app: Terminal, folder: string, action: string): Promise<Ledger> {
  app.press('w');
  await app.waitFor(/hopx-top-ledger-/);
  const name = readdirSync(folder).find((each) => each.startsWith(`hopx-top-ledger-${action}-`)) ?? '';
  const ledger = readLedger(join(folder, name));
  const count = ledger.items.length;
  expect(ledger.head).toMatchObject({ledger: action, count, counts: {done: count, failed: 0}});
  return ledger;
}

const sent = (simulator: SimulatorProcess, method: string): readonly LoggedRequest[] =>
  simulator.requests().filter((request) => request.method === method);
