import type { Analysis } from './analysis.ts';
import type { Category } from './category.ts';
import type { Evidence } from './signal.ts';
import type { Role, SpanKind, ToolCall } from './trace.ts';
import type { Dimension } from './traffic.ts';

/** Everything the HTML report shows, embedded in it as one JSON document. Texts are cut, with the cut counted. */
export interface ReportData {
  readonly analysis: Analysis;
  readonly categories: readonly Category[];
  /** Clusters' exemplars, noise examples and the passing traces of `pairs`. */
  readonly traces: readonly ReportTrace[];
  /** At most four per cluster, in the order of its exemplars. */
  readonly pairs: readonly Pair[];
  readonly population: ReportPopulation;
  /** A bounded draw of passing traces on the map of the failures. */
  readonly passing: readonly PassingTrace[];
  /** Address of a trace where it was recorded; `{trace_id}` stands for its id. Null for none. */
  readonly traceUrl: string | null;
  /** `ReportArchive` as `packed` writes it (text/packed.ts): deflated JSON in base64. */
  readonly archive: string;
}

/** What is read only on demand: it is most of the text, and compresses well. */
export interface ReportArchive {
  /**
   * Per failure of the analysis its messages, calls, results and output, to search in. Lower case. Each is cut so
   * that all have at most 4 million characters together.
   */
  readonly texts: readonly string[];
  /** Per trace of `traces` its canonical form as JSON, without raw attributes; cut past 40,000 characters. */
  readonly raw: readonly string[];
}

/** Eligible traces by version, tenant and time, so that rates can follow a filter. Columns of equal length. */
export interface ReportPopulation {
  /** Values of each dimension, most traces first, at most 50; the columns hold their positions, −1 for others and none. */
  readonly values: Readonly<Record<Dimension, readonly string[]>>;
  readonly columns: Readonly<Record<Dimension, readonly number[]>>;
  /** Position in `analysis.traffic.buckets`; −1 without a time. */
  readonly bucket: readonly number[];
  /** Traces with these values in this bucket, and those of them that failed. */
  readonly traces: readonly number[];
  readonly failed: readonly number[];
  /** The counts are of a random draw of 20,000 traces; each stands for this many. 1 when every trace is counted. */
  readonly scale: number;
}

export interface PassingTrace {
  readonly traceId: string;
  /** x and y on the map, −1 to 1. */
  readonly position: readonly [number, number];
  /** First 200 characters. */
  readonly input: string;
  readonly tenant: string | null;
  readonly promptVersion: string | null;
  readonly release: string | null;
  readonly model: string | null;
  readonly startTime: number | null;
}

export interface ReportTrace {
  readonly id: string;
  /** A passing trace, shown beside a failure. */
  readonly isPassing: boolean;
  readonly name: string | null;
  readonly model: string | null;
  readonly tenant: string | null;
  readonly promptVersion: string | null;
  readonly release: string | null;
  readonly origin: string;
  /** Epoch milliseconds. */
  readonly startTime: number | null;
  readonly durationMs: number | null;
  /** Input and output; null when neither is recorded. */
  readonly tokens: number | null;
  /** US dollars. */
  readonly cost: number | null;
  /** The error of the trace, `type: message`. */
  readonly error: string | null;
  readonly messages: readonly ReportMessage[];
  /** At most 100, in order of their start; empty where only a conversation was recorded. */
  readonly spans: readonly ReportSpan[];
  /** Spans left out of `spans`. */
  readonly omittedSpans: number;
  /** Pointers in evidence are relative to the canonical trace: `/messages/3/…` is `messages` with `index` 3. */
  readonly evidence: readonly Evidence[];
}

export interface ReportMessage {
  /** Index in the canonical trace's messages. */
  readonly index: number;
  readonly role: Role;
  readonly name: string | null;
  readonly content: string;
  /** Characters left out of `content`; 0 when whole. Cut around the evidence, never through it. */
  readonly omitted: number;
  readonly toolCalls: readonly ToolCall[];
  /** The span that recorded it. */
  readonly spanId: string | null;
}

/** One span, for the list of steps. What was not recorded is null. */
export interface ReportSpan {
  readonly id: string;
  readonly name: string;
  readonly kind: SpanKind;
  /** 0 for roots. */
  readonly depth: number;
  /** Milliseconds after the start of the trace. */
  readonly startMs: number | null;
  readonly durationMs: number | null;
  readonly model: string | null;
  readonly tokens: number | null;
  readonly cost: number | null;
  /** `type: message`. */
  readonly error: string | null;
}

/** A failure beside the most similar trace that passed, step by step. */
export interface Pair {
  /** Id. */
  readonly cluster: string;
  /** Ids of traces. */
  readonly failing: string;
  readonly passing: string;
  /** Of the requests and the first tools: 0 to 1. */
  readonly similarity: number;
  readonly rows: readonly PairRow[];
  /** Index of the first row whose sides differ; null where none does. */
  readonly firstDifference: number | null;
  /** What differs there, one sentence without the final period. */
  readonly difference: string | null;
}

/** A step on both sides, or on one. */
export interface PairRow {
  readonly failing: PairStep | null;
  readonly passing: PairStep | null;
  /** Both sides take the same step, with the same success. Texts and arguments may differ. */
  readonly isSame: boolean;
}

export interface PairStep {
  /** A call of a tool is `tool`; its result stands with it. */
  readonly kind: Role;
  readonly tool: string | null;
  /** Text of a message, or the arguments of a call as compact JSON; 400 characters at most. */
  readonly text: string;
  /** Of a call; null where none is recorded. 400 characters at most. */
  readonly result: string | null;
  readonly failed: boolean;
  /** Index in the canonical trace's messages; null where only spans record the step. */
  readonly message: number | null;
}
