import type { Problem } from '../../contract/collection.ts';
import type { JsonObject } from '../../contract/json.ts';
import type { Origin, Score, Trace } from '../../contract/trace.ts';
import type { RawConversation, RawEvent, RawLog, RawRecord, RawScore, RawSpan } from '../record.ts';
import { type AssembledTrace, assembleTrace } from './assemble-trace.ts';
import { conversationTrace } from './conversation.ts';
import { logMeaning, spansWithEvents } from './log-record.ts';
import { type PendingScores, pendingScores } from './pending-scores.ts';
import { spanSize } from './span-size.ts';
import { type TraceIds, traceIds } from './trace-id.ts';

export interface AssemblerOptions {
  readonly onProblem: (problem: Problem) => void;
  /** Attribute bytes in memory above which the longest-quiet traces are closed early. Default 256 MiB. */
  readonly maxBytes?: number;
  /** A trace is closed when this many records went by without one of its own. Default 50,000. */
  readonly quietRecords?: number;
  /** As `ByteSource.isGrouped`. Scores that a span holds about other traces are left out: they are among theirs. Default false. */
  readonly isGrouped?: boolean;
}

/**
 * Gathers spans, logs and scores into traces, in any order, with bounded memory. One assembler may
 * serve several files. Duplicates by (trace id, span id): the more complete wins, the later on a tie.
 * Problems reported: `late_span` (its trace was already closed), `unmatched_score`, `unmatched_log`,
 * `ignored_log`, `repeated_trace`.
 */
export interface TraceAssembler {
  /** Takes one record; returns the traces that this closed (a conversation closes at once). */
  add(record: RawRecord, origin: Origin): readonly Trace[];
  /** Closes everything that is open, in order of first appearance. */
  end(): readonly Trace[];
}

export function traceAssembler(options: AssemblerOptions): TraceAssembler {
  const state: State = {
    onProblem: options.onProblem,
    maxBytes: options.maxBytes ?? 256 * 1024 * 1024,
    quietRecords: options.quietRecords ?? 50_000,
    open: new Map(),
    closed: new Set(),
    pending: pendingScores(),
    bytes: 0,
    clock: 0,
    ignoredLogs: 0,
    ignoredAt: null,
    ids: traceIds(),
    repeated: 0,
    repeatedAt: null,
    isGrouped: options.isGrouped ?? false,
  };
  return {
    add: (record, origin) => addRecord(state, record, origin),
    end: () => endAll(state),
  };
}

interface OpenTrace {
  readonly id: string;
  readonly order: number;
  readonly origin: Origin;
  readonly spans: Map<string, RawSpan>;
  /** Log events by span id. */
  readonly events: Map<string, RawEvent[]>;
  readonly scores: Score[];
  resource: JsonObject;
  bytes: number;
  touched: number;
}

interface State {
  readonly onProblem: (problem: Problem) => void;
  readonly maxBytes: number;
  readonly quietRecords: number;
  /** Quiet longest first. */
  readonly open: Map<string, OpenTrace>;
  /** Ids closed while input went on, the last of them. */
  readonly closed: Set<string>;
  readonly pending: PendingScores;
  bytes: number;
  clock: number;
  ignoredLogs: number;
  ignoredAt: Origin | null;
  readonly ids: TraceIds;
  /** Runs that were there before, with the same id and content. */
  repeated: number;
  repeatedAt: Origin | null;
  readonly isGrouped: boolean;
}

const MAX_CLOSED = 200_000;
const NONE: readonly Trace[] = [];
const NO_RESPONSES: ReadonlyMap<string, string> = new Map();

function addRecord(state: State, record: RawRecord, origin: Origin): readonly Trace[] {
  const whole = state.isGrouped ? closeOthers(state, traceOf(record)) : NONE;
  const closed = addOne(state, record, origin);
  return whole.length === 0 ? closed : [...whole, ...closed];
}

function addOne(state: State, record: RawRecord, origin: Origin): readonly Trace[] {
  state.clock++;
  switch (record.kind) {
    case 'conversation':
      return guarded(state, record.conversation.id, origin, () =>
        addConversation(state, record.conversation, origin),
      );
    case 'span':
      addSpan(state, record.span, origin);
      break;
    case 'log':
      addLog(state, record.log, origin);
      break;
    case 'score':
      addScore(state, record.score, origin);
      break;
  }
  return closeQuiet(state);
}

function traceOf(record: RawRecord): string | null {
  switch (record.kind) {
    case 'conversation':
      return record.conversation.id;
    case 'span':
      return record.span.traceId;
    case 'log':
      return record.log.traceId;
    case 'score':
      return record.score.traceId;
  }
}

/** Closes the traces that a record of this one shows to be whole. */
function closeOthers(state: State, traceId: string | null): readonly Trace[] {
  if (traceId === null || state.open.size === 0 || state.open.has(traceId)) return NONE;
  return [...state.open.values()].flatMap((trace) => close(state, trace));
}

function addConversation(
  state: State,
  conversation: RawConversation,
  origin: Origin,
): readonly Trace[] {
  const made = conversationTrace(conversation, origin);
  const trace = scored(state, made, NO_RESPONSES);
  const isGiven = conversation.id !== null && conversation.id !== '';
  const settled = state.ids.settle(trace, isGiven);
  if (settled !== null) return [settled];
  state.repeated++;
  state.repeatedAt ??= origin;
  return NONE;
}

function addSpan(state: State, span: RawSpan, origin: Origin): void {
  if (span.attributes['logfire.span_type'] === 'pending_span') return;
  const trace = opened(state, span.traceId, origin);
  if (trace === null) {
    report(state, origin, 'late_span', `span ${span.spanId} came after its trace ${span.traceId}`);
    return;
  }
  const size = spanSize(span);
  const known = trace.spans.get(span.spanId);
  if (known !== undefined) {
    const before = spanSize(known);
    if (before > size) return;
    trace.bytes -= before;
    state.bytes -= before;
  }
  trace.spans.set(span.spanId, span);
  trace.bytes += size;
  state.bytes += size;
}

function addLog(state: State, log: RawLog, origin: Origin): void {
  const meaning = logMeaning(log);
  if (meaning.kind === 'score') {
    addScore(state, meaning.score, origin);
    return;
  }
  if (meaning.kind === 'span') {
    addSpan(state, meaning.span, origin);
    return;
  }
  if (meaning.kind === 'other') {
    state.ignoredLogs++;
    state.ignoredAt ??= origin;
    return;
  }
  const trace = log.traceId === null ? null : opened(state, log.traceId, origin);
  if (trace === null) {
    const why = log.traceId === null ? 'has no trace id' : 'came after its trace was closed';
    report(state, origin, 'unmatched_log', `log event ${log.name} ${why}`);
    return;
  }
  trace.resource = log.resource;
  const events = trace.events.get(log.spanId ?? '');
  if (events === undefined) trace.events.set(log.spanId ?? '', [meaning.event]);
  else events.push(meaning.event);
  trace.bytes += EVENT_SIZE;
  state.bytes += EVENT_SIZE;
}

const EVENT_SIZE = 1024;

function addScore(state: State, raw: RawScore, origin: Origin): void {
  const trace = raw.traceId === null ? undefined : state.open.get(raw.traceId);
  if (trace === undefined) state.pending.add(raw, origin);
  else trace.scores.push(raw.score);
}

/** The open trace of that id, made when new; null when it was closed before. */
function opened(state: State, id: string, origin: Origin): OpenTrace | null {
  const known = state.open.get(id);
  if (known !== undefined) {
    known.touched = state.clock;
    if (state.open.size > 1) {
      state.open.delete(id);
      state.open.set(id, known);
    }
    return known;
  }
  if (state.closed.has(id)) return null;
  const trace: OpenTrace = {
    id,
    order: state.clock,
    origin,
    spans: new Map(),
    events: new Map(),
    scores: [],
    resource: {},
    bytes: 0,
    touched: state.clock,
  };
  state.open.set(id, trace);
  return trace;
}

function closeQuiet(state: State): readonly Trace[] {
  let closed: Trace[] | null = null;
  for (const trace of state.open.values()) {
    const isQuiet = state.clock - trace.touched >= state.quietRecords;
    const isOver = state.bytes > state.maxBytes && state.open.size > 1;
    if (!isQuiet && !isOver) break;
    closed ??= [];
    for (const made of close(state, trace)) closed.push(made);
    if (state.closed.size >= MAX_CLOSED) {
      for (const oldest of state.closed) {
        state.closed.delete(oldest);
        break;
      }
    }
    state.closed.add(trace.id);
  }
  return closed ?? NONE;
}

function close(state: State, open: OpenTrace): readonly Trace[] {
  const made = assemble(state, open);
  if (made === null) return NONE;
  if (!state.isGrouped) for (const raw of made.elsewhere) addScore(state, raw, open.origin);
  return made.isCarrier ? NONE : [scored(state, made.trace, made.responses)];
}

/** Removes an open trace and assembles it; null when it has no spans. */
function assemble(state: State, open: OpenTrace): AssembledTrace | null {
  state.open.delete(open.id);
  state.bytes -= open.bytes;
  if (open.spans.size + open.events.size > 0) {
    const [made = null] = guarded(state, open.id, open.origin, () => [
      assembleTrace(open.id, spansWithEvents(open), open.scores, open.origin),
    ]);
    return made;
  }
  for (const score of open.scores) reportUnmatched(state, score, open.origin);
  return null;
}

/** A trace that cannot be assembled is counted and ends nothing. */
function guarded<Made>(
  state: State,
  id: string | null,
  origin: Origin,
  make: () => readonly Made[],
): readonly Made[] {
  try {
    return make();
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, 200);
    const which = id === null ? 'a trace' : `trace ${id.slice(0, 100)}`;
    report(state, origin, 'broken_trace', `${which} cannot be assembled: ${reason}`);
    return [];
  }
}

/** Adds scores that arrived earlier, or that name the trace by session, response or span. */
function scored(state: State, trace: Trace, responses: ReadonlyMap<string, string>): Trace {
  const scores = state.pending.about(trace, responses);
  return scores.length === 0 ? trace : { ...trace, scores: [...trace.scores, ...scores] };
}

/** Scores may be about later traces: all traces are assembled before scores are assigned. */
function endAll(state: State): readonly Trace[] {
  const order = [...state.open.values()].sort((a, b) => a.order - b.order);
  const all: AssembledTrace[] = [];
  for (const open of order) {
    const made = assemble(state, open);
    if (made === null) continue;
    all.push(made);
    if (!state.isGrouped) for (const raw of made.elsewhere) state.pending.add(raw, open.origin);
  }
  const traces = all.flatMap((made) =>
    made.isCarrier ? [] : [scored(state, made.trace, made.responses)],
  );
  for (const { raw, origin } of state.pending.unmatched()) {
    reportUnmatched(state, raw.score, origin);
  }
  reportIgnored(state);
  reportRepeated(state);
  return traces;
}

function reportUnmatched(state: State, score: Score, origin: Origin): void {
  const message = `score ${score.name} is about a trace that is not in the input or was closed before`;
  report(state, origin, 'unmatched_score', message);
}

function reportRepeated(state: State): void {
  if (state.repeatedAt === null) return;
  const ids = state.repeated === 1 ? '1 repeated trace' : `${state.repeated} repeated traces`;
  const message = `${ids} with the id and content of an earlier one; each counts once`;
  report(state, state.repeatedAt, 'repeated_trace', message);
  state.repeatedAt = null;
  state.repeated = 0;
}

function reportIgnored(state: State): void {
  if (state.ignoredAt === null) return;
  const message = `${state.ignoredLogs} log records are not GenAI events and were left out`;
  report(state, state.ignoredAt, 'ignored_log', message);
  state.ignoredAt = null;
  state.ignoredLogs = 0;
}

function report(state: State, origin: Origin, code: string, message: string): void {
  state.onProblem({ file: origin.file, line: origin.line, code, message });
}
