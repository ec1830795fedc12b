import type { TelemetryStore } from '../../store/telemetry/telemetry.ts';
import type { Finisher } from '../finish/finisher.ts';
import { batches, type TraceRecords } from './batches.ts';

export interface JudgeAgainDeps {
  readonly store: Pick<TelemetryStore, 'stream' | 'verdictsOf' | 'insert'>;
  readonly finisher: Pick<Finisher, 'finish'>;
  /** A trace that could not be judged; the others are. */
  readonly onFailure: (failure: string) => void;
}

/**
 * Judges every finished trace of a project by its latest model, as one that arrives now, and assigns the failures to their
 * causes. Rows of traces are written only where the verdict is another. A trace that gets new spans meanwhile is left to its
 * own assembly, which judges by the same model.
 * @param judgedBy names the model; the finisher must know it.
 */
export async function judgeAgain(
  project: string,
  judgedBy: string,
  { store, finisher, onFailure }: JudgeAgainDeps,
): Promise<void> {
  for await (const batch of batches(store.stream({ project }))) {
    const verdicts = await store.verdictsOf(
      project,
      batch.map(({ traceId }) => traceId),
    );
    const traces = batch.flatMap(({ traceId, records }: TraceRecords) => {
      const known = verdicts.get(traceId);
      if (known === undefined || known.detectorVersion === judgedBy) return [];
      const { anchor, received, expires, source: format } = known;
      const version = known.version + 1;
      const of = { project, traceId, format, anchor, version, received, expires, known };
      return [{ ...of, records, places: null, scores: [] }];
    });
    if (traces.length === 0) continue;
    const { rows, failures } = await finisher.finish({ traces, stored: [] });
    await store.insert(rows);
    for (const { reason } of failures) onFailure(reason);
  }
}
