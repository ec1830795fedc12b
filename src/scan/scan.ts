import { NotRows } from '../collect/collect.ts';
import { isLarge, scanInChunks } from './in-chunks.ts';
import { scanInMemory } from './in-memory.ts';
import { scanInOrder } from './in-order.ts';
import type { ScanDeps, ScanInput, Scanned, ScanOptions, ScanThreads } from './scan-parts.ts';
import { ThreadDied } from './thread-pool.ts';

export type { ScanInput, ScanOptions, ScanThreads } from './scan-parts.ts';

/**
 * Reads the input twice: the first pass gathers facts of the whole input, the second uses them to look at every trace.
 * Files with one whole trace per line are read in chunks, large ones on several threads; anything else is read in order.
 * The result is the same. Throws what `collect` and `detection` throw.
 */
export async function scan(
  input: ScanInput,
  options: ScanOptions,
  deps: ScanDeps,
): Promise<Scanned> {
  if (input.kind === 'traces') return scanInMemory(input.traces, options, deps);
  const { sources, second = null } = input;
  const { threads } = deps;
  try {
    if (options.detectors.length === 0) {
      const shared = threads !== undefined && (await isLarge(sources)) ? threads : ONE_THREAD;
      const scanned = await scanInChunks(sources, options, { ...deps, threads: shared }).catch(
        givenUp,
      );
      if (scanned !== null) return scanned;
    }
    return await scanInOrder(sources, options, deps, second);
  } finally {
    for (const source of sources) await source.close?.();
  }
}

/** This one. */
const ONE_THREAD: ScanThreads = {
  size: 1,
  spawn: () => {
    throw new Error('one thread starts no other');
  },
};

/** The input can still be read in order, which only takes longer. */
function givenUp(error: unknown): null {
  if (error instanceof NotRows || error instanceof ThreadDied) return null;
  throw error;
}

/** The module that a thread of `ScanThreads` runs. */
export function scanWorkerModule(): URL {
  const file = import.meta.url.endsWith('.ts') ? 'worker.ts' : 'worker.js';
  return new URL(`../scan/${file}`, import.meta.url);
}
