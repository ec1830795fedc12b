import type { StoredVerdict, TelemetryStore } from '../../store/telemetry/telemetry.ts';
import type { Finisher } from '../finish/finisher.ts';

export interface JudgeAgainDeps {
  readonly store: Pick<TelemetryStore, 'verdicts' | 'shares' | 'insert'>;
  readonly finisher: Pick<Finisher, 'finish'>;
  /** A trace that could not be judged; the others are. */
  readonly onFailure: (failure: string) => void;
}

/**
 * Judges every finished trace of a project by its latest model, as one that arrives now, and assigns the failures to their
 * causes. Rows of traces are written only where the verdict is another.
 *
 * A trace keeps its version, which is read before its records: what a late span brings has a higher one, so that it stays,
 * whatever comes first.
 * @param judgedBy names the model; the finisher must know it.
 */
export async function judgeAgain(
  project: string,
  judgedBy: string,
  { store, finisher, onFailure }: JudgeAgainDeps,
): Promise<void> {
  for await (const known of verdicts(project, judgedBy, store)) {
    for await (const share of store.shares(project, [...known.keys()])) {
      const traces = share.traceIds.flatMap((traceId) => {
        const verdict = known.get(traceId);
        if (verdict === undefined) return [];
        const { anchor, version, received, expires, source: format } = verdict;
        const records = share.scores.get(traceId) ?? [];
        const scores = records.flatMap((record) =>
          record.kind === 'score' ? [record.score.score] : [],
        );
        const of = { project, traceId, format, anchor, version, received, expires };
        return [{ ...of, known: verdict, places: null, scores }];
      });
      const { rows, failures } = await finisher.finish({ traces, stored: [share.rows] });
      await store.insert(rows);
      for (const { reason } of failures) onFailure(reason);
    }
  }
}

/** In pages, by trace id. */
async function* verdicts(
  project: string,
  judgedBy: string,
  store: JudgeAgainDeps['store'],
): AsyncGenerator<ReadonlyMap<string, StoredVerdict>> {
  let after: string | null = null;
  for (;;) {
    const page: readonly StoredVerdict[] = await store.verdicts(project, judgedBy, after);
    const last = page.at(-1);
    if (last === undefined) return;
    yield new Map(page.map((verdict) => [verdict.traceId, verdict]));
    after = last.traceId;
  }
}
