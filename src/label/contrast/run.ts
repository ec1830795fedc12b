import type { Trace } from '../../contract/trace.ts';
import { type Step, stepsOf } from './steps.ts';

/** What contrasts read of a trace, taken once. */
export interface Run {
  /** Distinct words of the input, as numbers that are the same in all runs taken together; at most 32. */
  readonly words: readonly number[];
  /** The tools of the first step, of the first two and of the first three, as such numbers. */
  readonly starts: readonly number[];
  readonly steps: readonly Step[];
  /** Milliseconds; null when not recorded. */
  readonly latency: number | null;
  /** Input and output; null when neither is recorded. */
  readonly tokens: number | null;
}

const MOST_WORDS = 32;
const FIRST_STEPS = 3;

/** One run for each trace; `words` are those of its input, pairs are passed over. */
export function runsOf(
  traces: readonly Trace[],
  words: readonly ReadonlySet<string>[],
): readonly Run[] {
  const wordNumber = numbering();
  const startNumber = numbering();
  return traces.map((trace, index) => {
    const steps = stepsOf(trace);
    return {
      words: singles(words[index]!).map(wordNumber),
      starts: startsOf(steps).map(startNumber),
      steps,
      latency: latencyOf(trace),
      tokens: tokensOf(trace),
    };
  });
}

function numbering(): (text: string) => number {
  const numbers = new Map<string, number>();
  return (text) => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };
}

function singles(words: ReadonlySet<string>): string[] {
  const found: string[] = [];
  for (const word of words) {
    if (found.length === MOST_WORDS) break;
    if (!word.includes(' ')) found.push(word);
  }
  return found;
}

function startsOf(steps: readonly Step[]): string[] {
  const tools = steps.slice(0, FIRST_STEPS).map(({ tool }) => tool);
  return tools.map((_, index) => tools.slice(0, index + 1).join('\n'));
}

function latencyOf({ startTime, endTime }: Trace): number | null {
  if (startTime === null || endTime === null || endTime < startTime) return null;
  return endTime - startTime;
}

function tokensOf({ usage: { inputTokens, outputTokens } }: Trace): number | null {
  if (inputTokens === null && outputTokens === null) return null;
  return (inputTokens ?? 0) + (outputTokens ?? 0);
}
