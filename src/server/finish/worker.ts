import type { RawRecord } from '../../collect/collect.ts';
import type { Score } from '../../contract/trace.ts';
import { distinctRecords, type ReadRecord, recordRows } from '../../store/telemetry/rows.ts';
import type { SpoolPlace } from '../ingest/spool.ts';
import { type FinishTrace, joinedRows, NO_ROWS, traceFinisher } from './finish-trace.ts';
import type { FinishedRows, TraceToFinish } from './finished-trace.ts';
import type { FinishAnswer, FinishFailure, FinishRequest } from './finisher.ts';
import { placeReader } from './place-reader.ts';
import { sentDefinitions } from './sent-definitions.ts';

/** What a thread that finishes traces runs. */
const finishers = new Map<string, FinishTrace>();
const sent = sentDefinitions();
const read = placeReader();

export function answer(message: unknown): FinishAnswer {
  const request = message as FinishRequest;
  if (request.kind === 'judging') {
    finishers.set(request.project, traceFinisher(request.judging));
    return { rows: NO_ROWS, failures: [] };
  }
  if (request.kind === 'forget') {
    sent.forget();
    return { rows: NO_ROWS, failures: [] };
  }
  const stored = byTrace(request.stored);
  const done: FinishedRows[] = [];
  const failures: FinishFailure[] = [];
  for (const trace of request.traces) {
    const { project, traceId } = trace;
    try {
      const rows = finished(trace, stored);
      done.push({ ...rows, definitions: sent.take(rows.definitions, trace.received) });
    } catch (error) {
      const reason = `trace ${traceId.slice(0, 100)}: ${String(error).slice(0, 200)}`;
      failures.push({ project, traceId, reason, isUnread: error instanceof UnreadPlaces });
    }
  }
  return { rows: joinedRows(done), failures };
}

function finished(trace: TraceToFinish, stored: StoredRows): FinishedRows {
  const finish = finishers.get(trace.project);
  if (finish === undefined) throw new Error(`no project ${trace.project}`);
  const rows = trace.places === null ? stored.get(keyOf(trace)) : rowsAt(trace.places);
  const records = [...distinctRecords(rows ?? []), ...trace.scores.map(scoreRecord)];
  return finish({ ...trace, format: trace.format || (rows?.[0]?.format ?? '') }, records);
}

/** The file in which the rows were is gone. */
class UnreadPlaces extends Error {}

function rowsAt(places: readonly SpoolPlace[]): readonly ReadRecord[] {
  let bytes: Uint8Array;
  try {
    bytes = read(places);
  } catch (cause) {
    throw new UnreadPlaces(String(cause), { cause });
  }
  return recordRows(bytes);
}

type StoredRows = ReadonlyMap<string, readonly ReadRecord[]>;

function byTrace(stored: readonly Uint8Array[]): StoredRows {
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
