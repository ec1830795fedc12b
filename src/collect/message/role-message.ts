import type { Json, JsonObject } from '../../contract/json.ts';
import type { Role, ToolCall } from '../../contract/trace.ts';
import { isList, isRecord, parseJson } from '../../text/json.ts';
import { stringOf, textOf } from '../json/json-value.ts';
import { uiSteps } from './ai-sdk.ts';
import { isOfferedTool } from './langchain.ts';
import { errorText, noPieces, type Pieces, readPart, toolMessage } from './message-part.ts';
import type { MessageSink } from './message-sink.ts';
import { isRedacted } from './redaction.ts';
import { parseCallId, parseCalls } from './smolagents.ts';
import { messageCalls, toolResultText } from './tool-call.ts';

/**
 * Reads a message whose role is known: plain text or a list of parts, with calls inside or beside the content.
 * Tool results among the parts become messages of their own.
 */
export function readMessage(value: JsonObject, role: Role, into: MessageSink, depth: number): void {
  const nested = value['message'] ?? value['data'];
  if (value['content'] === undefined && value['parts'] === undefined && isRecord(nested)) {
    into.readValue(
      nested['role'] === undefined ? { ...nested, role } : nested,
      role,
      into,
      depth + 1,
    );
    return;
  }
  const parts = partsOf(value);
  if (parts === null) {
    addMessage(value, role, contentText(value, into), messageCalls(value), into);
    return;
  }
  if (role === 'assistant') readReply(value, parts, into);
  else readTurnParts(value, role, parts, into);
}

function readReply(value: JsonObject, parts: readonly Json[], into: MessageSink): void {
  for (const step of uiSteps(parts)) {
    const pieces = noPieces();
    for (const part of step) readPart(part, pieces);
    addNotes(value, pieces, into);
    const text = pieces.texts.join('\n');
    const calls = pieces.calls.length > 0 ? pieces.calls : messageCalls(value);
    if (pieces.results.length === 0 || text !== '' || calls.length > 0) {
      addMessage(value, 'assistant', text, calls, into);
    }
    for (const result of pieces.results) into.messages.push(result);
  }
}

function addNotes(value: JsonObject, pieces: Pieces, into: MessageSink): void {
  into.redacted += pieces.redacted;
  if (pieces.unknown.length === 0) return;
  const holder = PART_HOLDERS.find((key) => isList(value[key])) ?? 'content';
  for (const type of pieces.unknown) into.unknown.push(`${holder}[].${type || 'kind'}`);
}

const PART_HOLDERS = ['content', 'parts', 'contents', 'blocks'] as const;

/** Tool results among the parts become messages of their own, in the order of the parts. */
function readTurnParts(
  value: JsonObject,
  role: Role,
  parts: readonly Json[],
  into: MessageSink,
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
    for (const result of pieces.results) into.messages.push(result);
    pieces.results.length = 0;
  }
  addNotes(value, pieces, into);
  const isCalling = role === 'tool' && pieces.calls.length > 0;
  if (isCalling) addMessage(value, 'assistant', pieces.texts.join('\n'), pieces.calls, into);
  else if (!hasResults) addMessage(value, role, pieces.texts.join('\n'), pieces.calls, into);
  else if (pieces.texts.length > 0) flush();
}

function addMessage(
  value: JsonObject,
  role: Role,
  content: string,
  calls: readonly ToolCall[],
  into: MessageSink,
): void {
  if (role === 'tool') {
    if (isOfferedTool(value['content'])) return;
    const made = toolMessage(value, resultIn(value, content));
    const isNamed = made.toolCallId !== null || !content.startsWith('Call id: ');
    into.messages.push(isNamed ? made : { ...made, toolCallId: parseCallId(content) });
    return;
  }
  const parsed = role === 'assistant' && calls.length === 0 ? parseCalls(content) : null;
  const name = stringOf(value['name'] ?? value['source']);
  into.messages.push({
    role,
    content: parsed === null ? content : '',
    toolCalls: parsed ?? calls,
    toolCallId: null,
    name: name === value['type'] ? null : name,
    spanId: null,
  });
}

/** The result as an object where it was recorded as one, so that an error in it shows. */
function resultIn(value: JsonObject, content: string): Json {
  const result = value['tool_result'] ?? value['toolResult'];
  return isRecord(result) && content === toolResultText(result) ? result : content;
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
  isRecord(part['function']) ||
  isBlock(part);

/** A block of Bedrock Converse: one key names what it is. */
function isBlock(part: JsonObject): boolean {
  const keys = Object.keys(part);
  return keys.length === 1 && BLOCKS.has(keys[0] as string);
}

const BLOCKS: ReadonlySet<string> = new Set(['text', 'toolUse', 'toolResult', 'reasoningContent']);

function contentText(value: JsonObject, into: MessageSink): string {
  const content = value['content'] ?? value['text'] ?? value['refusal'];
  if (content === undefined || content === null || content === '') return outcomeText(value);
  if (typeof content !== 'string') return textOf(content);
  if (!isRedacted(content)) return content;
  into.redacted++;
  return '';
}

/** The outcome of a tool message whose content is empty: `tool_result` beside it, or its error. */
function outcomeText(value: JsonObject): string {
  const result = value['tool_result'] ?? value['toolResult'];
  if (result !== undefined && result !== null) return toolResultText(result);
  return value['role'] === 'tool' ? errorText(value['error']) : '';
}
