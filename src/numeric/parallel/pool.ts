import { NumericError } from '../numeric-error.ts';
import type { StepOptions } from '../steps.ts';
import type { KernelReply, KernelRequest } from './kernel-protocol.ts';
import type { KernelTask } from './kernel-task.ts';
import type { ParallelSteps } from './parallel-steps.ts';
import type { Thread } from './thread.ts';

export interface KernelPool {
  readonly size: number;
  /** Runs the tasks, one per worker at a time, and sums their results. Rejects with `worker_failed` after all have settled. */
  readonly run: (tasks: readonly KernelTask[]) => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Threads that run `kernelWorkerModule()` and stay alive between runs; tasks are assigned in turn. */
export function createKernelPool(spawn: () => Thread, size: number): KernelPool {
  const pending = new Map<number, (reply: KernelReply) => void>();
  const workers = Array.from({ length: size }, () => {
    const worker = spawn();
    const own = new Set<number>();
    const settle = (reply: KernelReply): void => {
      own.delete(reply.id);
      pending.get(reply.id)?.(reply);
      pending.delete(reply.id);
    };
    const state = { worker, own, death: '' };
    worker.listen(
      (message) => settle(message as KernelReply),
      (cause) => {
        state.death = `a kernel worker died: ${String(cause)}`;
        for (const id of [...own]) settle({ kind: 'failed', id, message: state.death });
      },
    );
    return state;
  });
  let nextId = 0;

  const send = (task: KernelTask, turn: number): Promise<KernelReply> =>
    new Promise((resolve) => {
      const id = nextId++;
      const { worker, own, death } = workers[turn % size]!;
      if (death !== '') return resolve({ kind: 'failed', id, message: death });
      pending.set(id, resolve);
      own.add(id);
      try {
        worker.post({ id, task } satisfies KernelRequest);
      } catch (error) {
        own.delete(id);
        pending.delete(id);
        resolve({ kind: 'failed', id, message: `${task.kind} cannot be sent: ${String(error)}` });
      }
    });

  return {
    size,
    async run(tasks) {
      let sum = 0;
      for (const reply of await Promise.all(tasks.map(send))) {
        if (reply.kind === 'failed') throw new NumericError('worker_failed', reply.message);
        sum += reply.sum;
      }
      return sum;
    },
    async close() {
      await Promise.all(workers.map(({ worker }) => worker.close()));
    },
  };
}

/** The kernel with workers: the rows of each step are divided evenly. An abort takes effect between steps. */
export async function runOnPool<Result>(
  steps: ParallelSteps<Result>,
  pool: KernelPool,
  { signal, onProgress }: StepOptions,
): Promise<Result> {
  let step = steps.next(0);
  while (!step.done) {
    if (signal?.aborted)
      throw new NumericError('aborted', 'the run was aborted', { cause: signal.reason });
    const { share, rows, task } = step.value;
    const tasks = Array.from({ length: pool.size }, (_, part) =>
      task(
        Math.floor((rows * part) / pool.size),
        Math.floor((rows * (part + 1)) / pool.size),
        part,
      ),
    );
    const sum = await pool.run(tasks);
    onProgress?.(share);
    step = steps.next(sum);
  }
  return step.value;
}
