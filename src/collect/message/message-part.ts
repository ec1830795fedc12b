import type { Json, JsonObject } from '../../contract/json.ts';
import type { Message, ToolCall } from '../../contract/trace.ts';
import { isList, isRecord } from '../../text/json.ts';
import { pick, stringOf, textOf } from '../json/json-value.ts';
import { isUiToolDone, uiToolPart } from './ai-sdk.ts';
import { isRedacted } from './redaction.ts';
import { toolCallOf, toolResultText } from './tool-call.ts';

/** Content of the parts of one message, by kind. */
export interface Pieces {
  readonly texts: string[];
  readonly calls: ToolCall[];
  readonly results: Message[];
  /** Number of parts whose content the recorder redacted. */
  redacted: number;
  /** Types of the parts that were not understood. */
  readonly unknown: string[];
}

export const noPieces = (): Pieces => ({
  texts: [],
  calls: [],
  results: [],
  redacted: 0,
  unknown: [],
});

/** Adds one content part of any recorder; reasoning is left out, media become a short placeholder. */
export function readPart(part: Json, into: Pieces): void {
  if (typeof part === 'string') {
    addText(part, into);
    return;
  }
  if (!isRecord(part)) return;
  const inner = part['message_content'];
  if (isRecord(inner)) {
    readPart(inner, into);
    return;
  }
  readTyped(part, typeOf(part), into);
}

/** A tool message with the id and name of the part, null where it has none. */
export function toolMessage(part: JsonObject, result: Json | undefined): Message {
  const id = pick(part, 'tool_call_id', 'toolCallId', 'tool_use_id', 'toolUseId', 'call_id', 'id');
  return {
    role: 'tool',
    content: toolResultText(result),
    toolCalls: [],
    toolCallId: isList(id) ? id.map(textOf).join(' ') : stringOf(id),
    name: stringOf(pick(part, 'name', 'tool_name', 'toolName', 'function')),
    spanId: null,
    ...(isErrorResult(part, result) ? { isError: true as const } : {}),
  };
}

/**
 * True for a result that its recorder marks as an error: Anthropic `is_error`, MCP `isError`, LangChain and Converse
 * `status`, AI SDK `output-error` and `error-text`, an `error` beside the content or alone in it.
 */
function isErrorResult(part: JsonObject, result: Json | undefined): boolean {
  if (part['is_error'] === true || part['isError'] === true) return true;
  if (part['status'] === 'error' || part['state'] === 'output-error') return true;
  if (isErrorValue(part['error'])) return true;
  if (!isRecord(result)) return false;
  const { type, error } = result;
  if (type === 'error-text' || type === 'error-json' || result['isError'] === true) return true;
  return isErrorValue(error) && Object.keys(result).length === 1;
}

const isErrorValue = (error: Json | undefined): boolean =>
  error === true || (typeof error === 'string' && error !== '') || isRecord(error);

export function addText(text: string, into: Pieces): void {
  if (isRedacted(text)) into.redacted++;
  else if (text !== '') into.texts.push(text);
}

function readTyped(part: JsonObject, type: string, into: Pieces): void {
  const kind = PARTS.get(type);
  if (kind === 'text') readText(part, into);
  else if (kind === 'call') {
    const call = toolCallOf(part);
    if (call !== null) into.calls.push(call);
  } else if (kind === 'result') into.results.push(readResult(part));
  else if (kind === undefined && !readUiTool(part, type, into)) readUnknown(part, type, into);
}

function readUiTool(part: JsonObject, type: string, into: Pieces): boolean {
  const tool = uiToolPart(part, type);
  if (tool === null) return false;
  const call = toolCallOf(tool);
  if (call !== null) into.calls.push(call);
  if (isUiToolDone(tool)) into.results.push(readResult(tool));
  return true;
}

function readText(part: JsonObject, into: Pieces): void {
  const text = part['content'] ?? part['text'] ?? part['refusal'];
  if (typeof text === 'string') addText(text, into);
  else if (text === undefined) into.redacted++;
  else if (text !== null) addText(textOf(text), into);
}

function readResult(part: JsonObject): Message {
  const wrapped = pick(part, 'functionResponse', 'function_response', 'toolResult');
  if (isRecord(wrapped)) return readResult(wrapped);
  const result =
    part['response'] ??
    part['result'] ??
    part['output'] ??
    part['content'] ??
    part['errorText'] ??
    errorText(part['error']);
  return toolMessage(part, result);
}

function readUnknown(part: JsonObject, type: string, into: Pieces): void {
  const media = MEDIA.get(type) ?? stringOf(part['modality']);
  if (media !== null && media !== undefined) {
    const mime = stringOf(pick(part, 'mime_type', 'mimeType', 'mediaType', 'media_type'));
    into.texts.push(mime === null ? `[${media}]` : `[${media} ${mime}]`);
    return;
  }
  if (UI_NOTES.test(type) || THOUGHT.test(type)) return;
  const text = part['text'];
  if (typeof text === 'string') addText(text, into);
  else if (Object.keys(part).length > 0) into.unknown.push(type);
}

/** Reasoning under the names of other recorders. */
const THOUGHT = /reasoning|thinking|thought/i;

/** Parts of AI SDK chats that say nothing to the reader: step marks, sources, data of the application. */
const UI_NOTES = /^(?:step-start|step-finish|source(?:-url|-document)?|data-.{0,80})$/;

/** Text of an error as a message, an object with a message, or anything else. */
export function errorText(error: Json | undefined): string {
  if (isRecord(error)) {
    const message = error['message'];
    return typeof message === 'string' ? message : textOf(error);
  }
  return error === true || error === false ? '' : textOf(error);
}

function typeOf(part: JsonObject): string {
  const type = part['type'] ?? part['kind'] ?? part['part_kind'] ?? part['block_type'];
  if (typeof type === 'string') return type;
  if (part['thought'] === true) return 'reasoning';
  for (const key of UNTYPED) if (part[key] !== undefined) return key;
  return '';
}

const UNTYPED = [
  'reasoningContent',
  'functionCall',
  'function_call',
  'functionResponse',
  'function_response',
  'toolUse',
  'toolResult',
  'inlineData',
  'inline_data',
  'fileData',
  'file_data',
  'function',
  'text',
];

const PARTS = new Map<string, 'text' | 'call' | 'result' | 'hidden'>([
  ['text', 'text'],
  ['input_text', 'text'],
  ['output_text', 'text'],
  ['summary_text', 'text'],
  ['refusal', 'text'],
  ['compaction', 'text'],
  ['user-prompt', 'text'],
  ['retry-prompt', 'text'],
  ['system-prompt', 'text'],
  ['tool_call', 'call'],
  ['tool-call', 'call'],
  ['tool_use', 'call'],
  ['server_tool_call', 'call'],
  ['server_tool_use', 'call'],
  ['function', 'call'],
  ['function_call', 'call'],
  ['functionCall', 'call'],
  ['toolUse', 'call'],
  ['tool_call_response', 'result'],
  ['server_tool_call_response', 'result'],
  ['tool-result', 'result'],
  ['tool_result', 'result'],
  ['tool-return', 'result'],
  ['function_call_output', 'result'],
  ['functionResponse', 'result'],
  ['function_response', 'result'],
  ['toolResult', 'result'],
  ['reasoning', 'hidden'],
  ['reasoningContent', 'hidden'],
  ['reasoning_content', 'hidden'],
  ['cachePoint', 'hidden'],
  ['thinking', 'hidden'],
  ['redacted_thinking', 'hidden'],
]);

const MEDIA = new Map<string, string>([
  ['image', 'image'],
  ['image_url', 'image'],
  ['image-url', 'image'],
  ['input_image', 'image'],
  ['inlineData', 'media'],
  ['inline_data', 'media'],
  ['fileData', 'file'],
  ['file_data', 'file'],
  ['file', 'file'],
  ['input_file', 'file'],
  ['document', 'file'],
  ['audio', 'audio'],
  ['input_audio', 'audio'],
  ['video', 'video'],
  ['binary', 'media'],
  ['blob', 'media'],
  ['uri', 'media'],
]);
