import type { AnalyzedFailure } from '../contract/analyzed-failure.ts';
import type { Json, JsonObject } from '../contract/json.ts';
import type { ReportTrace } from '../contract/report.ts';
import type { ToolCall } from '../contract/trace.ts';
import { isList, isRecord, parseJson } from '../text/json.ts';
import { unpacked } from '../text/packed.ts';
import { printableJson } from '../text/printable.ts';
import { statementText } from '../text/statement.ts';
import type { Cause, HandoffSource } from './cause.ts';
import { passCriterion } from './facts.ts';

/**
 * The sampled traces of a cause, one JSON object a line, to be used as rows of a data set. Exemplars have their
 * messages, whole where the report holds them whole (`cut` says which are not); the others have the beginning of the input.
 */
export function tracesOf(cause: Cause, source: HandoffSource): string {
  const shown = new Map(source.traces.map((trace, index) => [trace.id, { trace, index }]));
  const raw = rawTraces(source.archive);
  return cause.members
    .map((failure) => {
      const found = shown.get(failure.traceId);
      const conversation =
        found === undefined ? { input: failure.input, cut: true } : messages(found, raw);
      return `${printableJson({ ...head(failure, cause), ...conversation })}\n`;
    })
    .join('');
}

const head = (failure: AnalyzedFailure, cause: Cause): JsonObject => ({
  trace_id: failure.traceId,
  tenant: failure.tenant,
  prompt_version: failure.promptVersion,
  release: failure.release,
  model: failure.model,
  start_time:
    failure.startTime === null || Math.abs(failure.startTime) > 8.64e15
      ? null
      : new Date(failure.startTime).toISOString(),
  metadata: {
    cause: cause.cluster.id,
    title: cause.cluster.title,
    category: cause.cluster.category,
    signals: failure.signals.map(({ statement }) => statementText(statement)),
    expected: passCriterion(cause),
  },
});

function rawTraces(archive: string): readonly string[] {
  if (archive === '') return [];
  const read = unpacked(archive);
  const raw = isRecord(read) ? read['raw'] : null;
  return Array.isArray(raw) ? raw.map(String) : [];
}

function messages(
  { trace, index }: { readonly trace: ReportTrace; readonly index: number },
  raw: readonly string[],
): JsonObject {
  const whole = recorded(raw[index] ?? '');
  return whole === null
    ? { messages: trace.messages.map(asChat), cut: isCut(trace) }
    : { messages: whole.map(asChat), cut: false };
}

const isCut = ({ messages: shown }: ReportTrace): boolean =>
  shown.some(({ index, omitted }, place) => index !== place || omitted > 0);

/** The messages of a trace that is kept whole; null for one that was cut or has none. */
function recorded(text: string): readonly RecordedMessage[] | null {
  const trace = parseJson(text);
  const found = isRecord(trace) ? trace['messages'] : null;
  return isList(found) && found.length > 0 && found.every(isMessage) ? found : null;
}

const isMessage = (value: unknown): value is RecordedMessage & JsonObject =>
  isRecord(value) && typeof value['content'] === 'string' && isList(value['toolCalls']);

interface RecordedMessage {
  readonly role: string;
  readonly name: string | null;
  readonly content: string;
  readonly toolCalls: readonly ToolCall[];
  readonly toolCallId?: string | null;
}

/** As the Chat Completions API spells it, which Culprit and most tools read. */
const asChat = ({ role, name, content, toolCalls, toolCallId }: RecordedMessage): Json => ({
  role,
  content,
  ...(name !== null && { name }),
  ...(toolCallId != null && { tool_call_id: toolCallId }),
  ...(toolCalls.length > 0 && {
    tool_calls: toolCalls.map(({ id, name: tool, arguments: args }) => ({
      ...(id !== null && { id }),
      type: 'function',
      function: { name: tool, arguments: typeof args === 'string' ? args : JSON.stringify(args) },
    })),
  }),
});
