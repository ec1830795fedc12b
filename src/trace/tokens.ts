import type { Trace } from '../contract/trace.ts';

/** Input and output tokens together; null when neither is recorded. */
export function tokens({
  usage: { inputTokens, outputTokens },
}: Pick<Trace, 'usage'>): number | null {
  if (inputTokens === null && outputTokens === null) return null;
  return (inputTokens ?? 0) + (outputTokens ?? 0);
}
