import type { Message, Role } from '../../contract/trace.ts';

/** A message that has only text. */
export function textMessage(role: Role, content: string, spanId: string | null = null): Message {
  return { role, content, toolCalls: [], toolCallId: null, name: null, spanId };
}
