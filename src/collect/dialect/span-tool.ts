import type { Json } from '../../contract/json.ts';
import type { Message, SpanKind, ToolCall, ToolDefinition } from '../../contract/trace.ts';
import { byText } from '../../text/by-text.ts';
import { isRecord, parseJson } from '../../text/json.ts';
import { isEmpty, pick, stringOf, structured, textOf } from '../json/json-value.ts';
import { messagesOf } from '../message/message.ts';
import { parsedArguments, toolResultText } from '../message/tool-call.ts';
import { toolDefinitionsIn, toolDefinitionsOf } from '../message/tool-definition.ts';
import type { RawSpan } from '../record.ts';
import { TOOL_BAG_KEYS, TOOL_KEYS } from './attribute-key.ts';
import { type AttributeReading, field } from './attribute-reading.ts';
import { FIELD_KEYS } from './attribute-table.ts';
import { eventMessages } from './event-message.ts';

/** The call a tool span carries out. */
export function spanToolCall(raw: RawSpan, reading: AttributeReading): ToolCall {
  return {
    id: stringOf(field(reading, 'toolCallId') ?? null),
    name: stringOf(field(reading, 'toolName') ?? null) ?? bareName(raw.name),
    arguments: reading.source.has('toolArguments')
      ? argumentsOf(reading)
      : (toolMessages(raw, reading).call ?? argumentsOf(reading)),
  };
}

/** What the tool gave back as text, null when not recorded. */
export function spanToolResult(raw: RawSpan, reading: AttributeReading): string | null {
  const key = reading.source.get('toolResult');
  const value = key === undefined ? undefined : reading.attributes[key];
  if (key === undefined || value === undefined) {
    return toolMessages(raw, reading).result ?? emptyResult(reading);
  }
  const parsed = typeof value === 'string' ? (unwrappedResult(value, key) ?? value) : value;
  return toolResultText(isRecord(parsed) ? toolOutput(parsed) : parsed);
}

/** Tools a span offers to the model. */
export function spanTools(reading: AttributeReading, kind: SpanKind): readonly ToolDefinition[] {
  if (kind !== 'model' && kind !== 'agent') return NO_TOOLS;
  for (const key of TOOL_KEYS) {
    const list =
      key === 'ai.prompt.tools' || key === 'mlflow.chat.tools' ? undefined : reading.lists.get(key);
    const value = list ?? reading.attributes[key];
    if (value === undefined || isEmpty(value)) continue;
    const tools = typeof value === 'string' ? knownTools(value) : toolDefinitionsOf(value);
    if (tools.length > 0) return tools;
  }
  for (const key of TOOL_BAG_KEYS) {
    const value = reading.attributes[key];
    if (value === undefined || (typeof value === 'string' && !mayHoldTools(value))) continue;
    const tools = toolDefinitionsIn(value);
    if (tools.length > 0) return tools;
  }
  return NO_TOOLS;
}

const NO_TOOLS: readonly ToolDefinition[] = [];

/** Every call of an application repeats the same definitions. */
const knownTools = byText((text): readonly ToolDefinition[] => toolDefinitionsOf(text));

const mayHoldTools = (text: string): boolean =>
  text.includes('tools"') || text.includes('functions"') || text.includes('"function"');

function argumentsOf(reading: AttributeReading): Json {
  const key = reading.source.get('toolArguments');
  const value = key === undefined ? undefined : reading.attributes[key];
  const parsed = parsedArguments(value);
  if (!isRecord(parsed)) return parsed;
  const { args, kwargs } = parsed;
  if (!Array.isArray(args) || !isRecord(kwargs)) return parsed;
  return Object.keys(kwargs).length > 0 || args.length === 0 ? kwargs : (args as Json[]);
}

/** Strands and AgentCore record call and result of a tool as messages, in events or attributes of its span. */
function toolMessages(
  raw: RawSpan,
  reading: AttributeReading,
): { readonly call: Json | null; readonly result: string | null } {
  const events = raw.events.length > 0 ? eventMessages(raw.events) : null;
  const messages = (key: string): readonly Message[] => {
    const held = reading.attributes[key];
    return held === undefined ? [] : messagesOf(held);
  };
  const input = [...(events?.input ?? []), ...messages('gen_ai.input.messages')];
  const output = [...(events?.output ?? []), ...messages('gen_ai.output.messages')];
  const call = input.flatMap(({ toolCalls }) => toolCalls)[0]?.arguments;
  const given = input.find(({ role, content }) => role === 'tool' && content !== '')?.content;
  const last = output.at(-1);
  return {
    call: call ?? (given === undefined ? null : parsedArguments(given)),
    result: last === undefined ? null : last.content,
  };
}

/** A result recorded as empty is a result all the same. */
function emptyResult(reading: AttributeReading): string | null {
  for (const key of FIELD_KEYS.toolResult) {
    const value = reading.attributes[key];
    if (value !== undefined && value !== null) return textOf(value);
  }
  return null;
}

/** MLflow and Traceloop encode plain strings too. */
function unwrappedResult(text: string, key: string): Json | undefined {
  if (text.startsWith('"') && (key.startsWith('mlflow.') || key.startsWith('traceloop.'))) {
    return parseJson(text);
  }
  if (!text.includes('"kwargs"') && !WRAPPED.test(text)) return undefined;
  return structured(text);
}

const WRAPPED = /^\{"(?:output"|type": ?"tool")/;

/** LangChain wraps a result in `{output}` and in a serialised ToolMessage, of which it has two forms. */
function toolOutput(value: { readonly [key: string]: Json | undefined }): Json {
  const keys = Object.keys(value);
  const inner = keys.length === 1 ? pick(value, 'output', 'outputs') : undefined;
  const held = inner ?? value;
  if (!isRecord(held)) return held;
  const kwargs = held['kwargs'];
  if (held['type'] === 'constructor' && isRecord(kwargs)) return kwargs['content'] ?? null;
  if (held['type'] !== 'tool') return held;
  const { content, data } = held;
  return content ?? (isRecord(data) ? (data['content'] ?? held) : held);
}

const bareName = (name: string): string =>
  name.replace(/^(?:execute_tool |running tool: |tool: )/, '').replace(/\.tool$/, '');
