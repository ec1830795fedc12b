import type { Json } from '../../contract/json.ts';
import type { Message } from '../../contract/trace.ts';
import { isRecord, parseJson } from '../../text/json.ts';
import { isEmpty, stringOf, structured } from '../json/json-value.ts';
import { readMessages } from '../message/message.ts';
import { isRedacted } from '../message/redaction.ts';
import { systemText } from '../message/system-prompt.ts';
import { textMessage } from '../message/text-message.ts';
import { toolCallsOf } from '../message/tool-call.ts';
import { transcriptMessages } from '../message/transcript.ts';
import type { RawSpan } from '../record.ts';
import { CONVERSATION_KEYS, type FAMILIES, INPUT_KEYS, OUTPUT_KEYS } from './attribute-key.ts';
import { type AttributeReading, field } from './attribute-reading.ts';
import { eventMessages } from './event-message.ts';
import { finishReasonOf } from './finish-reason.ts';
import { primaryText } from './primary-text.ts';

/** What a span received and gave, as messages and as the first text found. */
export interface SpanMessages {
  readonly input: readonly Message[];
  readonly output: readonly Message[];
  /** Raw value of the first source, as text; '' when none. */
  readonly inputText: string;
  readonly outputText: string;
  readonly redacted: number;
  readonly finishReason: string | null;
  /** Paths of parts that were not understood: `output.parts[].KIND`. */
  readonly unknown: readonly string[];
}

/** Reads messages from the most structured source that has any; plain text becomes one message when `isModel`. */
export function spanMessages(
  raw: RawSpan,
  reading: AttributeReading,
  isModel: boolean,
): SpanMessages {
  const notes: Notes = { redacted: 0, finishReason: null, unknown: [] };
  const events = raw.events.length > 0 ? eventMessages(raw.events) : null;
  const whole = wholeConversation(reading, notes);
  const input = side(reading, INPUT_KEYS, INPUT_FAMILIES, 'user', isModel, notes);
  const output = side(reading, OUTPUT_KEYS, OUTPUT_FAMILIES, 'assistant', isModel, notes);
  const sdkReply = aiSdkReply(reading);
  return {
    input: withSystem(
      reading,
      structuredFirst(input, events?.input ?? [], whole?.input ?? []),
      isModel,
    ),
    output: structuredFirst(
      output.isStructured || sdkReply === null ? output : { ...output, messages: [sdkReply] },
      events?.output ?? [],
      whole?.output ?? [],
    ),
    inputText: input.text,
    outputText: output.text || (sdkReply?.content ?? ''),
    redacted: notes.redacted,
    finishReason: finishReasonOf(notes.finishReason ?? events?.finishReason ?? undefined),
    unknown: notes.unknown,
  };
}

interface Notes {
  redacted: number;
  /** Of the output. */
  finishReason: Json | null;
  unknown: string[];
}

type Family = (typeof FAMILIES)[number];

const INPUT_FAMILIES: ReadonlyMap<string, Family> = new Map([
  ['llm.input_messages', 'llm.input_messages'],
  ['gen_ai.input.messages', 'gen_ai.input.messages'],
  ['gen_ai.prompt', 'gen_ai.prompt'],
  ['llm.prompts', 'llm.prompts'],
]);
const OUTPUT_FAMILIES: ReadonlyMap<string, Family> = new Map([
  ['llm.output_messages', 'llm.output_messages'],
  ['gen_ai.output.messages', 'gen_ai.output.messages'],
  ['gen_ai.completion', 'gen_ai.completion'],
  ['llm.choices', 'llm.choices'],
]);

interface Side {
  readonly messages: readonly Message[];
  /** Messages were spelled out; not one text made into a message. */
  readonly isStructured: boolean;
  readonly text: string;
}

function side(
  reading: AttributeReading,
  keys: readonly string[],
  families: ReadonlyMap<string, Family>,
  role: 'user' | 'assistant',
  isModel: boolean,
  notes: Notes,
): Side {
  let text = '';
  let messages: readonly Message[] = [];
  let silent: readonly Message[] = [];
  for (const key of keys) {
    const list = listOf(reading, families, key, role);
    const value = list ?? reading.attributes[key];
    if (isEmpty(value) || value === undefined) continue;
    const read = readMessages(mlflowValue(key, value), role);
    notes.redacted += read.redacted;
    if (role === 'assistant') notes.finishReason ??= read.finishReason;
    if (read.unknown.length > 0) {
      const side = role === 'assistant' ? 'output' : 'input';
      notes.unknown = [
        ...new Set([...notes.unknown, ...read.unknown.map((path) => `${side}.${path}`)]),
      ];
    }
    if (list === undefined && text === '') text = asText(value);
    if (read.messages.some(saysSomething)) {
      const messages =
        role === 'assistant'
          ? withoutChunks(read.messages)
          : list === undefined
            ? read.messages
            : withTexts(read.messages, reading);
      return { messages, isStructured: true, text };
    }
    if (silent.length === 0) silent = read.messages;
    if (messages.length === 0 && isModel && list === undefined && read.messages.length === 0) {
      messages = plainMessages(value, role, notes);
    }
  }
  if (messages.length === 0) messages = silent;
  return { messages, isStructured: false, text };
}

/**
 * OpenInference's LangChain for JavaScript lists messages whose content has parts, as the system prompt of its agents, without
 * their text; the request beside them has it.
 */
function withTexts(messages: readonly Message[], { attributes }: AttributeReading) {
  const isBare = ({ role, content }: Message): boolean =>
    content === '' && (role === 'system' || role === 'user');
  const request = attributes['input.value'];
  if (request === undefined || !messages.some(isBare)) return messages;
  const said = readMessages(request, 'user').messages;
  const isSame =
    said.length === messages.length && said.every((each, at) => each.role === messages[at]!.role);
  if (!isSame) return messages;
  return messages.map((each, at) =>
    isBare(each) ? { ...each, content: said[at]!.content } : each,
  );
}

/** Some recorders list a streamed reply chunk by chunk: many short replies in a row are one. */
function withoutChunks(messages: readonly Message[]): readonly Message[] {
  const [first] = messages;
  if (first === undefined || messages.length < MIN_CHUNKS) return messages;
  const isStream = messages.every(
    ({ role, content, toolCalls }) =>
      role === 'assistant' && toolCalls.length === 0 && content.length <= MAX_CHUNK,
  );
  if (!isStream) return messages;
  return [{ ...first, content: messages.map(({ content }) => content).join('') }];
}

const MIN_CHUNKS = 4;
const MAX_CHUNK = 40;

const saysSomething = ({ content, toolCalls }: Message): boolean =>
  content !== '' || toolCalls.length > 0;

/** Indexed messages; a role may be missing, or be the key of its text. */
function listOf(
  reading: AttributeReading,
  families: ReadonlyMap<string, Family>,
  key: string,
  role: 'user' | 'assistant',
): readonly Json[] | undefined {
  if (reading.lists.size === 0) return undefined;
  const family = families.get(key);
  const list = family === undefined ? undefined : reading.lists.get(family);
  return list?.map((item) => roled(item, role));
}

function roled(item: Json, fallback: 'user' | 'assistant'): Json {
  if (!isRecord(item)) return item;
  const held = item['message'] ?? item['prompt'] ?? item['completion'];
  const message = isRecord(held) ? held : item;
  if (message['role'] !== undefined) return message;
  for (const role of ['system', 'user', 'assistant'] as const) {
    if (typeof message[role] === 'string') return { role, content: message[role] };
  }
  const content = message['content'] ?? message['text'];
  if (content === undefined && message['tool_calls'] === undefined) return message;
  return { ...message, role: fallback, content: content ?? null };
}

/** MLflow encodes strings too: `"\"text\""`. */
function mlflowValue(key: string, value: Json): Json {
  if (!key.startsWith('mlflow.') || typeof value !== 'string') return value;
  return parseJson(value) ?? value;
}

function plainMessages(value: Json, role: 'user' | 'assistant', notes: Notes): readonly Message[] {
  const text = plainText(value);
  if (text === '') return [];
  if (isRedacted(text)) {
    notes.redacted++;
    return [textMessage(role, '')];
  }
  const turns = transcriptMessages(text);
  return turns.length > 0 ? turns : [textMessage(role, text)];
}

/** The text in a value: a string, the single argument of a call, or a well-known field. */
function plainText(value: Json): string {
  const parsed = structured(value);
  if (typeof parsed === 'string') return parsed;
  return primaryText(parsed) ?? asText(value);
}

const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

function structuredFirst(
  side: { readonly messages: readonly Message[]; readonly isStructured?: boolean },
  events: readonly Message[],
  whole: readonly Message[],
): readonly Message[] {
  if (side.isStructured === true) return side.messages;
  if (events.length > 0) return events;
  return whole.length > 0 ? whole : side.messages;
}

/** Adds the system prompt that was recorded apart, unless the messages include it. */
function withSystem(
  reading: AttributeReading,
  input: readonly Message[],
  isModel: boolean,
): readonly Message[] {
  const held = field(reading, 'systemInstructions');
  if (held === undefined || (input.length === 0 && !isModel)) return input;
  const text = systemText(held);
  if (text === '') return input;
  const isThere = input.some((message) => message.role === 'system' && message.content === text);
  return isThere ? input : [textMessage('system', text), ...input];
}

/** PydanticAI keeps question and answer in one list; the answer is what follows the last message that is not the model's. */
function wholeConversation(
  reading: AttributeReading,
  notes: Notes,
): { input: readonly Message[]; output: readonly Message[] } | null {
  for (const key of CONVERSATION_KEYS) {
    const value = reading.attributes[key];
    if (value === undefined || isEmpty(value)) continue;
    const read = readMessages(value, 'user');
    notes.redacted += read.redacted;
    if (read.messages.length === 0) continue;
    let cut = read.messages.length;
    if (read.messages.at(-1)?.role === 'assistant') cut--;
    return { input: read.messages.slice(0, cut), output: read.messages.slice(cut) };
  }
  return null;
}

/** AI SDK before its GenAI integration spreads the reply over several attributes. */
function aiSdkReply(reading: AttributeReading): Message | null {
  const { attributes } = reading;
  const text = attributes['ai.response.text'] ?? attributes['ai.result.text'];
  const calls = attributes['ai.response.toolCalls'] ?? attributes['ai.result.toolCalls'];
  const object = attributes['ai.response.object'] ?? attributes['ai.result.object'];
  if (text === undefined && calls === undefined && object === undefined) return null;
  const content = stringOf(text) ?? (object === undefined ? '' : asText(object));
  return { ...textMessage('assistant', content), toolCalls: toolCallsOf(calls) };
}
