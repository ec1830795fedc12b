import {
  type RawConversation,
  type RawLog,
  type RawSpan,
  spanSize,
} from '../../collect/receive.ts';
import type { Score } from '../../contract/trace.ts';

/** When traces are finished, in milliseconds, and how much of them is kept in memory. */
export interface OpenTraceLimits {
  /** A trace whose root has ended is finished when nothing has arrived for this long. */
  readonly quiet: number;
  /** A trace without an ended root is finished when nothing has arrived for this long. */
  readonly rootless: number;
  /** Every trace is finished this long after its first record. */
  readonly oldest: number;
  /** Bytes of all open traces; beyond them, those quiet for longest are read from the store when they are finished. */
  readonly bytes: number;
}

export const OPEN_TRACE_LIMITS: OpenTraceLimits = {
  quiet: 30_000,
  rootless: 600_000,
  oldest: 86_400_000,
  bytes: 256 * 1024 * 1024,
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

interface HeldRecords {
  readonly spans: Map<string, RawSpan>;
  readonly logs: RawLog[];
  readonly scores: Score[];
  /** Of a run that has no spans. */
  conversation: RawConversation | null;
  bytes: number;
}

/** Traces that are still arriving, in memory. Times are those that the caller passes in, in milliseconds. */
export interface OpenTraces {
  get(project: string, traceId: string): OpenTrace | undefined;
  /** The open trace of that id, opened when new. */
  touch(at: TraceArrival): OpenTrace;
  addSpan(trace: OpenTrace, span: RawSpan): void;
  addLog(trace: OpenTrace, log: RawLog): void;
  addScore(trace: OpenTrace, score: Score): void;
  /** A run without spans, which is whole. */
  addConversation(trace: OpenTrace, conversation: RawConversation): void;
  /** Nothing more is expected of the trace: it is finished when traces are next taken. */
  complete(project: string, traceId: string): void;
  /** Lets the store be read for a trace: what is in memory may not have been stored. */
  release(trace: OpenTrace): void;
  /** Takes out the traces that are finished by now, at most `most`; all of them with `isEnd`. */
  take(now: number, most: number, isEnd?: boolean): readonly OpenTrace[];
  readonly size: () => number;
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

const LOG_BYTES = 1024;

const emptyRecords = (): HeldRecords => ({
  spans: new Map(),
  logs: [],
  scores: [],
  conversation: null,
  bytes: 0,
});

export function openTraces(limits: OpenTraceLimits): OpenTraces {
  // Each quiet longest first.
  const ended = new Map<string, OpenTrace>();
  const unended = new Map<string, OpenTrace>();
  /** Traces that never rest. */
  const overdue = new Map<string, OpenTrace>();
  let bytes = 0;

  const keyOf = (project: string, traceId: string): string => `${project}\n${traceId}`;
  const placeOf = (trace: OpenTrace) => (trace.hasRootEnded ? ended : unended);

  const release = (trace: OpenTrace): void => {
    bytes -= trace.held?.bytes ?? 0;
    trace.held = null;
  };
  const grow = (held: HeldRecords, by: number): void => {
    held.bytes += by;
    bytes += by;
    if (bytes <= limits.bytes) return;
    for (const traces of [unended, ended])
      for (const trace of traces.values()) {
        if (bytes <= limits.bytes) return;
        release(trace);
      }
  };
  const endRoot = (trace: OpenTrace): void => {
    if (trace.hasRootEnded) return;
    const key = keyOf(trace.project, trace.traceId);
    unended.delete(key);
    trace.hasRootEnded = true;
    ended.set(key, trace);
  };
  const isQuiet = (trace: OpenTrace, now: number): boolean =>
    now - trace.last >= (trace.hasRootEnded ? limits.quiet : limits.rootless);

  return {
    get: (project, traceId) => {
      const key = keyOf(project, traceId);
      return ended.get(key) ?? unended.get(key);
    },
    touch({ project, traceId, format, now, isStored, isLate }) {
      const key = keyOf(project, traceId);
      let trace = ended.get(key) ?? unended.get(key);
      if (trace === undefined) {
        const held = isStored ? null : emptyRecords();
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
      }
      placeOf(trace).set(key, trace);
      if (now - trace.first >= limits.oldest) overdue.set(key, trace);
      return trace;
    },
    addSpan(trace, span) {
      const isRoot = span.parentId === null && span.endTime !== null;
      if (isRoot) endRoot(trace);
      const { held } = trace;
      if (held === null) return;
      const known = held.spans.get(span.spanId);
      const [size, before] = [spanSize(span), known === undefined ? 0 : spanSize(known)];
      if (size < before) return;
      held.spans.set(span.spanId, span);
      grow(held, size - before);
    },
    addLog(trace, log) {
      if (trace.held === null) return;
      trace.held.logs.push(log);
      grow(trace.held, LOG_BYTES);
    },
    addScore(trace, score) {
      trace.held?.scores.push(score);
    },
    addConversation(trace, conversation) {
      endRoot(trace);
      if (trace.held === null) return;
      trace.held.conversation = conversation;
      grow(trace.held, conversationSize(conversation));
    },
    complete(project, traceId) {
      const key = keyOf(project, traceId);
      const trace = ended.get(key) ?? unended.get(key);
      if (trace !== undefined) overdue.set(key, trace);
    },
    release,
    take(now, most, isEnd = false) {
      const taken: OpenTrace[] = [];
      for (const traces of [overdue, ended, unended])
        for (const [key, trace] of traces) {
          if (taken.length >= most) return taken;
          // Those behind it were touched later.
          if (traces !== overdue && !isEnd && !isQuiet(trace, now)) break;
          for (const place of [overdue, ended, unended]) place.delete(key);
          bytes -= trace.held?.bytes ?? 0;
          taken.push(trace);
        }
      return taken;
    },
    size: () => ended.size + unended.size,
    bytes: () => bytes,
  };
}

function conversationSize({ messages, input, output }: RawConversation): number {
  const texts = messages.reduce((sum, { content }) => sum + content.length, 0);
  return LOG_BYTES + texts + (input?.length ?? 0) + (output?.length ?? 0);
}
