import type { Span, Trace } from '../../contract/trace.ts';

const SPAN_TEXT = 2_000;

/**
 * The trace without what later steps do not read: raw attributes, and span texts past 2,000
 * characters. Messages, which evidence points into, stay whole. Keeps a sample of huge traces small.
 */
export const slim = (trace: Trace): Trace => ({ ...trace, spans: trace.spans.map(slimSpan) });

const slimSpan = (span: Span): Span => ({
  ...span,
  attributes: {},
  input: span.input.slice(0, SPAN_TEXT),
  output: span.output.slice(0, SPAN_TEXT),
  toolResult: span.toolResult?.slice(0, SPAN_TEXT) ?? null,
});
