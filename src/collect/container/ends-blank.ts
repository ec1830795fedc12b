import type { Message } from '../../contract/trace.ts';

/** The last message is a reply that says and calls nothing: the answer was recorded, and it is empty. */
export function endsBlank(messages: readonly Message[]): boolean {
  const last = messages.at(-1);
  return last?.role === 'assistant' && last.content === '' && last.toolCalls.length === 0;
}
