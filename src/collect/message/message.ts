import type { Json, JsonObject } from '../../contract/json.ts';
import type { Message, Role, ToolCall } from '../../contract/trace.ts';
import { isList, isRecord, parseJson } from '../../text/json.ts';
import { pick, stringOf, structured, textOf } from '../json/json-value.ts';
import { addText, type Pieces, readPart, toolMessage } from './message-part.ts';
import { roleOf, serializedRole } from './message-role.ts';
import { isRedacted } from './redaction.ts';
import { spokenCallId, spokenCalls, spokenRole } from './smolagents.ts';
import { toolCallsOf } from './tool-call.ts';

/**
 * Messages found in a value: one message, a list, a list of lists, or an object that holds them
 * (`messages`, `input`, `contents`, `choices`, `generations`, …), as JSON or as a JSON string.
 * Understands OpenAI (chat and responses), Anthropic, Gemini, LangChain, OTel `parts` and AI SDK
 * messages. Empty when there are none. `spanId` is null on all.
 */
export function messagesOf(value: Json): Message[] {
  return readMessages(value, 'user').messages;
}

export interface ReadMessages {
  readonly messages: Message[];
  /** Contents the recorder left out on purpose; their messages have ''. */
  redacted: number;
  /** The first finish reason beside a message, as received. */
  finishReason: Json | null;
}

/** Like `messagesOf`, with the count of redacted contents; `fallback` is the role of text found without one. */
export function readMessages(value: Json, fallback: 'user' | 'assistant'): ReadMessages {
  const into: ReadMessages = { messages: [], redacted: 0, finishReason: null };
  readValue(structured(value), fallback, into, 0);
  return into;
}

/** A message with nothing but a text. */
export function textMessage(role: Role, content: string, spanId: string | null = null): Message {
  return { role, content, toolCalls: [], toolCallId: null, name: null, spanId };
}

const MAX_DEPTH = 8;
const NO_CALLS: readonly ToolCall[] = [];

function readValue(value: Json, fallback: Role, into: ReadMessages, depth: number): void {
  if (depth > MAX_DEPTH) return;
  if (isList(value)) {
    if (fallback === 'assistant' && isCallList(value)) {
      into.messages.push({ ...textMessage('assistant', ''), toolCalls: toolCallsOf(value) });
      return;
    }
    for (const item of value) {
      const parsed = typeof item === 'string' ? structured(item) : item;
      if (typeof parsed === 'object') readValue(parsed, fallback, into, depth + 1);
    }
  } else if (isRecord(value)) {
    const role = roleOf(value);
    if (into.finishReason === null && role !== 'user') into.finishReason = finishIn(value);
    if (role !== null) readMessage(value, spokenRole(value, role), into, depth);
    else readContainer(value, fallback, into, depth);
  }
}

/** OpenAI and OTel, Gemini, Anthropic; LangChain keeps it a level deeper. */
function finishIn(value: JsonObject): Json {
  const own = value['finish_reason'] ?? value['finishReason'] ?? value['stop_reason'];
  if (own !== undefined && own !== null) return own;
  const kwargs = value['kwargs'];
  const held =
    value['response_metadata'] ??
    value['generation_info'] ??
    value['generationInfo'] ??
    (isRecord(kwargs) ? kwargs['response_metadata'] : undefined);
  return isRecord(held) ? finishIn(held) : null;
}

/** AI SDK recorders give a reply that only calls tools as the list of its calls. */
const isCallList = (value: readonly Json[]): boolean =>
  value.length > 0 &&
  value.every(
    (item) => isRecord(item) && typeof item['toolName'] === 'string' && 'toolCallId' in item,
  );

function readMessage(value: JsonObject, role: Role, into: ReadMessages, depth: number): void {
  const nested = value['message'] ?? value['data'];
  if (value['content'] === undefined && value['parts'] === undefined && isRecord(nested)) {
    readValue(nested['role'] === undefined ? { ...nested, role } : nested, role, into, depth + 1);
    return;
  }
  const parts = partsOf(value);
  if (parts === null) {
    addMessage(value, role, contentText(value, into), callsOf(value), into);
    return;
  }
  if (role === 'assistant') readReply(value, parts, into);
  else readTurnParts(value, role, parts, into);
}

function readReply(value: JsonObject, parts: readonly Json[], into: ReadMessages): void {
  const pieces = noPieces();
  for (const part of parts) readPart(part, pieces);
  into.redacted += pieces.redacted;
  const text = pieces.texts.join('\n');
  const calls = pieces.calls.length > 0 ? pieces.calls : callsOf(value);
  if (pieces.results.length === 0 || text !== '' || calls.length > 0) {
    addMessage(value, 'assistant', text, calls, into);
  }
  into.messages.push(...pieces.results);
}

/** Results among the parts are messages of their own, in their place. */
function readTurnParts(
  value: JsonObject,
  role: Role,
  parts: readonly Json[],
  into: ReadMessages,
): void {
  const pieces = noPieces();
  let hasResults = false;
  const flush = (): void => {
    if (role !== 'tool') addMessage(value, role, pieces.texts.join('\n'), pieces.calls, into);
    pieces.texts.length = 0;
  };
  for (const part of parts) {
    const before = pieces.texts.length;
    readPart(part, pieces);
    if (pieces.results.length === 0) continue;
    hasResults = true;
    if (before > 0) flush();
    into.messages.push(...pieces.results);
    pieces.results.length = 0;
  }
  into.redacted += pieces.redacted;
  const isCalling = role === 'tool' && pieces.calls.length > 0;
  if (isCalling) addMessage(value, 'assistant', pieces.texts.join('\n'), pieces.calls, into);
  else if (!hasResults) addMessage(value, role, pieces.texts.join('\n'), pieces.calls, into);
  else if (pieces.texts.length > 0) flush();
}

const noPieces = (): Pieces => ({ texts: [], calls: [], results: [], redacted: 0 });

function addMessage(
  value: JsonObject,
  role: Role,
  content: string,
  calls: readonly ToolCall[],
  into: ReadMessages,
): void {
  if (role === 'tool') {
    if (isToolDefinition(value['content'])) return;
    const made = toolMessage(value, content);
    const isNamed = made.toolCallId !== null || !content.startsWith('Call id: ');
    into.messages.push(isNamed ? made : { ...made, toolCallId: spokenCallId(content) });
    return;
  }
  const spoken = role === 'assistant' && calls.length === 0 ? spokenCalls(content) : null;
  const name = stringOf(value['name'] ?? value['source']);
  into.messages.push({
    role,
    content: spoken === null ? content : '',
    toolCalls: spoken ?? calls,
    toolCallId: null,
    name: name === value['type'] ? null : name,
    spanId: null,
  });
}

/** Content parts of a message, null when its content is plain. */
function partsOf(value: JsonObject): readonly Json[] | null {
  const content = value['content'];
  if (typeof content === 'string') {
    return content.startsWith('[{"') ? encodedParts(content) : null;
  }
  if (isList(content)) return content;
  const parts = value['parts'] ?? value['contents'] ?? value['blocks'];
  if (isList(parts)) return parts;
  if (isRecord(content) && isList(content['parts'])) return content['parts'];
  return null;
}

function encodedParts(text: string): readonly Json[] | null {
  const parsed = parseJson(text);
  if (!isList(parsed)) return null;
  return parsed.every((part) => isRecord(part) && isPart(part)) ? parsed : null;
}

const isPart = (part: JsonObject): boolean =>
  (typeof part['type'] === 'string' && ('text' in part || 'content' in part || 'id' in part)) ||
  isRecord(part['function']);

function contentText(value: JsonObject, into: ReadMessages): string {
  const content = value['content'] ?? value['text'] ?? value['refusal'];
  if (typeof content !== 'string') return textOf(content);
  if (!isRedacted(content)) return content;
  into.redacted++;
  return '';
}

function callsOf(value: JsonObject): readonly ToolCall[] {
  const calls = value['tool_calls'] ?? value['toolCalls'] ?? value['toolInvocations'];
  if (calls !== undefined && calls !== null && (!isList(calls) || calls.length > 0)) {
    return toolCallsOf(calls);
  }
  const single = value['function_call'];
  if (isRecord(single)) return toolCallsOf(single);
  const extra = value['additional_kwargs'];
  if (isRecord(extra)) return toolCallsOf(extra['tool_calls'] ?? extra['function_call']);
  return legacyCall(value);
}

function legacyCall(value: JsonObject): readonly ToolCall[] {
  const name = value['function_call_name'];
  if (typeof name !== 'string') return NO_CALLS;
  return toolCallsOf({ name, arguments: value['function_call_arguments_json'] ?? null });
}

/** LangChain recorders list the offered tools as messages of role tool. */
function isToolDefinition(content: Json | undefined): boolean {
  if (typeof content === 'string') {
    if (!content.startsWith('{"type"')) return false;
    const parsed = parseJson(content);
    return isRecord(parsed) && isToolDefinition(parsed);
  }
  return isRecord(content) && content['type'] === 'function' && isRecord(content['function']);
}

function readContainer(value: JsonObject, fallback: Role, into: ReadMessages, depth: number): void {
  if (readItem(value, fallback, into, depth)) return;
  const before = into.messages.length;
  const config = value['config'];
  const system =
    pick(value, 'system', 'instructions', 'system_instruction', 'systemInstruction') ??
    (isRecord(config) ? config['system_instruction'] : undefined);
  if (system !== undefined) readSystem(system, into);
  const held = into.messages.length;
  const isRequest = 'model' in value || 'instructions' in value;
  for (const key of CONTAINERS) {
    const inner = value[key];
    if (typeof inner !== 'object' && typeof inner !== 'string') continue;
    readHeld(key, inner, isRequest, into, depth);
    if (into.messages.length > held) return;
  }
  if (into.messages.length === held) into.messages.length = before;
}

const CONTAINERS = [
  'messages',
  'input',
  'contents',
  'choices',
  'candidates',
  'generations',
  'output',
  'message',
  'new_message',
  'newMessage',
  'prompt',
  'content',
  'update',
  'kwargs',
] as const;

const REPLIES: ReadonlySet<string> = new Set([
  'choices',
  'candidates',
  'generations',
  'output',
  'message',
  'content',
]);

function readHeld(
  key: (typeof CONTAINERS)[number],
  inner: Json,
  isRequest: boolean,
  into: ReadMessages,
  depth: number,
): void {
  if (typeof inner === 'string') {
    if (key === 'prompt' || key === 'contents' || (key === 'input' && isRequest)) {
      into.messages.push(textMessage('user', inner));
    }
    return;
  }
  const role = REPLIES.has(key) ? 'assistant' : 'user';
  if (key === 'content' && isList(inner)) {
    readMessage({ role, content: inner }, role, into, depth);
    return;
  }
  const first = key === 'choices' || key === 'candidates' || key === 'generations';
  readValue(first && isList(inner) ? (inner[0] ?? null) : inner, role, into, depth + 1);
}

/** Items that are messages without a role: LangChain constructors, OpenAI responses items, Gemini and PydanticAI turns. */
function readItem(value: JsonObject, fallback: Role, into: ReadMessages, depth: number): boolean {
  const type = value['type'];
  const kwargs = value['kwargs'];
  if (type === 'constructor' && isRecord(kwargs)) {
    const role = serializedRole(value['id']);
    if (role !== null) readMessage(kwargs, role, into, depth);
    else readContainer(kwargs, fallback, into, depth + 1);
    return true;
  }
  if (type === 'function_call') {
    const calls = toolCallsOf(value);
    if (calls.length > 0) into.messages.push(merged(into.messages, calls));
    return true;
  }
  if (type === 'function_call_output') {
    into.messages.push(toolMessage({ call_id: value['call_id'] }, value['output']));
    return true;
  }
  if (type === 'reasoning') return true;
  if (value['kind'] === 'request' || value['kind'] === 'response') return readTurn(value, into);
  if (isList(value['parts']) || isList(value['blocks'])) {
    readMessage(value, fallback, into, depth);
    return true;
  }
  const isBare = fallback === 'assistant' && !isRecord(value['message']);
  if (isBare && typeof value['text'] === 'string') {
    into.messages.push(textMessage('assistant', value['text']));
    return true;
  }
  return false;
}

/** Parallel calls come as items in a row; they are one assistant message. */
function merged(messages: Message[], calls: readonly ToolCall[]): Message {
  const last = messages.at(-1);
  if (last?.role === 'assistant' && last.toolCalls.length > 0) {
    messages.pop();
    return { ...last, toolCalls: [...last.toolCalls, ...calls] };
  }
  return { ...textMessage('assistant', ''), toolCalls: calls };
}

function readTurn(value: JsonObject, into: ReadMessages): boolean {
  const parts = value['parts'];
  if (!isList(parts)) return false;
  const system = parts.filter((part) => isRecord(part) && part['part_kind'] === 'system-prompt');
  const rest = parts.filter((part) => !system.includes(part));
  if (system.length > 0) readMessage({ parts: system }, 'system', into, 0);
  const role = value['kind'] === 'request' ? 'user' : 'assistant';
  if (rest.length > 0) readMessage({ parts: rest }, role, into, 0);
  return true;
}

function readSystem(value: Json, into: ReadMessages): void {
  const parsed = structured(value);
  const pieces = noPieces();
  if (typeof parsed === 'string') addText(parsed, pieces);
  else if (isList(parsed)) for (const part of parsed) readPart(part, pieces);
  else if (isRecord(parsed)) {
    const parts = parsed['parts'];
    for (const part of isList(parts) ? parts : [parsed]) readPart(part, pieces);
  }
  into.redacted += pieces.redacted;
  if (pieces.texts.length > 0) into.messages.push(textMessage('system', pieces.texts.join('\n')));
}

/** Text of system instructions in any form: text, parts, or a content object. */
export function systemText(value: Json): string {
  const into: ReadMessages = { messages: [], redacted: 0, finishReason: null };
  readSystem(value, into);
  return into.messages[0]?.content ?? '';
}
