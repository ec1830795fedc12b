import type { Trace } from '../contract/trace.ts';
import { type Step, stepsOf } from './steps.ts';
import { wordsOf } from './words.ts';

/** What contrasts read of a trace, taken once. */
export interface Run {
  /** Of the input. */
  readonly words: ReadonlySet<string>;
  readonly steps: readonly Step[];
  /** Milliseconds; null when not recorded. */
  readonly latency: number | null;
  /** Input and output; null when neither is recorded. */
  readonly tokens: number | null;
}

export function runOf(trace: Trace, words: ReadonlySet<string> = wordsOf(trace.input)): Run {
  return { words, steps: stepsOf(trace), latency: latencyOf(trace), tokens: tokensOf(trace) };
}

function latencyOf({ startTime, endTime }: Trace): number | null {
  if (startTime === null || endTime === null || endTime < startTime) return null;
  return endTime - startTime;
}

function tokensOf({ usage: { inputTokens, outputTokens } }: Trace): number | null {
  if (inputTokens === null && outputTokens === null) return null;
  return (inputTokens ?? 0) + (outputTokens ?? 0);
}
