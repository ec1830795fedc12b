import { isList, isRecord } from '../../text/json.ts';
import type { MessageForm } from './message-sink.ts';
import { readMessage } from './role-message.ts';
import { textMessage } from './text-message.ts';

/** A message without a role: `parts` of Gemini, `blocks` of LlamaIndex, or the bare `text` of a completion. */
export const readPartsMessage: MessageForm = (value, fallback, into, depth) => {
  if (isList(value['parts']) || isList(value['blocks'])) {
    readMessage(value, fallback, into, depth);
    return true;
  }
  const isBare = fallback === 'assistant' && !isRecord(value['message']);
  if (!isBare || typeof value['text'] !== 'string') return false;
  into.messages.push(textMessage('assistant', value['text']));
  return true;
};
