import {type Build, isFinal} from './builds.ts';
import type {State} from './state.ts';

/** The templates, and the builds that they name, are on the screen. */
export const wantsTemplates = ({view}: State): boolean => view === 'templates' || view === 'builds';

/**
 * Builds whose status is worth asking for: those that go on; of which nothing was read only near the cursor, so that a
 * long list does not spend the budget.
 */
export function selectWantedBuilds(state: State): readonly Build[] {
  const {view, builds, screen} = state;
  if (view !== 'builds') return [];
  const rows = [...builds.rows.values()];
  const cursor = Math.max(
    0,
    rows.findIndex(({id}) => id === builds.cursor),
  );
  return rows.filter(
    (build, index) =>
      !(isFinal(build) || build.isUnknown) && (build.status !== undefined || Math.abs(index - cursor) < screen.rows),
  );
}

/** The log to follow, and the template that its build makes. */
export function selectWantedLog({
  view,
  builds,
}: State): {readonly buildId: string; readonly templateId: string | undefined; readonly opening: number} | undefined {
  const {log, rows} = builds;
  if (view !== 'builds' || !log || log.phase === 'ended') return undefined;
  return {buildId: log.buildId, opening: log.opening, templateId: rows.get(log.buildId)?.templateId};
}
