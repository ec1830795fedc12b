import { CulpritError } from '../../contract/culprit-error.ts';
import type { RowBatch, StoredVerdict, TelemetryStore } from '../../store/telemetry/telemetry.ts';
import type { Finisher } from '../finish/finisher.ts';

export interface JudgeAgainDeps {
  readonly store: Pick<TelemetryStore, 'verdicts' | 'shares' | 'insert'>;
  readonly finisher: Pick<Finisher, 'finish'>;
  /** Resolves when nothing that is more urgent waits. Rejects where this is to stop. */
  readonly turn: () => Promise<void>;
  /** Told after each batch how many traces were judged so far. */
  readonly onJudged: (count: number) => Promise<void>;
  /** A trace that could not be judged; the others are. */
  readonly onFailure: (failure: string) => void;
}

/** Traces that are judged at a time: what arrives meanwhile waits for no more than these. */
const BATCH = 200;

/**
 * Judges the finished traces of a project that another version judged, as ones that arrive now, and assigns the failures to
 * their causes. Rows of traces are written only where the verdict is another. What was done once is not done again: where
 * this breaks off, the next call goes on.
 *
 * A trace keeps its version, which is read before its records: what a late span brings has a higher one, so that it stays,
 * whatever comes first.
 * @param judgedBy names the detectors, facts and causes; the finisher must know them.
 * @returns How many traces were judged.
 */
export async function judgeAgain(
  project: string,
  judgedBy: string,
  deps: JudgeAgainDeps,
): Promise<number> {
  let judged = 0;
  let after: string | null = null;
  do {
    const { verdicts, last } = await deps.store.verdicts(project, judgedBy, after);
    for (let at = 0; at < verdicts.length; at += BATCH) {
      await deps.turn();
      judged += await judgeBatch(project, verdicts.slice(at, at + BATCH), deps);
      await deps.onJudged(judged);
    }
    after = last;
  } while (after !== null);
  return judged;
}

async function judgeBatch(
  project: string,
  verdicts: readonly StoredVerdict[],
  deps: JudgeAgainDeps,
): Promise<number> {
  const known = new Map(verdicts.map((verdict) => [verdict.traceId, verdict]));
  let judged = 0;
  for await (const share of deps.store.shares(project, [...known.keys()])) {
    const traces = share.traceIds.flatMap((traceId) => {
      const verdict = known.get(traceId);
      if (verdict === undefined) return [];
      const { anchor, version, received, expires, weight, source: format } = verdict;
      const records = share.scores.get(traceId) ?? [];
      const scores = records.flatMap((record) =>
        record.kind === 'score' ? [record.score.score] : [],
      );
      const of = { project, traceId, format, anchor, version, received, expires, weight };
      return [{ ...of, known: verdict, places: null, scores }];
    });
    const { rows, failures } = await deps.finisher.finish({ traces, stored: [share.rows] });
    await insert(rows, deps);
    for (const { reason } of failures) deps.onFailure(reason);
    judged += traces.length - failures.length;
  }
  return judged;
}

/** Waits while too much is being written. */
async function insert(rows: RowBatch, { store, turn }: JudgeAgainDeps): Promise<void> {
  for (;;) {
    try {
      await store.insert(rows);
      return;
    } catch (error) {
      if (!(error instanceof CulpritError) || error.code !== 'store_busy') throw error;
      await turn();
    }
  }
}
