import type { Trace } from '../../contract/trace.ts';

/** The span that recorded the last assistant message, null when unknown. */
export function answerSpan(trace: Trace): string | null {
  for (let at = trace.messages.length - 1; at >= 0; at--) {
    const message = trace.messages[at];
    if (message?.role === 'assistant') return message.spanId;
  }
  return null;
}
