import type { RawRecord } from '../../collect/collect.ts';
import type { Score } from '../../contract/trace.ts';
import { distinctRecords, type ReadRecord, recordRows } from '../../store/telemetry/rows.ts';
import { finishTrace } from './finish-trace.ts';
import type { FinishedRows, ProjectJudging, TraceToFinish } from './finished-trace.ts';
import type { FinishAnswer, FinishFailure, FinishRequest } from './finisher.ts';
import { placeReader } from './place-reader.ts';

/** What a thread that finishes traces runs. */
const judgings = new Map<string, ProjectJudging>();
const read = placeReader();

export function answer(message: unknown): FinishAnswer {
  const request = message as FinishRequest;
  if (request.kind === 'judging') {
    judgings.set(request.project, request.judging);
    return { rows: { traces: [], signals: [] }, failures: [] };
  }
  const stored = byTrace(request.stored);
  const done: FinishedRows[] = [];
  const failures: FinishFailure[] = [];
  for (const trace of request.traces) {
    const { project, traceId, places } = trace;
    try {
      done.push(finished(trace, places === null ? stored.get(keyOf(trace)) : spooled(trace)));
    } catch (error) {
      const reason = `trace ${traceId.slice(0, 100)}: ${String(error).slice(0, 200)}`;
      failures.push({ project, traceId, reason, isUnread: error instanceof UnreadPlaces });
    }
  }
  return {
    rows: {
      traces: done.flatMap(({ traces }) => traces),
      signals: done.flatMap(({ signals }) => signals),
    },
    failures,
  };
}

function finished(trace: TraceToFinish, rows: readonly ReadRecord[] = []): FinishedRows {
  const judging = judgings.get(trace.project);
  if (judging === undefined) throw new Error(`no project ${trace.project}`);
  const records = [...distinctRecords(rows), ...trace.scores.map(scoreRecord)];
  return finishTrace(
    { ...trace, format: trace.format || (rows[0]?.format ?? '') },
    records,
    judging,
  );
}

/** The file in which the rows were is gone. */
class UnreadPlaces extends Error {}

function spooled({ places }: TraceToFinish): readonly ReadRecord[] {
  let bytes: Uint8Array;
  try {
    bytes = read(places ?? []);
  } catch (cause) {
    throw new UnreadPlaces(String(cause), { cause });
  }
  return recordRows(bytes);
}

function byTrace(stored: readonly Uint8Array[]): ReadonlyMap<string, readonly ReadRecord[]> {
  const traces = new Map<string, ReadRecord[]>();
  for (const row of stored.flatMap(recordRows)) {
    const known = traces.get(keyOf(row));
    if (known === undefined) traces.set(keyOf(row), [row]);
    else known.push(row);
  }
  return traces;
}

const keyOf = ({ project, traceId }: { readonly project: string; readonly traceId: string }) =>
  `${project}\n${traceId}`;

const scoreRecord = (score: Score): RawRecord => ({
  kind: 'score',
  score: { traceId: null, sessionId: null, responseId: null, score },
});
