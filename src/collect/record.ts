import type { Json, JsonObject } from '../contract/json.ts';
import type { Message, Score, ToolDefinition } from '../contract/trace.ts';

/**
 * A span as any dialect or file shape gives it, before its attributes are understood.
 * Every importer of spans makes these; `dialect/` turns them into canonical spans, one road for all.
 */
export interface RawSpan {
  /** Lower-case hex where it was hex, base64, UUID or an integer; otherwise the opaque text. */
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | null;
  readonly name: string;
  /** Epoch milliseconds. */
  readonly startTime: number | null;
  readonly endTime: number | null;
  readonly statusCode: 'unset' | 'ok' | 'error';
  readonly statusMessage: string;
  readonly attributes: JsonObject;
  readonly resource: JsonObject;
  readonly scope: string;
  readonly events: readonly RawEvent[];
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  /** Attributes the SDK dropped. */
  readonly droppedAttributes: number;
  /** Keys this reader refused: prototype names, over the cap. Absent: none. */
  readonly refusedKeys?: number;
}

export interface RawEvent {
  readonly name: string;
  readonly time: number | null;
  readonly attributes: JsonObject;
}

export interface RawLog {
  readonly traceId: string | null;
  readonly spanId: string | null;
  readonly name: string;
  readonly time: number | null;
  readonly body: Json;
  readonly attributes: JsonObject;
  readonly resource: JsonObject;
}

/** A score that arrived apart from its span; joined by span, trace, session or response id. */
export interface RawScore {
  readonly traceId: string | null;
  readonly sessionId: string | null;
  readonly responseId: string | null;
  readonly score: Score;
}

/** A run that has no spans: a conversation, a row of a table. Fields not recorded are null. */
export interface RawConversation {
  readonly id: string | null;
  readonly messages: readonly Message[];
  readonly input: string | null;
  readonly output: string | null;
  readonly tools: readonly ToolDefinition[];
  readonly scores: readonly Score[];
  /** The row's other columns, as received. */
  readonly fields: JsonObject;
  /** What went wrong in a tool, by the index of the message that says so. Absent: nothing. */
  readonly toolErrors?: ReadonlyMap<number, string>;
}

/** Told of each piece of input that could not be used; the caller knows file and line. */
export type OnProblem = (code: string, message: string) => void;

export type RawRecord =
  | { readonly kind: 'span'; readonly span: RawSpan }
  | { readonly kind: 'log'; readonly log: RawLog }
  | { readonly kind: 'score'; readonly score: RawScore }
  | { readonly kind: 'conversation'; readonly conversation: RawConversation };
