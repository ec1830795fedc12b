import { availableParallelism } from 'node:os';
import { type KernelPool, kernelPool, kernelWorkerModule } from '../numeric/numeric.ts';
import { startThread } from './thread.ts';

/** More threads gain little: neighbor search and map are bound by memory. */
const MOST = 4;

/** Threads for the kernels, started on first use and stopped by `close`; null with fewer than two cores, where threads have no benefit. */
export function kernelThreads(cores: number = availableParallelism()): KernelPool | null {
  if (cores < 2) return null;
  const size = Math.min(cores, MOST);
  let pool: KernelPool | null = null;
  return {
    size,
    run(tasks) {
      pool ??= kernelPool(() => startThread(kernelWorkerModule()), size);
      return pool.run(tasks);
    },
    async close() {
      await pool?.close();
    },
  };
}
