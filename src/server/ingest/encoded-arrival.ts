import {
  aboutOf,
  type RawScore,
  type RawSpan,
  type ReceivedRecord,
} from '../../collect/receive.ts';
import type { Score } from '../../contract/trace.ts';
import type { Redactor } from '../../redact/redact.ts';
import {
  type EncodedRows,
  encodeRows,
  type RecordRow,
  type ScoreRow,
  type StoredRecord,
} from '../../store/telemetry/rows.ts';
import { expiry } from './expiry.ts';
import { redactedRecord } from './redacted-record.ts';
import { scoreRow } from './score-row.ts';
import { withPossibleTimes } from './wrong-clock.ts';

/** Records of one request, for one project. */
export interface Arrival {
  readonly project: string;
  /** Shape or protocol, kept with the records. */
  readonly format: string;
  readonly records: readonly ReceivedRecord[];
  readonly redact: Redactor;
  readonly keepDays: number;
  /** Which of its traces are stored already, where that was looked up. Default: those that began before this process may be. */
  readonly stored?: ReadonlySet<string>;
}

/** Counts of what was read. */
export interface ArrivedCounts {
  readonly spans: number;
  readonly logs: number;
  readonly scores: number;
  /** Runs that have no spans. */
  readonly conversations: number;
  /** Log records that tell nothing about a run; they are not stored. */
  readonly ignoredLogs: number;
}

/** Records of one request as they are stored: redacted, with possible times, by trace. */
export interface EncodedArrival {
  /** Rows of `records`, those of a trace next to each other; null for none. */
  readonly records: EncodedRows | null;
  readonly scores: readonly ScoreRow[];
  readonly traces: readonly ArrivedTrace[];
  /** Parts of spans: they are not among the rows, because they are joined with those that came before. */
  readonly parts: readonly RawSpan[];
  readonly counts: ArrivedCounts;
  /** Of the last record. */
  readonly received: number;
}

/** What arrived of a trace. */
interface ArrivedTrace {
  readonly traceId: string;
  /** The earliest start, in epoch milliseconds; null for scores alone. */
  readonly start: number | null;
  readonly hasRootEnded: boolean;
  /** Of its last record. */
  readonly received: number;
  /** Its rows in the bytes of `records`. */
  readonly begin: number;
  readonly end: number;
  readonly scores: readonly Score[];
}

/**
 * Encodes what arrived. Pure: it may run on any thread.
 * @param now Epoch milliseconds: the clock of the receiver, from which records count up in order of arrival.
 */
export function encodeArrival(
  { project, format, records, redact, keepDays }: Arrival,
  now: number,
): EncodedArrival {
  const gathered = new Map<string, Gathered>();
  const parts: RawSpan[] = [];
  const scores: ScoreRow[] = [];
  const counts = { spans: 0, logs: 0, scores: 0, conversations: 0, ignoredLogs: 0 };
  let received = now;

  const traceOf = (traceId: string, start: number | null): Gathered => {
    let trace = gathered.get(traceId);
    if (trace === undefined) {
      trace = { start, hasRootEnded: false, records: [], scores: [] };
      gathered.set(traceId, trace);
    }
    if (start !== null && start < (trace.start ?? Number.POSITIVE_INFINITY)) trace.start = start;
    return trace;
  };
  const addSpan = (given: RawSpan, isPart: boolean): void => {
    const span = withPossibleTimes(given, now);
    counts.spans++;
    if (isPart) {
      parts.push(span);
      return;
    }
    const trace = traceOf(span.traceId, startOf(span, now));
    trace.records.push({ kind: 'span', span });
    if (isEndedRoot(span)) trace.hasRootEnded = true;
  };

  const addScore = (score: RawScore): void => {
    received += TICK;
    const made = scoreRow(score, { project, keepDays, source: format, now: received });
    scores.push(made);
    counts.scores++;
    if (made.traceId !== '') traceOf(made.traceId, null).scores.push(made.score);
  };

  for (const { record, isPart } of records) {
    const clean = redactedRecord(record, redact);
    if (clean.kind === 'span') addSpan(clean.span, isPart);
    else if (clean.kind === 'log') {
      const about = aboutOf(clean.log);
      if (about === null) counts.ignoredLogs++;
      else if ('score' in about) addScore(about.score);
      else {
        traceOf(about.traceId, clean.log.time ?? now).records.push(clean);
        counts.logs++;
      }
    } else if (clean.kind === 'score') addScore(clean.score);
    else if (clean.conversation.id) {
      // It is whole.
      const trace = traceOf(clean.conversation.id, now);
      trace.records.push(clean);
      trace.hasRootEnded = true;
      counts.conversations++;
    }
  }

  const rows: RecordRow[] = [];
  const traces: (ArrivedTrace & { readonly rows: number })[] = [];
  for (const [traceId, { records: own, ...trace }] of gathered) {
    for (const record of own) {
      received += TICK;
      const expires = expiry(received, keepDays);
      rows.push({ project, format, traceId, record, received, expires });
    }
    traces.push({ traceId, ...trace, received, begin: 0, end: 0, rows: rows.length });
  }
  const [encoded = null] = encodeRows({ records: rows });
  const endOf = (count: number): number => encoded?.ends[count - 1] ?? 0;
  return {
    ...{ records: encoded, scores, parts, counts, received },
    traces: traces.map(({ rows: upTo, ...trace }, at) => ({
      ...trace,
      begin: endOf(traces[at - 1]?.rows ?? 0),
      end: endOf(upTo),
    })),
  };
}

interface Gathered {
  start: number | null;
  hasRootEnded: boolean;
  readonly records: StoredRecord[];
  readonly scores: Score[];
}

/** A microsecond, the finest time that the store keeps. */
export const TICK = 0.001;

export const isEndedRoot = (span: RawSpan): boolean =>
  span.parentId === null && span.endTime !== null;

export const startOf = ({ startTime, endTime }: RawSpan, now: number): number =>
  startTime ?? endTime ?? now;
