import {createRedact, type Secret} from '../api/secret.ts';
import {systemClock} from '../clock/clock.ts';
import type {Budget} from '../model/failure.ts';
import {fitCells, sanitize} from '../terminal/text.ts';
import {examine, type Finding} from './doctor.ts';
import {watchEndings} from './endings.ts';
import type {Host} from './host.ts';
import type {DoctorOptions} from './parse.ts';
import {proxyFor} from './proxy.ts';
import {createRelay} from './relay.ts';
import {findTarget, openTarget} from './target.ts';

const NAME_CELLS = 16;
const MOST_CELLS = 400;

const marks: Readonly<Record<Finding['outcome'], string>> = {ok: 'ok', note: '--', bad: '!!'};

/** A line, and under it what to do. */
function lineOf({name, outcome, says, advice}: Finding): string {
  const line = `${marks[outcome]}  ${fitCells(name, NAME_CELLS)} ${sanitize(says, MOST_CELLS)}`;
  return advice === undefined ? line : `${line}\n    ${' '.repeat(NAME_CELLS)} -> ${sanitize(advice, MOST_CELLS)}`;
}

const asObject = ({name, outcome, says, advice}: Finding) => ({name, outcome, says, advice});

/** `hopx-top doctor`: what works against this server, on standard output. */
export async function runDoctor(options: DoctorOptions, host: Host): Promise<void> {
  let key: Secret | undefined;
  const redact = (text: string) => createRedact(key)(text);
  const endings = watchEndings(host, redact);
  process.stdout.on('error', () => endings.end({why: 'done', exit: 'ok'}));
  try {
    const target = await findTarget({...options, readonly: true}, host);
    key = target.key;
    const relay = createRelay();
    let budget: Budget | undefined;
    relay.connect({budgetChanged: (told) => (budget = told), serverDated: () => undefined});
    const api = openTarget({...target, readonly: true}, relay);
    const proxy = proxyFor(target.origin, process.env)?.host;
    const findings: Finding[] = [];
    const world = {api, clock: systemClock, asking: target, proxy, budget: () => budget, skewMs: relay.skewMs};
    const exit = await examine(world, (finding) => {
      findings.push(finding);
      if (!options.json) process.stdout.write(`${redact(lineOf(finding))}\n`);
    });
    if (options.json) process.stdout.write(`${redact(JSON.stringify(findings.map(asObject), undefined, 2))}\n`);
    await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
    endings.end({why: 'done', exit});
  } catch (error) {
    endings.end({why: 'failed', error});
  }
}
