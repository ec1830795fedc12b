import type { Analysis } from './analysis.ts';
import type { Category } from './category.ts';
import type { Evidence } from './signal.ts';
import type { ToolCall } from './trace.ts';

/** Everything the HTML report shows, embedded in it as one JSON document. Texts are cut, with the cut counted. */
export interface ReportData {
  readonly analysis: Analysis;
  readonly categories: readonly Category[];
  /** Only clusters' exemplars and noise examples carry their messages; others have the input's first 200 characters. */
  readonly traces: readonly ReportTrace[];
}

export interface ReportTrace {
  readonly id: string;
  readonly name: string | null;
  readonly model: string | null;
  readonly origin: string;
  readonly durationMs: number | null;
  readonly messages: readonly ReportMessage[];
  /** Pointers in evidence are relative to the canonical trace: `/messages/3/…` is `messages` with `index` 3. */
  readonly evidence: readonly Evidence[];
}

export interface ReportMessage {
  /** Index in the canonical trace's messages. */
  readonly index: number;
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly name: string | null;
  readonly content: string;
  /** Characters left out of `content`; 0 when whole. Cut around the evidence, never through it. */
  readonly omitted: number;
  readonly toolCalls: readonly ToolCall[];
}
