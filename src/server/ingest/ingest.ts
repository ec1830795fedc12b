import {
  aboutOf,
  mergedSpan,
  type RawConversation,
  type RawLog,
  type RawScore,
  type RawSpan,
  type ReceivedRecord,
} from '../../collect/receive.ts';
import type { Redactor } from '../../redact/redact.ts';
import {
  type RecordRow,
  RowsRefused,
  type ScoreRow,
  type TelemetryStore,
} from '../../store/telemetry/telemetry.ts';
import { expiry } from './expiry.ts';
import type { OpenTrace, OpenTraces } from './open-traces.ts';
import { recentIds } from './recent-ids.ts';
import { redactedRecord } from './redacted-record.ts';
import { scoreRow } from './score-row.ts';
import { withPossibleTimes } from './wrong-clock.ts';

/** Records of one request, for one project. */
interface Arrival {
  readonly project: string;
  /** Shape or protocol, kept with the records. */
  readonly format: string;
  readonly records: readonly ReceivedRecord[];
  readonly redact: Redactor;
  readonly keepDays: number;
  /** Which of its traces are stored already, where that was looked up. Default: those that began before this process may be. */
  readonly stored?: ReadonlySet<string>;
}

export interface Accepted {
  readonly spans: number;
  readonly logs: number;
  readonly scores: number;
  /** Runs that have no spans. */
  readonly conversations: number;
  /** Log records that tell nothing about a run; they are not stored. */
  readonly ignoredLogs: number;
  /** Why the store refused some of the records, which are lost; null when it took all. */
  readonly refused: RowsRefused | null;
}

/** Makes records durable and hands them to the traces that are being assembled. */
export interface Ingest {
  /** Resolves when everything is durable. Rejects with what the store throws; sending the same again is harmless. */
  accept(arrival: Arrival): Promise<Accepted>;
  /** A trace that has to be assembled again from the store; `received` is the time of its last record. */
  reopen(project: string, traceId: string, received: number): void;
  /** The trace was finished: what arrives for it from now on is late. */
  finished(project: string, traceId: string): void;
}

export interface IngestDeps {
  readonly store: Pick<TelemetryStore, 'insert' | 'recordsOf'>;
  readonly open: OpenTraces;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Milliseconds as by a clock that nobody sets: how long traces rest is told by it. */
  readonly timer: () => number;
}

/** Ids of finished traces that are remembered. */
const REMEMBERED = 500_000;
/** Clocks of applications may be this much ahead of ours. */
const SKEW = 60_000;

export function ingest({ store, open, clock, timer }: IngestDeps): Ingest {
  const finished = recentIds(REMEMBERED);
  /** Traces that began before may have been stored by an earlier process. */
  const begun = clock();
  let lastReceived = 0;

  /** Later than all before, so that records keep their order. */
  const receivedNow = (): number => {
    lastReceived = Math.max(clock(), lastReceived + 0.001);
    return lastReceived;
  };

  const keyOf = (project: string, traceId: string): string => `${project}\n${traceId}`;

  /** Without a time: a score, or a record of a trace that is finished. */
  const touch = (arrival: Arrival, traceId: string, startTime: number | null): OpenTrace => {
    const { project, format } = arrival;
    const isLate = startTime === null || finished.has(keyOf(project, traceId));
    const isStored = isLate || (arrival.stored?.has(traceId) ?? startTime < begun + SKEW);
    return open.touch({ project, traceId, format, now: timer(), isStored, isLate });
  };

  /** Parts that are being stored, by trace and span, where the trace is not in memory. */
  const storing = new Map<string, RawSpan>();

  /** The whole of a span that arrives in parts, with the parts that came before. */
  const wholeSpan = async (trace: OpenTrace, part: RawSpan): Promise<RawSpan> => {
    const key = `${keyOf(trace.project, trace.traceId)}\n${part.spanId}`;
    const before = trace.held?.spans.get(part.spanId);
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
  const settled = ({ project }: Arrival, rows: readonly RecordRow[]): void => {
    for (const { traceId, record } of rows) {
      if (record.kind !== 'span') continue;
      const key = `${keyOf(project, traceId)}\n${record.span.spanId}`;
      if (storing.get(key) === record.span) storing.delete(key);
    }
  };

  const accept: Ingest['accept'] = async (arrival) => {
    const { project, format, redact, keepDays } = arrival;
    const records: RecordRow[] = [];
    const scores: ScoreRow[] = [];
    const touched = new Set<OpenTrace>();
    const accepted = { spans: 0, logs: 0, scores: 0, conversations: 0, ignoredLogs: 0 };
    let refused: RowsRefused | null = null;
    const now = clock();

    const addSpan = async (given: RawSpan, isPart: boolean): Promise<void> => {
      const timed = withPossibleTimes(given, now);
      const trace = touch(arrival, timed.traceId, timed.startTime ?? timed.endTime ?? now);
      touched.add(trace);
      const span = isPart ? await wholeSpan(trace, timed) : timed;
      open.addSpan(trace, span);
      records.push(row({ kind: 'span', span }, trace));
      accepted.spans++;
    };
    const addLog = (log: RawLog, traceId: string): void => {
      const trace = touch(arrival, traceId, log.time ?? now);
      touched.add(trace);
      open.addLog(trace, log);
      records.push(row({ kind: 'log', log }, trace));
      accepted.logs++;
    };
    const addScore = (score: RawScore): void => {
      const made = scoreRow(score, {
        ...{ project, keepDays, source: format },
        now: receivedNow(),
      });
      scores.push(made);
      accepted.scores++;
      if (made.traceId === '') return;
      const trace = touch(arrival, made.traceId, null);
      touched.add(trace);
      open.addScore(trace, made.score);
    };
    const addConversation = (conversation: RawConversation): void => {
      if (conversation.id === null || conversation.id === '') return;
      const trace = touch(arrival, conversation.id, now);
      touched.add(trace);
      open.addConversation(trace, conversation);
      records.push(row({ kind: 'conversation', conversation }, trace));
      accepted.conversations++;
    };
    const row = (record: RecordRow['record'], trace: OpenTrace): RecordRow => {
      trace.received = receivedNow();
      const { traceId, received } = trace;
      const expires = expiry(received, keepDays);
      return { project, format, traceId, record, received, expires };
    };

    for (const { record, isPart } of arrival.records) {
      const clean = redactedRecord(record, redact);
      if (clean.kind === 'span') await addSpan(clean.span, isPart);
      else if (clean.kind === 'log') {
        const about = aboutOf(clean.log);
        if (about === null) accepted.ignoredLogs++;
        else if ('score' in about) addScore(about.score);
        else addLog(clean.log, about.traceId);
      } else if (clean.kind === 'score') addScore(clean.score);
      else addConversation(clean.conversation);
    }
    try {
      await store.insert({ records, scores });
    } catch (error) {
      // What is in memory was not stored: the store is what counts.
      for (const trace of touched) open.release(trace);
      if (!(error instanceof RowsRefused)) throw error;
      refused = error;
    } finally {
      settled(arrival, records);
    }
    return { ...accepted, refused };
  };

  return {
    accept,
    reopen(project, traceId, received) {
      const trace = open.touch({
        ...{ project, traceId, format: '', now: Math.min(received, timer()) },
        ...{ isStored: true, isLate: true },
      });
      trace.received = Math.max(trace.received, received);
    },
    finished: (project, traceId) => finished.add(keyOf(project, traceId)),
  };
}
