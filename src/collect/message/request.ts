import type { Message } from '../../contract/trace.ts';

/**
 * What the user asked: the last user message that asks something, else the last that is not empty. Bare
 * confirmations, greetings, thanks and the end marks of simulated users (`###STOP###`) ask nothing.
 */
export function requestIn(messages: readonly Message[]): string {
  let last = '';
  for (let at = messages.length - 1; at >= 0; at--) {
    const message = messages[at];
    if (message?.role !== 'user' || message.content === '') continue;
    if (!isFiller(message.content) && !END_MARK.test(message.content)) return message.content;
    if (last === '') last = message.content;
  }
  return last;
}

/** True for a user message that ends a conversation: an end mark, thanks, a goodbye. */
export function isFarewell(text: string): boolean {
  return text.length <= MAX_FAREWELL && (END_MARK.test(text) || BYE.test(text) || isFiller(text));
}

function isFiller(text: string): boolean {
  if (text.length > MAX_FILLER) return false;
  const words =
    text
      .replace(END_MARK, '')
      .toLowerCase()
      .match(/[\p{L}']+/gu) ?? [];
  return words.every((word) => FILLERS.has(word)) && !/\d/.test(text);
}

const MAX_FILLER = 60;
const MAX_FAREWELL = 400;
const END_MARK =
  /(?:#{2,4}\s?[A-Z_ -]{2,30}\s?#{2,4}|\[(?:END|DONE|STOP|EOS)\]|<\/?(?:END|DONE|STOP)>)\s*$/;
const BYE =
  /^\s{0,4}(?:(?:ok(?:ay)?|great|perfect|alright|no)[,.! ]{1,3}){0,2}(?:thanks|thank you|bye|goodbye)\b[^?]{0,300}$/i;
const FILLERS: ReadonlySet<string> = new Set(
  (
    'yes yeah yep yup sure ok okay no nope correct right exactly please do go ahead thanks thank you thx so much ' +
    "very great perfect good bye goodbye that's all it is hello hi hey there fine confirmed confirm absolutely of course"
  ).split(' '),
);
