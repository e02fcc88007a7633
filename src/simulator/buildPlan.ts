import {fails, type Step, stepMs} from './buildSteps.ts';

/** What a template is made from, as far as it shows. */
export type Recipe = {
  readonly name: string;
  readonly fromImage: string;
  readonly steps: readonly Step[];
};

/** Where a build is. `publishing` shows on a template only; the build is then still `building`. */
export type Phase = 'building' | 'publishing' | 'active' | 'failed';

type Level = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

/** A line of the log, and what has come about with it. */
export type Moment = {
  /** Milliseconds since the build began. */
  readonly afterMs: number;
  readonly level: Level;
  readonly message: string;
  readonly step: string;
  readonly phase: Phase;
};

/** A build from its first line to its last, known before it begins: how it goes follows from its recipe alone. */
export type BuildPlan = {
  readonly moments: readonly Moment[];
  /** How long it takes when nothing fails. */
  readonly expectedMs: number;
  readonly error: string | undefined;
};

const PULL_MS = 2000;
const PUBLISH_MS = 2000;

/** `noise`: lines that are printed on the way. */
export function planBuild({name, fromImage, steps}: Recipe, noise: readonly string[] = []): BuildPlan {
  const moments: Moment[] = [];
  let afterMs = 0;
  let step = '';
  const tell = (message: string, level: Level = 'INFO', phase: Phase = 'building') =>
    moments.push({afterMs, level, message, step, phase});

  const failing = steps.findIndex(fails);
  const done = failing < 0 ? steps : steps.slice(0, failing + 1);
  const count = steps.length + 1;
  step = `Step 1/${count}: FROM ${fromImage}`;
  tell(`Building ${name}`);
  tell(step);
  afterMs += PULL_MS;
  tell(`Pulled ${fromImage}`, 'DEBUG');
  for (const line of noise) tell(line, 'DEBUG');
  for (const [at, one] of done.entries()) {
    step = `Step ${at + 2}/${count}: ${one.kind} ${one.text}`;
    tell(step);
    afterMs += stepMs(one);
    if (at !== failing) tell(printed(one), 'DEBUG');
  }
  const expectedMs = PULL_MS + steps.reduce((sum, one) => sum + stepMs(one), 0) + PUBLISH_MS;
  if (failing >= 0) {
    const error = `${step} failed: exit status 1`;
    tell(error, 'ERROR', 'failed');
    return {moments, expectedMs, error};
  }
  step = 'Publishing';
  tell('Publishing the template', 'INFO', 'publishing');
  afterMs += PUBLISH_MS;
  step = 'Done';
  tell(`Template ${name} is active`, 'INFO', 'active');
  return {moments, expectedMs, error: undefined};
}

function printed(step: Step): string {
  const taken = `done in ${(stepMs(step) / 1000).toFixed(1)} s`;
  return step.filesHash === undefined ? taken : `unpacked ${step.filesHash}, ${taken}`;
}
