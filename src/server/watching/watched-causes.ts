import { decidedAnalysis, decisionsOf } from '../../decide/decide.ts';
import type { Workspace } from '../../store/workspace/workspace.ts';
import type { Analyses } from '../analysis/analyses.ts';
import type { WatchedCause } from './watch-run.ts';

/** The causes of a project in order of rank, as people have decided, each with the causes that were merged into it. */
export async function watchedCauses(
  project: string,
  { analyses, workspace }: { readonly analyses: Analyses; readonly workspace: Workspace },
): Promise<readonly WatchedCause[]> {
  const latest = await analyses.latest(project);
  if (latest === null) return [];
  const decisions = decisionsOf(await workspace.decisions(project));
  const { analysis } = latest.report;
  const ids = Map.groupBy(
    analysis.clusters.map(({ id }) => id),
    decisions.survivor,
  );
  return decidedAnalysis(analysis, decisions, null).clusters.map(({ id, title }) => ({
    ...{ id, title },
    ids: [...new Set([id, ...(ids.get(id) ?? [])])],
  }));
}
