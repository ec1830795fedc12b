import type { Queue } from '../../contract/queue.ts';
import type { NewItem, Workspace } from '../../store/workspace/workspace.ts';
import type { FinishedRows } from '../finish/finished-trace.ts';
import { meets, reasonsOf } from './reasons.ts';

/** Puts failed traces into queues by their rules, as they are finished: a statement for each batch and queue. */
export interface Routing {
  /** Takes up what was finished. What cannot be written is tried again with the next batch. */
  add(rows: Pick<FinishedRows, 'traces' | 'assignments'>): Promise<void>;
  /** The rules of a project have changed. */
  forget(project: string): void;
}

interface Deps {
  readonly workspace: Pick<Workspace, 'annotation'>;
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
  readonly cause: string;
}

export function routing({ workspace, clock, newId, onError }: Deps): Routing {
  const known = new Map<string, { readonly queues: readonly Queue[]; readonly until: number }>();
  let waiting: readonly Waiting[] = [];

  const queuesOf = async (project: string): Promise<readonly Queue[]> => {
    const before = known.get(project);
    if (before !== undefined && before.until > clock()) return before.queues;
    const queues = (await workspace.annotation.queues(project)).filter(
      ({ kind, rules, isClosed }) => kind === 'traces' && rules.length > 0 && !isClosed,
    );
    known.set(project, { queues, until: clock() + REMEMBERED });
    return queues;
  };

  const route = async (project: string, traces: readonly Waiting[]): Promise<void> => {
    for (const queue of await queuesOf(project)) {
      const items = traces.flatMap(({ row, cause }): NewItem[] => {
        const rule = queue.rules.find(
          (each) => (each.cause === undefined || each.cause === cause) && meets(row, each),
        );
        if (rule === undefined) return [];
        const { traceId: subject } = row;
        return [{ id: newId(), subject, at: clock(), reasons: reasonsOf(row, rule) }];
      });
      if (items.length > 0) await workspace.annotation.addItems(project, queue.id, items);
    }
  };

  return {
    async add({ traces, assignments }) {
      const causes = new Map(assignments.map(({ traceId, cluster }) => [traceId, cluster]));
      const failed = traces
        .filter((row) => row.failed)
        .map((row): Waiting => ({ row, cause: causes.get(row.traceId) ?? '' }));
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
    forget: (project) => void known.delete(project),
  };
}
