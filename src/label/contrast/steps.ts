import type { Trace } from '../../contract/trace.ts';

/** A tool called, and whether it failed. */
export interface Step {
  /** Fit to print between backticks. */
  readonly tool: string;
  readonly failed: boolean;
}

const LONGEST_NAME = 60;
const MOST_STEPS = 200;

/**
 * The tools a trace called, in order, equal steps in a row as one; of the first 200 calls. From its
 * tool spans, else from its messages, which do not say what failed.
 */
export function stepsOf(trace: Trace): Step[] {
  const steps: Step[] = [];
  for (const { tool, failed } of calls(trace)) {
    const before = steps.at(-1);
    if (before?.tool !== tool || before.failed !== failed) steps.push({ tool, failed });
  }
  return steps;
}

function calls(trace: Trace): Step[] {
  const recorded = trace.spans.filter(({ toolCall }) => toolCall !== null).slice(0, MOST_STEPS);
  if (recorded.length > 0)
    return recorded.map(({ toolCall, error }) => ({
      tool: printable(toolCall!.name),
      failed: error !== null,
    }));
  return trace.messages
    .flatMap(({ toolCalls }) => toolCalls)
    .slice(0, MOST_STEPS)
    .map(({ name }) => ({ tool: printable(name), failed: false }));
}

const printable = (name: string): string => {
  const line = name
    .slice(0, 2 * LONGEST_NAME)
    .replaceAll(/[\s`\p{Cc}]+/gu, ' ')
    .trim();
  return line.length > LONGEST_NAME ? `${line.slice(0, LONGEST_NAME)}…` : line;
};
