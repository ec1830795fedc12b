import type { ChatPrompt } from '../judge/chat-request.ts';
import type { ModelPrice } from '../model/model-price.ts';

/** What formats of chats and of answers add to the texts, in tokens. */
const AROUND = 1_000;

/**
 * US dollars that a call takes at most; null without a price. Tokenizers make at most one token of a byte, so the input
 * has no more tokens than bytes; the output ends at the limit that the request sets.
 */
export function worstCase(
  { system, user, schema, maxTokens }: ChatPrompt,
  price: ModelPrice | null,
): number | null {
  if (price === null) return null;
  const bytes = [system, user, JSON.stringify(schema), JSON.stringify(schema)].reduce(
    (sum, text) => sum + Buffer.byteLength(text),
    0,
  );
  return ((bytes + AROUND) * price.input + maxTokens * price.output) / 1e6;
}
