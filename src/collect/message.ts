import type { Json } from '../contract/json.ts';
import type { Message } from '../contract/trace.ts';

/**
 * Messages found in a value: one message, a list, a list of lists, or an object that holds them
 * (`messages`, `input`, `contents`, `choices`, `generations`, …), as JSON or as a JSON string. Understands OpenAI (chat and
 * responses), Anthropic, Gemini, LangChain, OTel `parts` and AI SDK messages. Empty when there are none.
 * `spanId` is null on all; set it with `withSpan`.
 */
export function messagesOf(_value: Json): Message[] {
  return [];
}
