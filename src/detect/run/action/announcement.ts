import { plainQuotes } from '../../../text/plain-quotes.ts';
import { sentences } from '../../../text/sentences.ts';

/** The last sentence of an answer that announces a next step of the assistant's own, verbatim; null when it announces none. */
export function announcedStep(answer: string): string | null {
  const from = Math.max(0, answer.length - TAIL);
  const text = plainQuotes(answer.slice(from));
  const last = sentences(text, 60).findLast((sentence) => /\p{L}{2}/u.test(sentence.text));
  if (last === undefined || last.text.length > 600) return null;
  if (!ANNOUNCES.test(last.text) || AWAITS.test(last.text)) return null;
  return answer.slice(from + last.start, from + last.start + last.text.length);
}

const TAIL = 1_500;

const ANNOUNCES =
  /\b(?:i(?:'ll| will)|i am going to|i'm going to) (?:now |then |next |first |also |therefore |go ahead and |proceed|start|begin|continue|work on|do (?:that|this|so|it)|use|call|try|need to (?!know|ask|have)|calculate|search|check|look|find|retrieve|fetch|get|send|post|create|add|delete|update|read|list|summari[sz]e|analy[sz]e)|\blet me (?:now |first |then |also |try|check|search|look|find|get|fetch|use|start|call|do|see|retrieve|proceed|continue)|\b(?:i (?:can|need to|should|must) (?:now |then |next |first )?(?:use|call|run|invoke|execute) the `?\w+[_.]?\w*`? (?:function|tool|api))|\bi(?:'ll| will) (?:do|get to) (?:that|this|it) (?:now|next|right away)/i;
/** Waits for somebody, makes an offer, or refers to another day. */
const AWAITS =
  /\?\s*$|\b(?:if|once|when|after|until|unless|as soon as|before) (?:you|your|i (?:have|get|receive|know))\b|\b(?:please|would you|could you|do you|can you|let me know|you can|feel free|happy to|glad to|in (?:the )?future|from now on|next (?:time|week|month|day)|shortly|tomorrow|later|soon|within|overnight|(?:in|by) (?:\d|a few|monday|tuesday|wednesday|thursday|friday|the end)|keep you|get back to you)\b/i;
