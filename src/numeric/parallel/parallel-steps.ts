import type { Steps } from '../steps.ts';
import { type KernelTask, runTask } from './kernel-task.ts';

/** Rows that may be divided in any way; each part becomes one task. */
export interface ParallelStep {
  /** Of the whole run, 0 to 1, when this step is done. */
  readonly share: number;
  readonly rows: number;
  readonly task: (from: number, to: number) => KernelTask;
}

/** A kernel that hands out its heavy loops; it receives the sum of what the tasks returned. */
export type ParallelSteps<Result> = Generator<ParallelStep, Result, number>;

/** The kernel without workers: each loop runs in place. */
export function* runHere<Result>(steps: ParallelSteps<Result>): Steps<Result> {
  let step = steps.next(0);
  while (!step.done) {
    const { share, rows, task } = step.value;
    const sum = runTask(task(0, rows));
    yield share;
    step = steps.next(sum);
  }
  return step.value;
}

/** The same array in memory that workers can see; a copy, unless it is there already. */
export function toShared<Kind extends Float32Array | Int32Array | Float64Array>(array: Kind): Kind {
  if (array.buffer instanceof SharedArrayBuffer) return array;
  const buffer = new SharedArrayBuffer(array.byteLength);
  const shared = new (array.constructor as new (buffer: SharedArrayBuffer) => Kind)(buffer);
  shared.set(array);
  return shared;
}
