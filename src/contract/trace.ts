import type { Json, JsonObject } from './json.ts';

/**
 * One run of an application in canonical form, whatever dialect it arrived in.
 * Times are epoch milliseconds (fractions kept) or null when the recorder gave none.
 */
export interface Trace {
  readonly id: string;
  readonly name: string | null;
  readonly project: string | null;
  readonly tenant: string | null;
  readonly user: string | null;
  readonly session: string | null;
  readonly environment: string | null;
  readonly release: string | null;
  readonly promptName: string | null;
  readonly promptVersion: string | null;
  /** Response model of the last model call, else the requested one. */
  readonly model: string | null;
  readonly provider: string | null;
  readonly tags: readonly string[];
  readonly metadata: JsonObject;
  readonly startTime: number | null;
  readonly endTime: number | null;
  readonly status: TraceStatus;
  /** Set iff `status` is `error`: the deepest error of the trace. */
  readonly error: TraceError | null;
  /** What the user asked (text of the last user message of the root input); '' when not recorded. */
  readonly input: string;
  /** What the application finally answered, as text; '' when not recorded or empty. */
  readonly output: string;
  /** The whole conversation in order, system prompt first. */
  readonly messages: readonly Message[];
  /** Tools offered to the model anywhere in the trace, by name once. */
  readonly tools: readonly ToolDefinition[];
  /** Every passage retrieved anywhere in the trace, in order. */
  readonly documents: readonly Document[];
  readonly scores: readonly Score[];
  /** Summed over leaf model calls only, so that agent totals are not counted twice. */
  readonly usage: Usage;
  readonly spans: readonly Span[];
  readonly gaps: readonly Gap[];
  readonly origin: Origin;
}

export type TraceStatus = 'ok' | 'error' | 'unset';

export interface TraceError {
  readonly type: string;
  readonly message: string;
  readonly spanId: string | null;
}

export type SpanKind =
  | 'workflow'
  | 'agent'
  | 'model'
  | 'embedding'
  | 'retrieval'
  | 'rerank'
  | 'tool'
  | 'guardrail'
  | 'evaluator'
  | 'prompt'
  | 'memory'
  | 'step'
  | 'other';

export interface Span {
  readonly id: string;
  /** Null on roots and on orphans (an orphan also leaves a gap). */
  readonly parentId: string | null;
  readonly name: string;
  readonly kind: SpanKind;
  readonly startTime: number | null;
  readonly endTime: number | null;
  readonly status: TraceStatus;
  readonly error: TraceError | null;
  readonly model: string | null;
  readonly provider: string | null;
  /** Text form of what went in and came out, '' when not recorded. */
  readonly input: string;
  readonly output: string;
  /** Tool name and call, on tool spans. */
  readonly toolCall: ToolCall | null;
  readonly toolResult: string | null;
  readonly documents: readonly Document[];
  /** Canonical: stop, length, tool_call, content_filter, error, or the vendor's own word. */
  readonly finishReason: string | null;
  readonly usage: Usage;
  /** True when `usage` repeats the total of descendants. */
  readonly usageIsAggregate: boolean;
  /** Every attribute as received, known or not. */
  readonly attributes: JsonObject;
}

export type Role = 'system' | 'user' | 'assistant' | 'tool';

export interface Message {
  readonly role: Role;
  readonly content: string;
  readonly toolCalls: readonly ToolCall[];
  /** On tool messages: the call this answers. */
  readonly toolCallId: string | null;
  /** Tool name on tool messages, participant name otherwise. */
  readonly name: string | null;
  /** The span that recorded it, null in conversation-only files. */
  readonly spanId: string | null;
  /** On tool messages: the recorder marked the result as an error. */
  readonly isError?: true;
}

export interface ToolCall {
  readonly id: string | null;
  readonly name: string;
  /** Parsed arguments; the raw text when it did not parse to JSON. */
  readonly arguments: Json;
}

export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments, null when the recorder left it out. */
  readonly parameters: JsonObject | null;
}

export interface Document {
  readonly id: string | null;
  readonly content: string;
  readonly title: string | null;
  readonly score: number | null;
  readonly spanId: string | null;
}

/** One judgement by a person, a model or code. */
export interface Score {
  readonly name: string;
  readonly value: number | null;
  readonly label: string | null;
  readonly explanation: string | null;
  readonly annotator: 'human' | 'model' | 'code' | 'unknown';
  readonly spanId: string | null;
}

/** Tokens with cached input and reasoning output included in the totals; cost in USD. Null: not recorded. */
export interface Usage {
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly cachedTokens: number | null;
  readonly reasoningTokens: number | null;
  readonly cost: number | null;
}

export type GapKind =
  | 'no_input'
  | 'no_output'
  | 'redacted'
  | 'orphan_span'
  | 'truncated_attributes'
  | 'missing_tool_result'
  | 'missing_time'
  | 'dropped_key'
  | 'unknown_shape'
  | 'incomplete_tool_list'
  | 'unread_spans';

/**
 * What the recorder left out, or what was recorded but not understood (`unknown_shape`, with the path as detail).
 * Never a failure of the application; always counted and shown.
 */
export interface Gap {
  readonly kind: GapKind;
  readonly spanId: string | null;
  readonly detail: string;
}

/** Where a trace was read from. `line` is 1-based, null for formats without lines. */
export interface Origin {
  readonly file: string;
  readonly format: string;
  readonly line: number | null;
}
