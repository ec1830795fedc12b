import type { Failure } from '../contract/failure.ts';
import type { ReportArchive } from '../contract/report.ts';
import type { Trace } from '../contract/trace.ts';

/** Characters of all texts together, and of one. */
const ALL_TEXTS = 4_000_000;
const TEXT = 8_000;
const ALL_RAW = 8_000_000;
const RAW = 40_000;

/**
 * What the report keeps compressed: of every failure the text to search in, of every shown trace its canonical form.
 * Where there are many, each is cut shorter, so that the archive stays below 12 million characters.
 */
export function archiveOf(failures: readonly Failure[], shown: readonly Trace[]): ReportArchive {
  const text = Math.min(TEXT, Math.floor(ALL_TEXTS / Math.max(1, failures.length)));
  const raw = Math.min(RAW, Math.floor(ALL_RAW / Math.max(1, shown.length)));
  return {
    texts: failures.map(({ trace }) => searchText(trace, text)),
    raw: shown.map((trace) => cut(JSON.stringify(withoutAttributes(trace)), raw)),
  };
}

/** What was said and done in a trace, without the system prompt, which tells no two traces apart. */
function searchText(trace: Trace, most: number): string {
  let text = '';
  for (const part of partsOf(trace)) {
    if (text.length >= most) break;
    if (part !== '' && !text.includes(part.slice(0, most)))
      text += `${part.slice(0, most - text.length).toLowerCase()}\n`;
  }
  return text.trimEnd().slice(0, most);
}

function* partsOf({
  name,
  model,
  error,
  input,
  output,
  messages,
  spans,
}: Trace): Generator<string> {
  for (const part of [name, model, error?.type, error?.message]) yield part ?? '';
  for (const { role, content, toolCalls } of messages) {
    if (role !== 'system') yield content;
    for (const call of toolCalls) yield `${call.name} ${JSON.stringify(call.arguments)}`;
  }
  yield input;
  yield output;
  for (const { toolCall, toolResult } of spans) {
    if (toolCall !== null) yield `${toolCall.name} ${JSON.stringify(toolCall.arguments)}`;
    yield toolResult ?? '';
  }
}

const withoutAttributes = ({ spans, ...trace }: Trace) => ({
  ...trace,
  spans: spans.map(({ attributes: _, ...span }) => span),
});

const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most)}…`;
