import type { Message, Span, Trace } from '../../contract/trace.ts';

const SPAN_TEXT = 2_000;
/** Characters of messages and documents that a sampled trace may keep. */
const TRACE_TEXT = 200_000;
const SHORTEST_PART = 1_000;

/**
 * The trace without what later steps do not read: raw attributes, span texts past 2,000 characters and,
 * where messages and documents have over 200,000 characters together, the middle of each long one.
 * So the memory of a sample does not grow with the length of its traces.
 */
export function slim(trace: Trace): Trace {
  const spans = trace.spans.map(slimSpan);
  const texts = [
    trace.input,
    trace.output,
    ...contentsOf(trace.messages),
    ...contentsOf(trace.documents),
  ];
  let total = 0;
  for (const text of texts) total += text.length;
  if (total <= TRACE_TEXT) return { ...trace, spans };
  const part = Math.max(SHORTEST_PART, Math.floor(TRACE_TEXT / texts.length));
  return {
    ...trace,
    spans,
    input: withoutMiddle(trace.input, part),
    output: withoutMiddle(trace.output, part),
    messages: trace.messages.map((message) => withContent(message, part)),
    documents: trace.documents.map((document) => withContent(document, part)),
  };
}

const contentsOf = (parts: readonly Pick<Message, 'content'>[]): string[] =>
  parts.map(({ content }) => content);

const withContent = <Part extends { readonly content: string }>(part: Part, most: number): Part =>
  part.content.length <= most ? part : { ...part, content: withoutMiddle(part.content, most) };

const withoutMiddle = (text: string, most: number): string =>
  text.length <= most ? text : copied(`${text.slice(0, most / 2)}…${text.slice(-most / 2)}`);

const slimSpan = (span: Span): Span => ({
  ...span,
  attributes: {},
  input: beginning(span.input),
  output: beginning(span.output),
  toolResult: span.toolResult === null ? null : beginning(span.toolResult),
});

const beginning = (text: string): string =>
  text.length <= SPAN_TEXT ? text : copied(text.slice(0, SPAN_TEXT));

/** A slice keeps the whole text it was cut from in memory; a copy does not. */
const copied = (text: string): string => JSON.parse(JSON.stringify(text)) as string;
