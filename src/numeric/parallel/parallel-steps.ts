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

/** A kernel that yields its heavy loops and receives the sum of the task results. */
export type ParallelSteps<Result> = Generator<ParallelStep, Result, number>;

/** Runs a kernel without workers. */
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

/** Scales the progress of a stage to its part of the whole run. */
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
