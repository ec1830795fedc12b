import { type RawSpan, spanSize } from '../../collect/receive.ts';
import type { Score } from '../../contract/trace.ts';
import type { Spool, SpoolSlice } from './spool.ts';

/** When traces are finished, in milliseconds, and how much of them is kept in memory. */
export interface OpenTraceLimits {
  /** A trace whose root has ended is finished when nothing has arrived for this long. */
  readonly quiet: number;
  /** A trace without an ended root is finished when nothing has arrived for this long. */
  readonly rootless: number;
  /** Every trace is finished this long after its first record. */
  readonly oldest: number;
  /** Bytes of scores and of spans that arrive in parts; beyond them, traces quiet for longest are read from the store when they are finished. */
  readonly bytes: number;
  /** Traces; beyond them, those that are due but were not finished yet are put off and found again in the store. */
  readonly traces: number;
}

export const OPEN_TRACE_LIMITS: OpenTraceLimits = {
  quiet: 30_000,
  rootless: 600_000,
  oldest: 86_400_000,
  bytes: 64 * 1024 * 1024,
  traces: 250_000,
};

/** A trace that is still arriving. */
export interface OpenTrace {
  readonly project: string;
  readonly traceId: string;
  /** Of its first record. */
  readonly format: string;
  readonly first: number;
  last: number;
  /** Of its last record, as in the rows. */
  received: number;
  hasRootEnded: boolean;
  /** Null when its records have to be read from the store. */
  held: HeldRecords | null;
}

/** What is known of the records of an open trace without asking the store. */
interface HeldRecords {
  /** Its rows. */
  readonly slices: SpoolSlice[];
  readonly scores: Score[];
  /** Spans that arrive in parts, as far as they are known, with their sizes. */
  parts: Map<string, RawSpan> | null;
  bytes: number;
}

/** Traces that are still arriving. Times are those that the caller passes in, in milliseconds. */
export interface OpenTraces {
  /** The open trace of that id, opened when new. */
  touch(at: TraceArrival): OpenTrace;
  /** Its root has ended: it need not wait for more than a short rest. */
  endRoot(trace: OpenTrace): void;
  addRows(trace: OpenTrace, slice: SpoolSlice): void;
  addPart(trace: OpenTrace, span: RawSpan): void;
  addScores(trace: OpenTrace, scores: readonly Score[]): void;
  /** Nothing more is expected of the trace: it is finished when traces are next taken. */
  complete(project: string, traceId: string): void;
  /** Lets the store be read for a trace: what is held may not have been stored, or is not all. */
  release(trace: OpenTrace): void;
  /** Takes out the traces that are finished by now, at most `most`; all of them with `isEnd`. */
  take(now: number, most: number, isEnd?: boolean): readonly OpenTrace[];
  /** Takes out traces beyond the limit, those first that would be finished last of those that are due. */
  takeExcess(now: number): readonly OpenTrace[];
  /** Traces that are due, and since when the oldest of them is; null for none. */
  due(now: number): { readonly traces: number; readonly since: number | null };
  readonly size: () => number;
  /** In memory. */
  readonly bytes: () => number;
}

interface TraceArrival {
  readonly project: string;
  readonly traceId: string;
  readonly format: string;
  readonly now: number;
  /** Some of it may be in the store already. */
  readonly isStored: boolean;
  /** It need not wait for its root. */
  readonly isLate: boolean;
}

const SCORE_BYTES = 256;

export function openTraces(limits: OpenTraceLimits, spool: Pick<Spool, 'release'>): OpenTraces {
  // Each quiet longest first.
  const ended = new Map<string, OpenTrace>();
  const unended = new Map<string, OpenTrace>();
  /** Traces that were quiet for long enough when it was last looked, due longest first: hundreds of thousands may wait. */
  const rested = new Map<string, OpenTrace>();
  /** Traces that never rest. */
  const overdue = new Map<string, OpenTrace>();
  /** Traces that hold something in memory, in the order in which they began to. */
  const holding = new Set<OpenTrace>();
  let bytes = 0;

  const keyOf = ({ project, traceId }: Pick<OpenTrace, 'project' | 'traceId'>): string =>
    `${project}\n${traceId}`;
  const placeOf = (trace: OpenTrace) => (trace.hasRootEnded ? ended : unended);
  const find = (key: string): OpenTrace | undefined =>
    ended.get(key) ?? unended.get(key) ?? rested.get(key);
  const size = (): number => ended.size + unended.size + rested.size;

  const letGo = (trace: OpenTrace): void => {
    bytes -= trace.held?.bytes ?? 0;
    holding.delete(trace);
  };
  const release = (trace: OpenTrace): void => {
    letGo(trace);
    for (const slice of trace.held?.slices ?? []) spool.release(slice);
    trace.held = null;
  };
  const grow = (trace: OpenTrace, by: number): void => {
    if (trace.held === null) return;
    trace.held.bytes += by;
    bytes += by;
    holding.add(trace);
    for (const each of holding) {
      if (bytes <= limits.bytes) return;
      release(each);
    }
  };
  const isQuiet = (trace: OpenTrace, now: number): boolean => now >= dueAt(trace);
  const dueAt = (trace: OpenTrace): number =>
    trace.last + (trace.hasRootEnded ? limits.quiet : limits.rootless);
  const remove = (key: string, trace: OpenTrace): void => {
    for (const place of [overdue, ended, unended, rested]) place.delete(key);
    letGo(trace);
  };
  /** All traces that are due. Each is moved once, so that a look costs no more than what became due since the last one. */
  const quiet = (now: number): ReadonlyMap<string, OpenTrace> => {
    const found: [string, OpenTrace][] = [];
    for (const traces of [ended, unended])
      for (const entry of traces) {
        // Those behind it were touched later.
        if (!isQuiet(entry[1], now)) break;
        found.push(entry);
      }
    for (const [key, trace] of found.sort(([, a], [, b]) => dueAt(a) - dueAt(b))) {
      placeOf(trace).delete(key);
      rested.set(key, trace);
    }
    return rested;
  };

  return {
    touch({ project, traceId, format, now, isStored, isLate }) {
      const key = keyOf({ project, traceId });
      let trace = find(key);
      if (trace === undefined) {
        const held = isStored ? null : { slices: [], scores: [], parts: null, bytes: 0 };
        trace = {
          project,
          traceId,
          format,
          first: now,
          last: now,
          received: now,
          hasRootEnded: isLate,
          held,
        };
      } else {
        trace.last = Math.max(trace.last, now);
        placeOf(trace).delete(key);
        rested.delete(key);
      }
      placeOf(trace).set(key, trace);
      if (now - trace.first >= limits.oldest) overdue.set(key, trace);
      return trace;
    },
    endRoot(trace) {
      if (trace.hasRootEnded) return;
      const key = keyOf(trace);
      unended.delete(key);
      rested.delete(key);
      trace.hasRootEnded = true;
      ended.set(key, trace);
    },
    addRows(trace, slice) {
      if (trace.held === null) spool.release(slice);
      else trace.held.slices.push(slice);
    },
    addPart(trace, span) {
      if (trace.held === null) return;
      trace.held.parts ??= new Map();
      const known = trace.held.parts.get(span.spanId);
      trace.held.parts.set(span.spanId, span);
      grow(trace, spanSize(span) - (known === undefined ? 0 : spanSize(known)));
    },
    addScores(trace, scores) {
      if (trace.held === null || scores.length === 0) return;
      trace.held.scores.push(...scores);
      const texts = scores.reduce((sum, score) => sum + (score.explanation?.length ?? 0), 0);
      grow(trace, scores.length * SCORE_BYTES + texts);
    },
    complete(project, traceId) {
      const key = keyOf({ project, traceId });
      const trace = find(key);
      if (trace !== undefined) overdue.set(key, trace);
    },
    release,
    take(now, most, isEnd = false) {
      const taken: OpenTrace[] = [];
      const from = (traces: Iterable<[string, OpenTrace]>): void => {
        for (const [key, trace] of traces) {
          if (taken.length >= most) return;
          remove(key, trace);
          taken.push(trace);
        }
      };
      for (const traces of isEnd ? [overdue, rested, ended, unended] : [overdue, quiet(now)])
        from(traces);
      return taken;
    },
    takeExcess(now) {
      if (size() <= limits.traces) return [];
      // Some more than needed, so that the list is not made for each request.
      const most = Math.ceil(limits.traces / 10);
      const due = [...quiet(now)];
      const taken = due.length > 0 ? due.slice(-most) : [...ended, ...unended].slice(0, most);
      for (const [key, trace] of taken) {
        remove(key, trace);
        release(trace);
      }
      return taken.map(([, trace]) => trace);
    },
    due(now) {
      const resting = quiet(now);
      let traces = resting.size;
      let since: number | null = null;
      for (const [key, trace] of overdue) {
        if (!resting.has(key)) traces++;
        const at = trace.first + limits.oldest;
        if (since === null || at < since) since = at;
      }
      for (const trace of resting.values()) {
        if (since === null || dueAt(trace) < since) since = dueAt(trace);
        break;
      }
      return { traces, since };
    },
    size,
    bytes: () => bytes,
  };
}
