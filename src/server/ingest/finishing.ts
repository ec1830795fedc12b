import { RowsRefused, type TelemetryStore } from '../../store/telemetry/telemetry.ts';
import { joinedRows, NO_ROWS } from '../finish/finish-trace.ts';
import type { TraceToFinish } from '../finish/finished-trace.ts';
import type { FinishAnswer, FinishBatch, Finisher } from '../finish/finisher.ts';
import { expiry } from './expiry.ts';
import type { Ingest } from './ingest.ts';
import type { OpenTrace, OpenTraces } from './open-traces.ts';
import { putOff } from './put-off.ts';
import { recentIds } from './recent-ids.ts';
import { placeOf, type Spool } from './spool.ts';

/** Finishes traces that rest: assembles and judges them, and writes their rows. */
export interface Finishing {
  /** Finishes what is due, in batches, until nothing is; calls while it works join it. `isEnd` finishes all that is known. */
  run(isEnd?: boolean): Promise<void>;
  /** Takes up what an earlier process stored and did not finish. */
  takeUp(since: number): Promise<void>;
  readonly counts: () => FinishCounts;
  readonly backlog: () => Backlog;
}

export interface FinishCounts {
  readonly finished: number;
  readonly superseded: number;
  readonly failed: number;
  /** Traces that could not be assembled or judged; their records are stored. */
  readonly broken: number;
  readonly firstBroken: string | null;
  /** Traces whose records hold no span of an application: scores, also about other traces, and log events that nothing else came for. */
  readonly spanless: number;
}

/** Traces that rest and are not finished yet. All of them are stored: a restart finds them again. */
export interface Backlog {
  readonly traces: number;
  /** How long the oldest of them has waited, in milliseconds; 0 for none. */
  readonly age: number;
}

export interface FinishingDeps {
  readonly store: Pick<TelemetryStore, 'insert' | 'unfinished' | 'unassembled'>;
  readonly open: OpenTraces;
  readonly spool: Spool;
  readonly ingest: Pick<Ingest, 'finished' | 'reopen'>;
  readonly finisher: Finisher;
  /** Makes known how a project is judged. */
  readonly prepare: (project: string) => Promise<unknown>;
  readonly keepDays: (project: string) => number;
  /** Milliseconds as by a clock that nobody sets. */
  readonly clock: () => number;
  /** Told of rows that are stored. */
  readonly onFinished: (rows: FinishAnswer['rows']) => Promise<void>;
  /** A batch that could not be written is tried again with the next run. */
  readonly onError: (error: unknown) => void;
  /** Traces that are taken up at a time; see `OpenTraceLimits.traces`. */
  readonly most: number;
}

const BATCH = 300;
/** Batches at a time: each waits for its rows to be written. */
const LANES = 3;
/** Scores about other traces that are remembered. */
const GIVEN = 100_000;

export function finishing(deps: FinishingDeps): Finishing {
  const { store, open, ingest, spool, finisher, clock } = deps;
  const counts = { finished: 0, superseded: 0, failed: 0, broken: 0, spanless: 0 };
  let firstBroken: string | null = null;
  let running: Promise<void> | null = null;
  const inWork = new Set<OpenTrace>();
  /** Two traces may hold scores about each other. */
  const given = recentIds(GIVEN);
  const later = putOff({
    ...{ store, ingest, most: deps.most },
    isInWork: (project, traceId) =>
      inWork.values().some((trace) => trace.project === project && trace.traceId === traceId),
  });

  const toFinish = async (batch: readonly OpenTrace[]): Promise<FinishBatch> => {
    for (const trace of batch) {
      const slices = trace.held?.slices ?? [];
      const readable = await Promise.all(slices.map(spool.isReadable));
      if (!readable.every(Boolean)) open.release(trace);
    }
    const stored = await Promise.all(
      Map.groupBy(
        batch.filter(({ held }) => held === null),
        ({ project }) => project,
      )
        .entries()
        .map(async ([project, traces]) => {
          const ids = traces.map(({ traceId }) => traceId);
          return { project, ...(await store.unfinished(project, ids)) };
        }),
    );
    const traces = batch.map((trace): TraceToFinish => {
      const { project, traceId, held } = trace;
      const found = held === null ? stored.find((each) => each.project === project) : undefined;
      const row = found?.present.get(traceId);
      const received = Math.max(trace.received, row?.received ?? 0);
      return {
        ...{ project, traceId, received },
        format: row?.source || trace.format,
        anchor: row?.anchor ?? null,
        version: (row?.version ?? 0) + 1,
        weight: row?.weight ?? 1,
        expires: expiry(received, deps.keepDays(project)),
        places: held === null ? null : held.slices.map(placeOf),
        scores: held === null ? (found?.scores.get(traceId) ?? []) : held.scores,
      };
    });
    return { traces, stored: stored.map(({ rows }) => rows) };
  };

  /** A trace on which the thread dies costs no other its verdict. */
  const judged = async (batch: FinishBatch): Promise<FinishAnswer> => {
    const [only] = batch.traces;
    try {
      return await finisher.finish(batch);
    } catch (error) {
      if (finisher.isClosed()) throw error;
      deps.onError(error);
      if (batch.traces.length === 1 && only !== undefined) {
        const { project, traceId } = only;
        const reason = `trace ${traceId}: ${error}`;
        return {
          rows: NO_ROWS,
          failures: [{ project, traceId, reason, isUnread: false }],
        };
      }
    }
    const answers: FinishAnswer[] = [];
    for (const one of batch.traces) answers.push(await judged({ ...batch, traces: [one] }));
    return {
      rows: joinedRows(answers.map(({ rows }) => rows)),
      failures: answers.flatMap(({ failures }) => failures),
    };
  };

  const finishBatch = async (batch: readonly OpenTrace[]): Promise<void> => {
    await Promise.all([...new Set(batch.map(({ project }) => project))].map(deps.prepare));
    const { rows, failures } = await judged(await toFinish(batch));
    const refused = await stored(rows);
    giveAway(rows.scores);
    await deps.onFinished(rows);
    counts.finished += rows.traces.length;
    counts.superseded += rows.traces.filter(({ version }) => version > 1).length;
    counts.failed += rows.traces.filter(({ failed }) => failed).length;
    counts.spanless += batch.length - rows.traces.length - failures.length;
    counts.broken += refused?.count ?? 0;
    firstBroken ??= refused?.message ?? null;
    for (const { project, traceId, reason, isUnread } of failures) {
      if (isUnread) {
        ingest.reopen(project, traceId, clock());
        continue;
      }
      counts.broken++;
      firstBroken ??= reason;
    }
  };

  /** The traces that scores are about are judged again, once for each score. */
  const giveAway = (scores: FinishAnswer['rows']['scores']): void => {
    for (const row of scores) {
      const { project, traceId, id, score } = row;
      const key = JSON.stringify([project, traceId, id, score]);
      // One that names a span alone is placed later.
      if (traceId === '' || given.has(key)) continue;
      given.add(key);
      ingest.reopen(project, traceId, clock());
    }
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
      for (const trace of batch) {
        inWork.add(trace);
        // What arrives from now on is late, also while this batch is worked on.
        ingest.finished(trace.project, trace.traceId);
      }
      try {
        await finishBatch(batch);
      } catch (error) {
        for (const { project, traceId, received } of batch)
          ingest.reopen(project, traceId, received);
        // The next start takes up what was not judged.
        if (finisher.isClosed()) return;
        finisher.forget();
        deps.onError(error);
        return;
      } finally {
        for (const trace of batch) {
          inWork.delete(trace);
          open.release(trace);
        }
      }
    }
  };

  /** Puts off traces beyond what is kept in memory. */
  const bound = (): void => {
    for (const { project, traceId, received } of open.takeExcess(clock())) {
      ingest.finished(project, traceId);
      later.add(received, 1);
    }
  };

  const runAll = async (isEnd: boolean): Promise<void> => {
    await Promise.all(Array.from({ length: LANES }, () => runLane(isEnd)));
    if (open.size() < deps.most / 2) await later.takeUp().catch(deps.onError);
  };

  return {
    run(isEnd = false) {
      bound();
      running ??= runAll(isEnd).finally(() => {
        running = null;
      });
      return running;
    },
    async takeUp(since) {
      later.add(since, 0);
      await later.takeUp();
    },
    counts: () => ({ ...counts, firstBroken }),
    backlog() {
      const now = clock();
      const due = open.due(now);
      const oldest = Math.min(due.since ?? now, later.since() ?? now);
      return {
        traces: due.traces + inWork.size + later.traces(),
        age: Math.max(0, now - oldest),
      };
    },
  };
}
