import type { Run } from '../label/contrast/run.ts';
import type { PathStep } from '../label/contrast/tool-path.ts';

/** A run of the steps given as `tool`, with `!` before those that failed. */
export const runOf = (path: string, parts: Partial<Run> = {}): Run => ({
  words: [],
  starts: [],
  steps: stepsOf(path),
  latency: null,
  tokens: null,
  ...parts,
});

export const times = (count: number, run: Run): Run[] => Array.from({ length: count }, () => run);

const stepsOf = (path: string): PathStep[] =>
  path
    .split(' ')
    .filter((step) => step !== '')
    .map((step) => ({ tool: step.replace('!', ''), failed: step.startsWith('!') }));
