import type { Json, JsonObject } from '../../contract/json.ts';
import type { Gap, Message, Span, SpanKind, ToolDefinition } from '../../contract/trace.ts';
import { recordOf, stringOf, textOf } from '../json/json-value.ts';
import { isRedacted } from '../message/redaction.ts';
import type { RawSpan } from '../record.ts';
import { type AttributeReading, field, readAttributes } from './attribute-reading.ts';
import { DETAILS_EVENT } from './event-message.ts';
import { finishReasonOf } from './finish-reason.ts';
import { canonicalProvider } from './provider.ts';
import { spanDocuments } from './span-document.ts';
import { type SpanError, spanError, typeOfMessage } from './span-error.ts';
import { isAggregateKind, spanKind } from './span-kind.ts';
import { type SpanMessages, spanMessages } from './span-message.ts';
import { spanToolCall, spanToolResult, spanTools } from './span-tool.ts';
import { spanUsage } from './span-usage.ts';
import { unpackedAttributes } from './vendor-attribute.ts';

/** A span understood: its canonical form and what it knows about its trace. */
export interface SpanReading {
  /** Parent and `usageIsAggregate` are as the span itself knows them. */
  readonly span: Span;
  readonly raw: RawSpan;
  readonly attributes: AttributeReading;
  readonly input: readonly Message[];
  readonly output: readonly Message[];
  /** Raw text of input and output, before anything is read out of it. */
  readonly inputText: string;
  readonly outputText: string;
  readonly tools: readonly ToolDefinition[];
  readonly gaps: readonly Gap[];
}

export function readSpan(received: RawSpan): SpanReading {
  const raw = withDetails(received);
  const reading = readAttributes(raw.attributes);
  const kind = spanKind(raw, reading);
  const isModel = kind === 'model';
  const found = MESSAGE_KINDS.has(kind) ? spanMessages(raw, reading, isModel) : NO_MESSAGES;
  const isTool = kind === 'tool';
  const failure = spanError(raw, reading, kind);
  const { usage, isAggregate } = spanUsage(reading, isModel, failure !== null);
  const result = isTool ? spanToolResult(raw, reading) : null;
  const error = failure?.message === '' && result !== null ? named(failure, result) : failure;
  const hasNoMessages = found === NO_MESSAGES;
  const inputText = hasNoMessages ? plainInput(reading, isTool) : found.inputText;
  const outputText = hasNoMessages
    ? (result ?? textOf(field(reading, 'toolResult')))
    : found.outputText;
  const [start, end] = [raw.startTime ?? raw.endTime, raw.endTime ?? raw.startTime];
  const span: Span = {
    id: raw.spanId,
    parentId: raw.parentId,
    name: raw.name || textOf(raw.attributes['langsmith.trace.name']),
    kind,
    startTime: start,
    endTime: end,
    status: error !== null ? 'error' : raw.statusCode === 'error' ? 'unset' : raw.statusCode,
    error: error === null ? null : { ...error, spanId: raw.spanId },
    model: modelOf(reading),
    provider: providerOf(reading),
    input: unredacted(lastText(found.input) || inputText),
    output: unredacted(reply(found.output) || outputText),
    toolCall: isTool ? spanToolCall(raw, reading) : null,
    toolResult: result === null ? null : unredacted(result),
    documents: spanDocuments(raw, reading, kind),
    finishReason: finishReasonOf(field(reading, 'finishReason')) ?? found.finishReason,
    usage,
    usageIsAggregate: isAggregate || isAggregateKind(kind),
    attributes: reading.attributes,
  };
  return {
    span,
    raw,
    attributes: reading,
    input: found.input,
    output: found.output,
    inputText,
    outputText,
    tools: spanTools(reading, kind),
    gaps: spanGaps(raw, span, reading, found),
  };
}

/** A tool that failed without a message says why in its result. */
function named({ type }: SpanError, result: string): SpanError {
  const message = result.slice(0, 2000);
  return { type: type === '_OTHER' ? typeOfMessage(message) : type, message };
}

const MESSAGE_KINDS: ReadonlySet<SpanKind> = new Set([
  'model',
  'agent',
  'workflow',
  'step',
  'other',
]);

const NO_MESSAGES: SpanMessages = {
  input: [],
  output: [],
  inputText: '',
  outputText: '',
  redacted: 0,
  finishReason: null,
  unknown: [],
};

/** An event may carry the attributes that the span leaves out; input and output may come in an event each. */
function withDetails(raw: RawSpan): RawSpan {
  const attributes = unpackedAttributes(raw.attributes);
  const details = raw.events.filter((event) => event.name === DETAILS_EVENT);
  if (details.length === 0) return attributes === raw.attributes ? raw : { ...raw, attributes };
  const merged = Object.assign({}, ...details.map((event) => event.attributes)) as JsonObject;
  return { ...raw, attributes: { ...merged, ...attributes } };
}

function plainInput(reading: AttributeReading, isTool: boolean): string {
  const query = isTool ? '' : textOf(field(reading, 'query'));
  return query || textOf(field(reading, 'toolArguments'));
}

const unredacted = (text: string): string => (isRedacted(text) ? '' : text);

function lastText(messages: readonly Message[]): string {
  for (let at = messages.length - 1; at >= 0; at--) {
    const message = messages[at];
    if (message !== undefined && message.role !== 'assistant' && message.role !== 'system') {
      return message.content;
    }
  }
  return '';
}

/** Text of the last assistant message, or its calls as JSON when it has no text. */
function reply(messages: readonly Message[]): string {
  const last = messages.findLast((message) => message.role === 'assistant');
  if (last === undefined) return '';
  return last.content || (last.toolCalls.length > 0 ? JSON.stringify(last.toolCalls) : '');
}

function modelOf(reading: AttributeReading): string | null {
  const named = field(reading, 'responseModel') ?? field(reading, 'requestModel');
  const text = stringOf(named ?? null);
  if (text !== null) return unquoted(text);
  const parameters = field(reading, 'parameters');
  return parameters === undefined ? null : stringOf(recordOf(parameters)['model'] ?? null);
}

/** MLflow encodes strings as JSON. */
const unquoted = (text: string): string =>
  text.length > 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;

function providerOf(reading: AttributeReading): string | null {
  const name = stringOf(field(reading, 'provider') ?? null);
  return name === null ? null : canonicalProvider(unquoted(name));
}

function spanGaps(
  raw: RawSpan,
  span: Span,
  reading: AttributeReading,
  found: SpanMessages,
): readonly Gap[] {
  const gaps: Gap[] = [];
  const add = (kind: Gap['kind'], detail: string): void => {
    gaps.push({ kind, spanId: raw.spanId, detail });
  };
  if (raw.droppedAttributes > 0) {
    add('truncated_attributes', `the recorder dropped ${raw.droppedAttributes} attributes`);
  }
  const refused = (raw.refusedKeys ?? 0) + reading.refused;
  if (refused > 0) add('dropped_key', `${refused} hostile or out-of-range keys were left out`);
  const redacted = found.redacted > 0 || isMarked(reading.attributes);
  if (redacted) add('redacted', 'the recorder left content out on purpose');
  if (span.startTime === null) add('missing_time', 'no start or end time');
  if (span.kind === 'model' && !redacted) {
    if (span.input === '') add('no_input', 'a model call without its input');
    const isLost = span.output === '' && found.unknown.length === 0;
    if (isLost && span.error === null) add('no_output', 'a model call without output');
  }
  for (const path of found.unknown) add('unknown_shape', path);
  if (span.kind === 'tool' && isUnanswered(span)) {
    add('missing_tool_result', `${span.toolCall?.name ?? span.name} has no recorded result`);
  }
  return gaps;
}

const isUnanswered = (span: Span): boolean =>
  span.toolResult === null &&
  span.error === null &&
  !('pydantic_ai.tool.deferral.name' in span.attributes);

function isMarked(attributes: { readonly [key: string]: Json | undefined }): boolean {
  return isMark(attributes['input.value']) || isMark(attributes['output.value']);
}

const isMark = (value: Json | undefined): boolean => typeof value === 'string' && isRedacted(value);
