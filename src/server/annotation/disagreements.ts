import type { TelemetryStore } from '../../store/telemetry/telemetry.ts';
import type { Workspace } from '../../store/workspace/workspace.ts';
import { projectSaid } from './candidates.ts';
import { disputesOf } from './disputes.ts';

interface Deps {
  readonly store: Pick<TelemetryStore, 'newest'>;
  readonly workspace: Pick<Workspace, 'annotation' | 'project'>;
}

/** What people said within a time, and disagree about with each other, with scores and detectors, and with proposals. */
interface FoundDisagreements {
  readonly people: number;
  readonly judges: number;
  readonly proposals: number;
  /** Ids of traces that somebody has labeled. */
  readonly labeled: ReadonlySet<string>;
}

/** Traces that are looked at, those labeled last. */
const MOST = 1_000;

/**
 * Traces that somebody has to settle, among the last thousand that people have labeled. Answers to blind items that want
 * more answers are left out. @param since epoch milliseconds; proposals that were changed before count no more.
 */
export async function disagreementsIn(
  { store, workspace }: Deps,
  project: string,
  since: number,
): Promise<FoundDisagreements> {
  const all = await workspace.annotation.labels(project, { person: '' });
  const byTrace = Map.groupBy(
    all.filter(({ kind }) => kind === 'trace'),
    ({ subject }) => subject,
  );
  const ids = [...byTrace.keys()].slice(0, MOST);
  const [said, { items }] = await Promise.all([
    projectSaid(workspace, project),
    ids.length === 0 ? { items: [] } : store.newest({ project, ids }, { limit: MOST }),
  ]);
  const rows = new Map(items.map((row) => [row.traceId, row]));
  let [people, judges, proposals] = [0, 0, 0];
  for (const id of ids) {
    const labels = byTrace.get(id)!;
    const row = rows.get(id);
    const disputes = disputesOf(labels, row === undefined ? NOTHING_SAID : said(row));
    if (disputes.includes('two people')) people++;
    if (disputes.some((each) => each.startsWith('a person and'))) judges++;
    const isOther = labels.some(
      ({ proposal, at }) => at >= since && (proposal === 'edited' || proposal === 'rejected'),
    );
    if (isOther && !labels.some(({ settles }) => settles)) proposals++;
  }
  return { people, judges, proposals, labeled: new Set(byTrace.keys()) };
}

const NOTHING_SAID = { scores: null, detectors: false };
