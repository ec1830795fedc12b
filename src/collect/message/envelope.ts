import type { Json, JsonObject } from '../../contract/json.ts';
import { isList } from '../../text/json.ts';
import type { MessageSink } from './message-sink.ts';
import { readMessage } from './role-message.ts';
import { systemInstructionsOf, systemPieces } from './system-prompt.ts';
import { textMessage } from './text-message.ts';

/**
 * Reads the messages in a request or response of a provider: the system instructions, then the first key of
 * `KEYS` that holds any. Reads nothing when the object holds instructions only.
 */
export function readEnvelope(value: JsonObject, into: MessageSink, depth: number): void {
  const before = into.messages.length;
  const system = systemInstructionsOf(value);
  if (system !== undefined) readSystem(system, into);
  const start = into.messages.length;
  const isRequest = 'model' in value || 'instructions' in value;
  for (const key of KEYS) {
    const inner = value[key];
    if (typeof inner !== 'object' && typeof inner !== 'string') continue;
    readKey(key, inner, isRequest, into, depth);
    if (into.messages.length > start) return;
  }
  into.messages.length = before;
}

/** OpenAI, Anthropic, Gemini, LangChain and LangGraph, Google ADK. */
const KEYS = [
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

/** Of several choices only the first is the reply. */
const CHOICES: ReadonlySet<string> = new Set(['choices', 'candidates', 'generations']);

function readKey(
  key: (typeof KEYS)[number],
  inner: Json,
  isRequest: boolean,
  into: MessageSink,
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
  into.readValue(
    CHOICES.has(key) && isList(inner) ? (inner[0] ?? null) : inner,
    role,
    into,
    depth + 1,
  );
}

function readSystem(value: Json, into: MessageSink): void {
  const { texts, redacted } = systemPieces(value);
  into.redacted += redacted;
  if (texts.length > 0) into.messages.push(textMessage('system', texts.join('\n')));
}
