import { type Said, saidOf } from '../../detect/ask.ts';
import type { TelemetryStore, TraceFilter, TraceRow } from '../../store/telemetry/telemetry.ts';
import type { Workspace } from '../../store/workspace/workspace.ts';
import type { Candidate } from './reasons.ts';

type SaidOf = (row: Pick<TraceRow, 'scores' | 'signals'>) => Said;

/** What scores and detectors say, by the rules of the project. */
export async function projectSaid(
  workspace: Pick<Workspace, 'project'>,
  project: string,
): Promise<SaidOf> {
  const found = await workspace.project(project);
  return saidOf(found?.settings.scores ?? []);
}

interface Stores {
  readonly store: Pick<TelemetryStore, 'newest' | 'assignmentsOf'>;
  readonly workspace: Pick<Workspace, 'project'>;
}

/** The newest stored failures of a filter, as rules see them; without what people disagree about. */
export async function storedCandidates(
  { store, workspace }: Stores,
  filter: TraceFilter,
  limit: number,
): Promise<readonly Candidate[]> {
  const { project } = filter;
  const [{ items }, said] = await Promise.all([
    store.newest(filter, { limit }),
    projectSaid(workspace, project),
  ]);
  const assignments = await store.assignmentsOf(
    project,
    items.map(({ traceId }) => traceId),
  );
  return items.map((row) => ({
    row,
    assignment: (row.failed && assignments.get(row.traceId)) || null,
    said: said(row),
    disputes: [],
  }));
}
