import type { Trace } from '../../contract/trace.ts';
import { toolSteps } from '../../trace/steps.ts';

/** A called tool, and whether the call failed. */
export interface PathStep {
  /** Safe to print between backticks. */
  readonly tool: string;
  readonly failed: boolean;
}

const LONGEST_NAME = 60;
const MOST_STEPS = 200;

/** The tools that a run called, in order; consecutive equal steps count once. Reads the first 200 calls. */
export function toolPath(trace: Trace): PathStep[] {
  const path: PathStep[] = [];
  for (const step of toolSteps(trace).slice(0, MOST_STEPS)) {
    const { failed } = step;
    const tool = printable(step.tool);
    const before = path.at(-1);
    if (before?.tool !== tool || before.failed !== failed) path.push({ tool, failed });
  }
  return path;
}

const printable = (name: string): string => {
  const line = name
    .slice(0, 2 * LONGEST_NAME)
    .replaceAll(/[\s`\p{Cc}]+/gu, ' ')
    .trim();
  return line.length > LONGEST_NAME ? `${line.slice(0, LONGEST_NAME)}…` : line;
};
