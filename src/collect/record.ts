import type { Json, JsonObject } from '../contract/json.ts';
import type { Message, Score, ToolDefinition } from '../contract/trace.ts';

/**
 * A span from any dialect or file shape, before its attributes are interpreted.
 * Every reader of spans produces these; `dialect/` turns them all into canonical spans.
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
  /** Number of keys refused: prototype names, over the cap. Absent means 0. */
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

/** A score recorded apart from its span; joined by span, trace, session or response id. */
export interface RawScore {
  readonly traceId: string | null;
  readonly sessionId: string | null;
  readonly responseId: string | null;
  readonly score: Score;
  /** Given by its sender, who may send it again with another value. */
  readonly id?: string;
  /** Where its sender names one. */
  readonly environment?: string;
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
  /** What is known of the model calls, by the index of the assistant message each produced. */
  readonly calls?: ReadonlyMap<number, RawCall>;
  /** Paths of content that was read but not understood. */
  readonly unknown?: readonly string[];
}

/** A model call of a run that has no spans. */
export interface RawCall {
  readonly model?: string | null;
  readonly finishReason?: Json;
  /** A usage object of any provider. */
  readonly usage?: Json;
  readonly cost?: number | null;
  /** Epoch milliseconds. */
  readonly time?: number | null;
}

/**
 * Called for each piece of input that could not be used; the caller knows file and line. `count` is the number of
 * records that it cost, 1 unless given.
 */
export type OnProblem = (code: string, message: string, count?: number) => void;

export type RawRecord =
  | { readonly kind: 'span'; readonly span: RawSpan }
  | { readonly kind: 'log'; readonly log: RawLog }
  | { readonly kind: 'score'; readonly score: RawScore }
  | { readonly kind: 'conversation'; readonly conversation: RawConversation };
