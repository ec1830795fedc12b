import type { Message } from '../../../contract/trace.ts';
import { words } from '../../../text/words.ts';

/** Indexes of the first and the second message in which the user asks for the same thing. */
export interface RepeatedRequest {
  readonly first: number;
  readonly again: number;
  readonly times: number;
}

const TIMES = 3;
/** Shorter messages ("yes", "go on") are repeated without anything being wrong. */
const SHORTEST = 20;

/** A request that the user makes three times or more in the same words; case and punctuation do not count. */
export function repeatedRequest(messages: readonly Message[]): RepeatedRequest | null {
  if (messages.length < 2 * TIMES - 1) return null;
  const seen = new Map<string, number[]>();
  for (const [index, { role, content }] of messages.entries()) {
    if (role !== 'user' || content.length < SHORTEST) continue;
    const key = words(content.slice(0, 2_000)).join(' ');
    const indexes = seen.get(key);
    if (indexes === undefined) seen.set(key, [index]);
    else if (isAnswered(messages, index)) indexes.push(index);
  }
  for (const [first, again, ...rest] of seen.values()) {
    if (first === undefined || again === undefined || rest.length < TIMES - 2) continue;
    return { first, again, times: rest.length + 2 };
  }
  return null;
}

/**
 * Only a request repeated after an answer counts: some orchestrators send the user's words to the model
 * again after each tool result.
 */
const isAnswered = (messages: readonly Message[], index: number): boolean => {
  const before = messages[index - 1];
  return before?.role === 'assistant' && before.toolCalls.length === 0;
};
