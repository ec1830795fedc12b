import { mergedSpan, type RawSpan } from '../../collect/receive.ts';
import { type EncodedRows, encodeRows, type RecordRow } from '../../store/telemetry/rows.ts';
import { RowsRefused, type TelemetryStore } from '../../store/telemetry/telemetry.ts';
import {
  type Arrival,
  type ArrivedCounts,
  type EncodedArrival,
  encodeArrival,
  isEndedRoot,
  startOf,
  TICK,
} from './encoded-arrival.ts';
import { expiry } from './expiry.ts';
import type { OpenTrace, OpenTraces } from './open-traces.ts';
import { recentIds } from './recent-ids.ts';
import { type Spool, type SpoolSlice, sliceOf } from './spool.ts';

/** Whose records arrived. */
type Sender = Pick<Arrival, 'project' | 'format' | 'keepDays' | 'stored'>;

export interface Accepted extends ArrivedCounts {
  /** Why the store refused some of the records, which are lost; null when it took all. */
  readonly refused: RowsRefused | null;
}

/** Makes records durable and hands them to the traces that are being assembled. */
export interface Ingest {
  /** Resolves when everything is durable. Rejects with what the store throws; sending the same again is harmless. */
  accept(arrival: Arrival): Promise<Accepted>;
  /** The same for records that another thread encoded, with `now` of `nextReceived`. */
  store(sender: Sender, encoded: EncodedArrival): Promise<Accepted>;
  /** Epoch milliseconds, later than those of all records so far, so that records keep their order. */
  nextReceived(): number;
  /** A trace that has to be assembled again from the store; `received` is the time of its last record. */
  reopen(project: string, traceId: string, received: number): void;
  /** The trace was finished or put off: what arrives for it from now on is late. */
  finished(project: string, traceId: string): void;
}

export interface IngestDeps {
  readonly store: Pick<TelemetryStore, 'insert' | 'recordsOf'>;
  readonly open: OpenTraces;
  readonly spool: Spool;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Milliseconds as by a clock that nobody sets: how long traces rest is told by it. */
  readonly timer: () => number;
}

/** Ids of finished traces that are remembered. */
const REMEMBERED = 500_000;
/** Clocks of applications may be this much ahead of ours. */
const SKEW = 60_000;

export function ingest({ store, open, spool, clock, timer }: IngestDeps): Ingest {
  const finished = recentIds(REMEMBERED);
  /** Traces that began before may have been stored by an earlier process. */
  const begun = clock();
  let lastReceived = 0;

  const nextReceived = (): number => {
    lastReceived = Math.max(clock(), lastReceived + TICK);
    return lastReceived;
  };

  const keyOf = (project: string, traceId: string): string => `${project}\n${traceId}`;

  /** Without a time: a score, or a record of a trace that is finished. */
  const touch = (
    { project, format, stored }: Sender,
    { traceId, start }: { readonly traceId: string; readonly start: number | null },
    touched: Set<OpenTrace>,
  ): OpenTrace => {
    const isLate = start === null || finished.has(keyOf(project, traceId));
    const isStored = isLate || (stored?.has(traceId) ?? start < begun + SKEW);
    const trace = open.touch({ project, traceId, format, now: timer(), isStored, isLate });
    touched.add(trace);
    return trace;
  };

  /** Hands the rows to their traces. */
  const addRows = (sender: Sender, encoded: EncodedArrival, touched: Set<OpenTrace>): void => {
    const slice = encoded.records === null ? null : spool.append(encoded.records.bytes);
    for (const arrived of encoded.traces) {
      const trace = touch(sender, arrived, touched);
      trace.received = Math.max(trace.received, arrived.received);
      if (arrived.hasRootEnded) open.endRoot(trace);
      open.addScores(trace, arrived.scores);
      addSlice(trace, slice, arrived.begin, arrived.end);
    }
  };
  const addSlice = (
    trace: OpenTrace,
    slice: SpoolSlice | null,
    begin: number,
    end: number,
  ): void => {
    if (begin === end) return;
    if (slice === null) open.release(trace);
    else open.addRows(trace, sliceOf(slice, begin, end));
  };

  /** Parts that are being stored, by trace and span, where the trace is not held. */
  const storing = new Map<string, RawSpan>();

  /** The whole of a span that arrives in parts, with the parts that came before. */
  const wholeSpan = async (trace: OpenTrace, part: RawSpan): Promise<RawSpan> => {
    const key = `${keyOf(trace.project, trace.traceId)}\n${part.spanId}`;
    const before = trace.held?.parts?.get(part.spanId);
    if (before !== undefined) return mergedSpan(before, part);
    if (trace.held !== null) return part;
    const records = storing.has(key) ? [] : await store.recordsOf(trace.project, trace.traceId);
    const stored = records.find(
      (record) => record.kind === 'span' && record.span.spanId === part.spanId,
    );
    // Others may have come while the store was read.
    const known = [stored?.kind === 'span' ? stored.span : undefined, storing.get(key)];
    const whole = known.reduceRight<RawSpan>(
      (later, earlier) => (earlier === undefined ? later : mergedSpan(earlier, later)),
      part,
    );
    storing.set(key, whole);
    return whole;
  };
  const settled = (rows: readonly RecordRow[]): void => {
    for (const { project, traceId, record } of rows) {
      if (record.kind !== 'span') continue;
      const key = `${keyOf(project, traceId)}\n${record.span.spanId}`;
      if (storing.get(key) === record.span) storing.delete(key);
    }
  };

  /** Rows of spans that arrived in parts. */
  const joinParts = async (
    sender: Sender,
    parts: readonly RawSpan[],
    touched: Set<OpenTrace>,
  ): Promise<readonly RecordRow[]> => {
    const { project, format, keepDays } = sender;
    const rows: RecordRow[] = [];
    for (const part of parts) {
      const { traceId } = part;
      const trace = touch(sender, { traceId, start: startOf(part, clock()) }, touched);
      const span = await wholeSpan(trace, part);
      if (isEndedRoot(span)) open.endRoot(trace);
      open.addPart(trace, span);
      const received = nextReceived();
      trace.received = received;
      const expires = expiry(received, keepDays);
      rows.push({ project, format, traceId, record: { kind: 'span', span }, received, expires });
      const [row] = encodeRows({ records: rows.slice(-1) });
      if (row !== undefined) addSlice(trace, spool.append(row.bytes), 0, row.bytes.length);
    }
    return rows;
  };

  const inserted = async (
    rows: Parameters<typeof store.insert>[0],
  ): Promise<RowsRefused | null> => {
    try {
      await store.insert(rows);
      return null;
    } catch (error) {
      if (!(error instanceof RowsRefused)) throw error;
      return error;
    }
  };

  const storeEncoded: Ingest['store'] = async (sender, encoded) => {
    lastReceived = Math.max(lastReceived, encoded.received);
    const touched = new Set<OpenTrace>();
    let joined: readonly RecordRow[] = [];
    try {
      addRows(sender, encoded, touched);
      joined = await joinParts(sender, encoded.parts, touched);
      const records: readonly EncodedRows[] = encoded.records === null ? [] : [encoded.records];
      const refusals = await Promise.all([
        inserted([...records, ...encodeRows({ records: joined })]),
        encoded.scores.length > 0 ? inserted({ scores: encoded.scores }) : null,
      ]);
      const refused = refusals.find((each) => each !== null) ?? null;
      if (refused !== null) for (const trace of touched) open.release(trace);
      return { ...encoded.counts, refused };
    } catch (error) {
      // What is held was not stored: the store is what counts.
      for (const trace of touched) open.release(trace);
      throw error;
    } finally {
      settled(joined);
    }
  };

  return {
    accept: (arrival) => storeEncoded(arrival, encodeArrival(arrival, nextReceived())),
    store: storeEncoded,
    nextReceived,
    reopen(project, traceId, received) {
      const trace = open.touch({
        ...{ project, traceId, format: '', now: Math.min(received, timer()) },
        ...{ isStored: true, isLate: true },
      });
      trace.received = Math.max(trace.received, received);
      // What is held of an open trace may not be all that is stored.
      open.release(trace);
    },
    finished: (project, traceId) => finished.add(keyOf(project, traceId)),
  };
}
