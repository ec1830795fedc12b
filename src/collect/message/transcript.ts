import type { Message, Role } from '../../contract/trace.ts';
import { textMessage } from './text-message.ts';

/**
 * Messages of a plain-text transcript, as OpenLIT and others write them: `user: …` at the start of a line begins a
 * message. Empty when the text does not begin that way.
 */
export function transcriptMessages(text: string): Message[] {
  if (!OPENING.test(text)) return [];
  const messages: Message[] = [];
  let role: Role = 'user';
  let lines: string[] = [];
  const close = (): void => {
    if (lines.length > 0) messages.push(textMessage(role, lines.join('\n').trim()));
  };
  for (const line of text.split('\n')) {
    const opening = OPENING.exec(line);
    if (opening === null) lines.push(line);
    else {
      close();
      role = opening[1]?.toLowerCase() as Role;
      lines = [line.slice(opening[0].length)];
    }
  }
  close();
  return messages;
}

const OPENING = /^(system|user|assistant|tool): ?/i;
