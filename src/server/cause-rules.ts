import { type Decisions, decisionsOf } from '../decide/decide.ts';
import type { CauseRules, TraceFilter } from '../store/telemetry/telemetry.ts';
import type { Workspace } from '../store/workspace/workspace.ts';
import type { Analyses } from './analysis/analyses.ts';

interface Deps {
  readonly workspace: Pick<Workspace, 'decisions'>;
  readonly analyses: Pick<Analyses, 'members'>;
}

/** Where stored failures of a project count at the moment: merges, splits and moves of people, and what no condition describes. */
export async function causeRules(
  { workspace, analyses }: Deps,
  project: string,
  given?: Decisions,
): Promise<CauseRules> {
  const decisions = given ?? decisionsOf(await workspace.decisions(project));
  const { causes, places, survivor } = decisions;
  const merged = [...causes.keys()].filter((cause) => survivor(cause) !== cause);
  const moved = [...places].map(([trace, cause]) => [trace, cause ?? ''] as const);
  return {
    merged: new Map(merged.map((cause) => [cause, survivor(cause)])),
    placed: new Map(
      [...(await analyses.members(project)), ...moved].map(([trace, cause]) => [
        trace,
        survivor(cause),
      ]),
    ),
  };
}

/** A filter that counts failures where people have decided that they count. */
export const decidedFilter = async (deps: Deps, filter: TraceFilter): Promise<TraceFilter> =>
  filter.cause === undefined
    ? filter
    : { ...filter, rules: await causeRules(deps, filter.project) };
