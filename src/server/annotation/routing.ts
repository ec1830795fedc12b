import type { Queue, QueueRule } from '../../contract/queue.ts';
import type { TelemetryStore } from '../../store/telemetry/telemetry.ts';
import type { NewItem, Workspace } from '../../store/workspace/workspace.ts';
import type { FinishedRows } from '../finish/finished-trace.ts';
import { projectSaid } from './candidates.ts';
import { disputesOf } from './disputes.ts';
import { type Candidate, meets, reasonsOf } from './reasons.ts';

/** Puts failed traces into queues by their rules, as they are finished: a statement for each batch and queue. */
export interface Routing {
  /** Takes up what was finished. What cannot be written is tried again with the next batch. */
  add(rows: Pick<FinishedRows, 'traces' | 'assignments'>): Promise<void>;
  /** Somebody labeled a trace: where people now disagree about it, it goes to the queues for disagreements. */
  labeled(project: string, traceId: string): Promise<void>;
  /** The rules of a project have changed. */
  forget(project: string): void;
}

interface Deps {
  readonly store: Pick<TelemetryStore, 'traceOf' | 'assignmentsOf'>;
  readonly workspace: Pick<Workspace, 'annotation' | 'project'>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly newId: () => string;
  readonly onError: (error: unknown) => void;
}

/** Failed traces that wait while the workspace is away; more are left out, and said to be. */
const MOST_WAITING = 10_000;
/** Milliseconds after which rules are read again: another server may have changed them. */
const REMEMBERED = 5_000;

interface Waiting {
  readonly row: FinishedRows['traces'][number];
  readonly assignment: FinishedRows['assignments'][number] | null;
}

interface Known {
  readonly queues: readonly Queue[];
  readonly said: Awaited<ReturnType<typeof projectSaid>>;
  readonly until: number;
}

export function routing({ store, workspace, clock, newId, onError }: Deps): Routing {
  const known = new Map<string, Known>();
  let waiting: readonly Waiting[] = [];

  const rulesOf = async (project: string): Promise<Known> => {
    const before = known.get(project);
    if (before !== undefined && before.until > clock()) return before;
    const queues = (await workspace.annotation.queues(project)).filter(
      ({ kind, rules, isClosed }) => kind === 'traces' && rules.length > 0 && !isClosed,
    );
    const said = await projectSaid(workspace, project);
    const now = { queues, said, until: clock() + REMEMBERED };
    known.set(project, now);
    return now;
  };

  const route = async (project: string, traces: readonly Waiting[]): Promise<void> => {
    const { queues, said } = await rulesOf(project);
    if (queues.length === 0) return;
    const candidates = traces.map(
      ({ row, assignment }): Candidate => ({ row, assignment, said: said(row), disputes: [] }),
    );
    for (const { id, rules } of queues) {
      const items = itemsOf(candidates, rules, { newId, at: clock() });
      if (items.length > 0) await workspace.annotation.addItems(project, id, items);
    }
  };

  const routeDispute = async (project: string, traceId: string): Promise<void> => {
    const { queues, said } = await rulesOf(project);
    const wanted = queues.flatMap(({ id, rules }) => {
      const own = rules.filter(({ reason }) => reason === 'disagreement');
      return own.length === 0 ? [] : [{ id, rules: own }];
    });
    if (wanted.length === 0) return;
    const row = await store.traceOf(project, traceId);
    if (row === null) return;
    // As nobody: labels of blind items count once these have all their answers.
    const labels = await workspace.annotation.labels(project, { person: '', subject: traceId });
    const disputes = disputesOf(
      labels.filter(({ kind }) => kind === 'trace'),
      said(row),
    );
    if (disputes.length === 0) return;
    const assignments = await store.assignmentsOf(project, [traceId]);
    const assignment = (row.failed && assignments.get(traceId)) || null;
    for (const { id, rules } of wanted) {
      const candidate = { row, assignment, said: said(row), disputes };
      const items = itemsOf([candidate], rules, { newId, at: clock() });
      if (items.length > 0) await workspace.annotation.addItems(project, id, items);
    }
  };

  return {
    async add({ traces, assignments }) {
      const assigned = new Map(assignments.map((row) => [row.traceId, row]));
      const failed = traces
        .filter((row) => row.failed)
        .map((row): Waiting => ({ row, assignment: assigned.get(row.traceId) ?? null }));
      const all = [...waiting, ...failed];
      waiting = [];
      for (const [project, own] of Map.groupBy(all, ({ row }) => row.project)) {
        try {
          await route(project, own);
        } catch (error) {
          const kept = [...waiting, ...own];
          waiting = kept.slice(0, MOST_WAITING);
          const left = kept.length - waiting.length;
          onError(
            left === 0
              ? error
              : new Error(`${left} failed traces were not put into queues`, { cause: error }),
          );
        }
      }
    },
    async labeled(project, traceId) {
      try {
        await routeDispute(project, traceId);
      } catch (error) {
        onError(error);
      }
    },
    forget: (project) => void known.delete(project),
  };
}

/** Items of the failures that one of the rules takes. */
export function itemsOf(
  candidates: readonly Candidate[],
  rules: readonly QueueRule[],
  { newId, at }: { readonly newId: () => string; readonly at: number },
): readonly NewItem[] {
  return candidates.flatMap((candidate): NewItem[] => {
    const rule = rules.find((each) => meets(candidate, each));
    if (rule === undefined) return [];
    const { traceId: subject } = candidate.row;
    return [{ id: newId(), subject, at, reasons: reasonsOf(candidate, rule) }];
  });
}
