import type { Trace } from '../../contract/trace.ts';
import { latency } from '../../trace/latency.ts';
import { tokens } from '../../trace/tokens.ts';
import { type PathStep, toolPath } from './tool-path.ts';

/** The parts of a trace to compare, extracted once. */
export interface Run {
  /** At most 32 distinct words of the input, as numbers shared by all runs of one call of `runsOf`. */
  readonly words: readonly number[];
  /** The tools of the first step, of the first two and of the first three, also as numbers. */
  readonly starts: readonly number[];
  readonly steps: readonly PathStep[];
  /** Milliseconds; null when not recorded. */
  readonly latency: number | null;
  /** Input and output; null when neither is recorded. */
  readonly tokens: number | null;
}

const MOST_WORDS = 32;
const FIRST_STEPS = 3;

/** Makes one run per trace; `words` are the words of its input, ignoring word pairs. */
export function runsOf(
  traces: readonly Trace[],
  words: readonly ReadonlySet<string>[],
): readonly Run[] {
  const wordNumber = numbering();
  const startNumber = numbering();
  return traces.map((trace, index) => {
    const steps = toolPath(trace);
    return {
      words: singles(words[index]!).map(wordNumber),
      starts: startsOf(steps).map(startNumber),
      steps,
      latency: latency(trace),
      tokens: tokens(trace),
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

function startsOf(steps: readonly PathStep[]): string[] {
  const tools = steps.slice(0, FIRST_STEPS).map(({ tool }) => tool);
  return tools.map((_, index) => tools.slice(0, index + 1).join('\n'));
}
