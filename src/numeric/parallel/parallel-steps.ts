import type { Steps } from '../steps.ts';
import { type KernelTask, runTask } from './kernel-task.ts';

/** Rows that may be divided in any way; each part becomes one task. */
export interface ParallelStep {
  /** Of the whole run, 0 to 1, when this step is done. */
  readonly share: number;
  readonly rows: number;
  /** `part` numbers the tasks of the step, below the size of the pool. */
  readonly task: (from: number, to: number, part: number) => KernelTask;
}

/** A kernel that hands out its heavy loops; it receives the sum of what the tasks returned. */
export type ParallelSteps<Result> = Generator<ParallelStep, Result, number>;

/** The kernel without workers: each loop runs in place. */
export function* runHere<Result>(steps: ParallelSteps<Result>): Steps<Result> {
  let step = steps.next(0);
  while (!step.done) {
    const { share, rows, task } = step.value;
    const sum = runTask(task(0, rows, 0));
    yield share;
    step = steps.next(sum);
  }
  return step.value;
}

/** Fits the shares of a stage into its part of the whole run. */
export function* withinParallel<Result>(
  from: number,
  to: number,
  steps: ParallelSteps<Result>,
): ParallelSteps<Result> {
  let step = steps.next(0);
  while (!step.done) {
    const { share, rows, task } = step.value;
    step = steps.next(yield { share: from + (to - from) * share, rows, task });
  }
  return step.value;
}
