import type { RawRecord } from '../../collect/collect.ts';
import { RowsRefused, type TelemetryStore } from '../../store/telemetry/telemetry.ts';
import { joinedRows, NO_ROWS } from '../finish/finish-trace.ts';
import type { FinishedTrace } from '../finish/finished-trace.ts';
import type { FinishAnswer, Finisher } from '../finish/finisher.ts';
import { expiry } from './expiry.ts';
import type { Ingest } from './ingest.ts';
import type { OpenTrace, OpenTraces } from './open-traces.ts';

/** Finishes traces that rest: assembles and judges them, and writes their rows. */
export interface Finishing {
  /** Finishes what is due, in batches, until nothing is; calls while it works join it. `isEnd` finishes all. */
  run(isEnd?: boolean): Promise<void>;
  readonly counts: () => FinishCounts;
}

export interface FinishCounts {
  readonly finished: number;
  readonly superseded: number;
  readonly failed: number;
  /** Traces that could not be assembled or judged; their records are stored. */
  readonly broken: number;
  readonly firstBroken: string | null;
  /** Traces whose records hold no span: scores and log events that nothing else came for. */
  readonly spanless: number;
}

export interface FinishingDeps {
  readonly store: Pick<TelemetryStore, 'insert' | 'recordsOf' | 'traceOf'>;
  readonly open: OpenTraces;
  readonly ingest: Pick<Ingest, 'finished' | 'reopen'>;
  readonly finisher: Finisher;
  /** Makes known how a project is judged. */
  readonly prepare: (project: string) => Promise<unknown>;
  readonly keepDays: (project: string) => number;
  /** Milliseconds as by a clock that nobody sets. */
  readonly clock: () => number;
  /** A batch that could not be written is tried again with the next run. */
  readonly onError: (error: unknown) => void;
}

const BATCH = 100;
/** Batches at a time: each waits for its rows to be written. */
const LANES = 4;

export function finishing(deps: FinishingDeps): Finishing {
  const { store, open, ingest, finisher, clock } = deps;
  const counts = { finished: 0, superseded: 0, failed: 0, broken: 0, spanless: 0 };
  let firstBroken: string | null = null;
  let running: Promise<void> | null = null;

  const recordsIn = async (trace: OpenTrace): Promise<FinishedTrace> => {
    const { project, traceId, format, held } = trace;
    const row = held === null ? await store.traceOf(project, traceId) : null;
    const received = Math.max(trace.received, row?.received ?? 0);
    return {
      ...{ project, traceId, received },
      format: row?.source || format,
      records: held === null ? await store.recordsOf(project, traceId) : recordsOf(trace),
      anchor: row?.anchor ?? null,
      version: (row?.version ?? 0) + 1,
      expires: expiry(received, deps.keepDays(project)),
    };
  };

  /** A trace on which the thread dies costs no other its verdict. */
  const judged = async (given: readonly FinishedTrace[]): Promise<FinishAnswer> => {
    try {
      return await finisher.finish(given);
    } catch (error) {
      deps.onError(error);
      const [only] = given;
      if (given.length === 1 && only !== undefined)
        return { rows: NO_ROWS, failures: [`trace ${only.traceId}: ${error}`] };
    }
    const answers: FinishAnswer[] = [];
    for (const one of given) answers.push(await judged([one]));
    return {
      rows: joinedRows(answers.map(({ rows }) => rows)),
      failures: answers.flatMap(({ failures }) => failures),
    };
  };

  const finishBatch = async (batch: readonly OpenTrace[]): Promise<void> => {
    await Promise.all([...new Set(batch.map(({ project }) => project))].map(deps.prepare));
    const given = await Promise.all(batch.map(recordsIn));
    const { rows, failures } = await judged(given);
    const refused = await stored(rows);
    counts.finished += rows.traces.length;
    counts.superseded += rows.traces.filter(({ version }) => version > 1).length;
    counts.failed += rows.traces.filter(({ failed }) => failed).length;
    counts.broken += failures.length + (refused?.count ?? 0);
    counts.spanless += given.length - rows.traces.length - failures.length;
    firstBroken ??= failures[0] ?? refused?.message ?? null;
  };

  /** Rows that the store refuses are counted and not tried again, as records that cannot be judged. */
  const stored = async (rows: FinishAnswer['rows']): Promise<RowsRefused | null> => {
    try {
      await store.insert(rows);
      return null;
    } catch (error) {
      if (!(error instanceof RowsRefused)) throw error;
      return error;
    }
  };

  const runLane = async (isEnd: boolean): Promise<void> => {
    for (;;) {
      const batch = open.take(clock(), BATCH, isEnd);
      if (batch.length === 0) return;
      // What arrives from now on is late, also while this batch is worked on.
      for (const { project, traceId } of batch) ingest.finished(project, traceId);
      try {
        await finishBatch(batch);
      } catch (error) {
        for (const { project, traceId, received } of batch)
          ingest.reopen(project, traceId, received);
        deps.onError(error);
        return;
      }
    }
  };

  return {
    run(isEnd = false) {
      running ??= Promise.all(Array.from({ length: LANES }, () => runLane(isEnd)))
        .then(() => {})
        .finally(() => {
          running = null;
        });
      return running;
    },
    counts: () => ({ ...counts, firstBroken }),
  };
}

function recordsOf({ held, traceId }: OpenTrace): readonly RawRecord[] {
  if (held === null) return [];
  const { conversation } = held;
  return [
    ...(conversation === null ? [] : [{ kind: 'conversation', conversation } as const]),
    ...held.spans.values().map((span): RawRecord => ({ kind: 'span', span })),
    ...held.logs.map((log): RawRecord => ({ kind: 'log', log })),
    ...held.scores.map(
      (score): RawRecord => ({
        kind: 'score',
        score: { traceId, sessionId: null, responseId: null, score },
      }),
    ),
  ];
}
