import type { Json, JsonObject } from '../../contract/json.ts';
import type {
  Document,
  Gap,
  Message,
  Origin,
  Span,
  ToolCall,
  Trace,
  Usage,
} from '../../contract/trace.ts';
import { finishReasonOf } from '../dialect/finish-reason.ts';
import { canonicalProvider } from '../dialect/provider.ts';
import { typeOfMessage } from '../dialect/span-error.ts';
import { documentsOf } from '../message/document.ts';
import { isRedacted } from '../message/redaction.ts';
import { isFarewell, requestIn } from '../message/request.ts';
import { textMessage } from '../message/text-message.ts';
import { addUsage, hasUsage, NO_USAGE, tokenCounts, usageOf } from '../message/usage.ts';
import type { RawCall, RawConversation } from '../record.ts';
import { type ConversationFields, conversationFields } from './conversation-field.ts';
import { hasEmptyReply, NO_INPUT, NO_OUTPUT, unknownShape } from './gap.ts';
import { impliedVersion } from './prompt-version.ts';
import { withSentiment } from './score-sentiment.ts';

/**
 * One trace from a record that has no spans: a synthesized root step (`root`), a model span per assistant
 * message (`model-N`, N the message's index) and a tool span per call (`tool-N-M`). Times of spans are null.
 * `fields` supply id, tenant, user, session, model, prompt name and version, environment, release,
 * tags, usage, documents and error by their usual names; the rest becomes `metadata`. A record
 * without an id is named after its place in the file.
 */
export function conversationTrace(conversation: RawConversation, origin: Origin): Trace {
  const fields = conversationFields(conversation.fields);
  const given = withEnds(conversation);
  const input = conversation.input ?? requestIn(given);
  const output = conversation.output ?? replyOf(given);
  const { spans, messages, unanswered, usage } = synthesized(
    given,
    fields,
    input,
    output,
    conversation.calls ?? NO_CALLS,
  );
  const system = given[0]?.role === 'system' ? given[0].content : '';
  const documents = documentsIn(fields.documents);
  return {
    id: conversation.id ?? fields.id ?? `${origin.file}:${origin.line ?? 0}`,
    name: fields.name,
    project: fields.project,
    tenant: fields.tenant,
    user: fields.user,
    session: fields.session,
    environment: fields.environment,
    release: fields.release,
    promptName: fields.promptName,
    promptVersion: fields.promptVersion ?? impliedVersion(system),
    model: fields.model ?? spans.findLast(({ model }) => model !== null)?.model ?? null,
    provider: fields.provider === null ? null : canonicalProvider(fields.provider),
    tags: fields.tags,
    metadata: fields.metadata,
    startTime: fields.time ?? timeIn(spans, 'first'),
    endTime: fields.endTime ?? timeIn(spans, 'last') ?? fields.time,
    status: fields.error !== null ? 'error' : fields.isOk ? 'ok' : 'unset',
    error: fields.error === null ? null : { ...fields.error, spanId: ROOT },
    input: isRedacted(input) ? '' : input,
    output: isRedacted(output) ? '' : output,
    messages,
    tools: conversation.tools,
    documents,
    scores: conversation.scores.map(withSentiment),
    usage: hasUsage(fields.usage) ? fields.usage : usage,
    spans,
    gaps: gapsOf(conversation, input, output, fields, unanswered, hasEmptyReply(messages)),
    origin,
  };
}

const ROOT = 'root';
const EMPTY: JsonObject = {};
const NO_DOCUMENTS: readonly Document[] = [];
const NO_GAPS: readonly Gap[] = [];
const NO_CALLS: ReadonlyMap<number, RawCall> = new Map();

/** A row with only question and answer becomes a conversation of two messages. */
function withEnds({ messages, input, output, fields }: RawConversation): readonly Message[] {
  if (messages.length > 0) return messages;
  const ends: Message[] = [];
  if (input !== null && input !== '') ends.push(textMessage('user', input));
  const isStopped = output === '' && 'finish_reason' in fields;
  if (output !== null && (output !== '' || isStopped)) ends.push(textMessage('assistant', output));
  return ends;
}

/** The final reply: its text, or its calls when it only calls. What the user says in parting needs no answer. */
function replyOf(messages: readonly Message[]): string {
  const at = messages.findLastIndex(({ role, content }) => {
    return role === 'assistant' || (role === 'user' && !isFarewell(content));
  });
  const last = messages[at];
  if (last?.role !== 'assistant') return '';
  if (last.content !== '') return last.content;
  return last.toolCalls.length === 0 ? '' : JSON.stringify(last.toolCalls);
}

interface Synthesized {
  readonly spans: readonly Span[];
  readonly messages: readonly Message[];
  /** Calls without an answer although the conversation continued. */
  readonly unanswered: readonly (readonly [spanId: string, call: ToolCall])[];
  /** Of all model calls. */
  readonly usage: Usage;
}

function synthesized(
  given: readonly Message[],
  fields: ConversationFields,
  input: string,
  output: string,
  calls: ReadonlyMap<number, RawCall>,
): Synthesized {
  const root = spanOf(ROOT, null, 'run', 'step', input, output);
  const spans: Span[] = [root];
  const messages: Message[] = [];
  const unanswered: [string, ToolCall][] = [];
  const pending: { readonly call: ToolCall; readonly at: number }[] = [];
  const lastReply = given.findLastIndex(({ role }) => role === 'assistant');
  let usage: Usage = NO_USAGE;
  let prompt = '';
  given.forEach((message, index) => {
    if (message.role === 'assistant') {
      const id = `model-${index}`;
      const reply = message.content || (message.toolCalls.length > 0 ? callsText(message) : '');
      const call = modelCall(calls.get(index), fields, index === lastReply);
      if (call.usage !== NO_USAGE) usage = addUsage(usage, call.usage);
      const name = call.model ?? 'model';
      spans.push(spanOf(id, ROOT, name, 'model', prompt, reply, call));
      message.toolCalls.forEach((call, at) => {
        pending.push({ call, at: spans.length });
        spans.push(toolSpan(`tool-${index}-${at}`, call));
      });
      messages.push({ ...message, spanId: id });
      return;
    }
    if (message.content !== '') prompt = message.content;
    if (message.role !== 'tool') {
      messages.push({ ...message, spanId: ROOT });
      return;
    }
    const found = pending.findIndex(({ call }) => isAnswer(message, call));
    if (found < 0) {
      messages.push({ ...message, spanId: ROOT });
      return;
    }
    const { at } = pending[found] as { at: number };
    pending.splice(found, 1);
    const span = spans[at] as Span;
    const answered = { ...span, output: message.content, toolResult: message.content };
    spans[at] = message.isError === true ? withToolError(answered) : answered;
    messages.push({ ...message, name: message.name ?? span.name, spanId: span.id });
  });
  const lastCalling = given.length - 1;
  for (const { call, at } of pending) {
    const id = (spans[at] as Span).id;
    if (!id.startsWith(`tool-${lastCalling}-`)) unanswered.push([id, call]);
  }
  return { spans: withError(spans, fields), messages, unanswered, usage };
}

type ModelCall = Pick<Span, 'model' | 'finishReason' | 'usage' | 'startTime' | 'endTime'>;

const NO_MODEL_CALL: ModelCall = {
  model: null,
  finishReason: null,
  usage: NO_USAGE,
  startTime: null,
  endTime: null,
};

/** The row's own finish reason is that of the last call. */
function modelCall(
  raw: RawCall | undefined,
  fields: ConversationFields,
  isLast: boolean,
): ModelCall {
  if (raw === undefined && fields.model === null && !(isLast && fields.finishReason !== null))
    return NO_MODEL_CALL;
  const counts = tokenCounts(raw?.usage);
  const cost = raw?.cost ?? null;
  const time = raw?.time ?? null;
  return {
    model: raw?.model ?? fields.model,
    finishReason: finishReasonOf(raw?.finishReason) ?? (isLast ? fields.finishReason : null),
    usage:
      counts !== null ? usageOf(counts, cost) : cost === null ? NO_USAGE : { ...NO_USAGE, cost },
    startTime: time,
    endTime: time,
  };
}

function timeIn(spans: readonly Span[], which: 'first' | 'last'): number | null {
  return (which === 'first' ? spans.find(isTimed) : spans.findLast(isTimed))?.startTime ?? null;
}

const isTimed = ({ startTime }: Span): boolean => startTime !== null;

function withToolError(span: Span): Span {
  const message = span.output;
  const error = { type: typeOfMessage(message), message, spanId: span.id };
  return { ...span, status: 'error', error };
}

/** By id; without ids the first unanswered call, of the same name when there is one. */
function isAnswer(message: Message, call: ToolCall): boolean {
  if (message.toolCallId !== null && call.id !== null) return message.toolCallId === call.id;
  return message.name === null || message.name === call.name;
}

const callsText = ({ toolCalls }: Message): string => JSON.stringify(toolCalls);

function withError(spans: Span[], { error }: ConversationFields): readonly Span[] {
  if (error === null) return spans;
  spans[0] = { ...(spans[0] as Span), status: 'error', error: { ...error, spanId: ROOT } };
  return spans;
}

function spanOf(
  id: string,
  parentId: string | null,
  name: string,
  kind: Span['kind'],
  input: string,
  output: string,
  call: ModelCall = NO_MODEL_CALL,
): Span {
  return {
    id,
    parentId,
    name,
    kind,
    startTime: call.startTime,
    endTime: call.endTime,
    status: 'unset',
    error: null,
    model: call.model,
    provider: null,
    input,
    output,
    toolCall: null,
    toolResult: null,
    documents: NO_DOCUMENTS,
    finishReason: call.finishReason,
    usage: call.usage,
    usageIsAggregate: false,
    attributes: EMPTY,
  };
}

function toolSpan(id: string, call: ToolCall): Span {
  const input =
    typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments);
  return { ...spanOf(id, ROOT, call.name, 'tool', input, ''), toolCall: call };
}

function documentsIn(value: Json | undefined): readonly Document[] {
  if (value === undefined) return NO_DOCUMENTS;
  const held = documentsOf(value);
  return held.length === 0 ? NO_DOCUMENTS : held.map((document) => ({ ...document, spanId: ROOT }));
}

function gapsOf(
  { unknown = [] }: RawConversation,
  input: string,
  output: string,
  fields: ConversationFields,
  unanswered: Synthesized['unanswered'],
  isBlank: boolean,
): readonly Gap[] {
  const isRedactedText = isRedacted(input) || isRedacted(output);
  const isWhole = input !== '' && output !== '' && unanswered.length + unknown.length === 0;
  if (isWhole && !isRedactedText) return NO_GAPS;
  const gaps: Gap[] = unanswered.map(([spanId, call]) => ({
    kind: 'missing_tool_result',
    spanId,
    detail: `${call.name} has no recorded result`,
  }));
  if (isRedactedText) {
    gaps.push({
      kind: 'redacted',
      spanId: null,
      detail: 'the recorder left content out on purpose',
    });
  }
  if (input === '') {
    gaps.push(NO_INPUT);
  }
  gaps.push(...unknown.map(unknownShape));
  if (output === '' && fields.error === null && !isBlank && unknown.length === 0) {
    gaps.push(NO_OUTPUT);
  }
  return gaps;
}
