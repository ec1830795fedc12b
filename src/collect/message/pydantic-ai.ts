import { isList, isRecord } from '../../text/json.ts';
import type { MessageForm } from './message-sink.ts';
import { readMessage } from './role-message.ts';

/** A turn of PydanticAI: `{kind: 'request' | 'response', parts}`, with the system prompt among the parts. */
export const readPydanticTurn: MessageForm = (value, _fallback, into) => {
  const { kind, parts } = value;
  if ((kind !== 'request' && kind !== 'response') || !isList(parts)) return false;
  const system = parts.filter((part) => isRecord(part) && part['part_kind'] === 'system-prompt');
  const rest = parts.filter((part) => !system.includes(part));
  if (system.length > 0) readMessage({ parts: system }, 'system', into, 0);
  const role = kind === 'request' ? 'user' : 'assistant';
  if (rest.length > 0) readMessage({ parts: rest }, role, into, 0);
  return true;
};
