import type {Clock} from '../clock/clock.ts';
import type {TemplateBody} from '../contract/template.ts';
import {createAgenda} from './agenda.ts';
import {type Build, isFinal, phaseOf} from './build.ts';
import {type BuildLogFeed, type BuildLogFeedOptions, createBuildLogFeed} from './buildLogFeed.ts';
import {planBuild, type Recipe} from './buildPlan.ts';
import type {Registry} from './registry.ts';
import {timeText} from './sandbox.ts';

/** The builds that are known, and how they go on. */
export type Builds = {
  /** Begins now, under the template's `build_id`. A template that is active stays as it is until the build is done. */
  readonly start: (recipe: Recipe, template: TemplateBody) => Build;
  /** The newest of a template by that one's id, any by its own (official SDK: both ids are the same). */
  readonly find: (templateOrBuildId: string) => Build | undefined;
  readonly isUnderWay: (templateId: string) => boolean;
  readonly openLog: BuildLogFeed['open'];
  /** An id that neither a template nor a build has. */
  readonly newId: () => string;
  readonly forget: (templateId: string) => void;
  readonly close: () => void;
};

export type BuildsOptions = Omit<BuildLogFeedOptions, 'get'> & {
  readonly clock: Clock;
  readonly registry: Registry;
  /** What the templates that are there were made from. */
  readonly found: readonly (readonly [recipe: Recipe, template: TemplateBody])[];
  /** Printed by every build. */
  readonly noise: readonly string[];
};

/** One more than the documents' own example (docs.hopx.dev get-template-build-status). */
const FIRST_ID = 490;

export function createBuilds({clock, registry, found, noise, ...wire}: BuildsOptions): Builds {
  const known = createShelf(found.map(([recipe, template]) => doneBuild(recipe, template, noise)));
  const agenda = createAgenda(clock, clock.monotonic);
  const logs = createBuildLogFeed({...wire, get: known.get});
  let nextId = FIRST_ID;

  const advance = (id: string, keepsOld: boolean) => {
    const before = known.get(id);
    if (!before) return;
    const build = {...before, reached: before.reached + 1};
    known.put(build);
    if (phaseOf(build) !== phaseOf(before)) enterPhase(registry, build, keepsOld, clock.wall());
    logs.changed(id);
  };

  return {
    start(recipe, template) {
      const {id, build_id} = template;
      const old = registry.find(id);
      const keepsOld = old?.is_active === true;
      const plan = planBuild(recipe, noise);
      const beganAt = clock.monotonic();
      const begun = plan.moments.filter(({afterMs}) => afterMs === 0).length;
      const build = {id: build_id, template, plan, startedAt: clock.wall(), beganAt, reached: begun};
      known.put(build);
      registry.put(keepsOld ? {...old, build_id} : {...template, status: 'building', is_active: false});
      for (const {afterMs} of plan.moments.slice(begun)) {
        agenda.plan(beganAt + afterMs, () => advance(build_id, keepsOld));
      }
      return build;
    },
    find: known.find,
    isUnderWay(templateId) {
      const build = known.find(templateId);
      return build !== undefined && !isFinal(build);
    },
    openLog: logs.open,
    newId() {
      while (known.find(String(nextId)) || registry.find(String(nextId))) nextId += 1;
      return String(nextId);
    },
    forget: known.forget,
    close: agenda.close,
  };
}

function createShelf(first: readonly Build[]) {
  const byId = new Map<string, Build>();
  const newest = new Map<string, string>();
  const put = (build: Build) => {
    byId.set(build.id, build);
    newest.set(build.template.id, build.id);
  };
  first.forEach(put);
  const get = (id: string) => byId.get(id);
  return {
    put,
    get,
    find: (id: string) => get(newest.get(id) ?? id),
    forget(templateId: string) {
      newest.delete(templateId);
      for (const {id, template} of [...byId.values()]) if (template.id === templateId) byId.delete(id);
    },
  };
}

/** What a build comes to is told of its template, but for one that stays in use until it is replaced. */
function enterPhase(registry: Registry, build: Build, keepsOld: boolean, wall: number) {
  const status = phaseOf(build);
  const is_active = status === 'active';
  if (is_active || !keepsOld) registry.put({...build.template, status, is_active, updated_at: timeText(wall)});
}

function doneBuild(recipe: Recipe, template: TemplateBody, noise: readonly string[]): Build {
  const plan = planBuild(recipe, noise);
  const startedAt = Date.parse(template.created_at);
  return {id: template.build_id, template, plan, startedAt, beganAt: 0, reached: plan.moments.length};
}
