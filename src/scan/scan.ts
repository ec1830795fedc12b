import { type CollectOptions, NotRows } from '../collect/collect.ts';
import type { ByteSource } from '../contract/byte-source.ts';
import type { CollectReport } from '../contract/collection.ts';
import type { Detected } from '../contract/detected.ts';
import type { FileFacts } from '../contract/file-facts.ts';
import type { Progress } from '../contract/progress.ts';
import type { Trace } from '../contract/trace.ts';
import type { DetectionOptions } from '../detect/detect.ts';
import { isLarge, scanInChunks } from './in-chunks.ts';
import { scanInMemory } from './in-memory.ts';
import { scanInOrder } from './in-order.ts';
import type { ScanThreads } from './thread-pool.ts';

export type { ScanThreads } from './thread-pool.ts';

/** Where traces come from: bytes to read, or traces in memory. */
export type ScanInput =
  | { readonly kind: 'bytes'; readonly sources: readonly ByteSource[] }
  | { readonly kind: 'traces'; readonly traces: readonly Trace[] };

export interface ScanOptions extends DetectionOptions {
  /** Columns of tables and keys of rows that the names do not tell: `{ input: 'question' }`. */
  readonly columns: NonNullable<CollectOptions['map']>;
}

export interface ScanDeps {
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  /** For large files of rows; the same bytes without. */
  readonly threads?: ScanThreads;
}

export interface Scanned {
  readonly detected: Detected;
  readonly facts: FileFacts;
  readonly collected: CollectReport;
}

/**
 * Reads the input twice: the first pass gathers facts of the whole input, the second looks at every
 * trace with these facts at hand. Large files whose every line is a whole trace are shared out to threads;
 * anything else is read in order. The result is the same. Throws what `collect` and `detection` throw.
 */
export async function scan(
  input: ScanInput,
  options: ScanOptions,
  deps: ScanDeps,
): Promise<Scanned> {
  if (input.kind === 'traces') return scanInMemory(input.traces, options);
  const { sources } = input;
  const { threads } = deps;
  try {
    if (threads !== undefined && options.detectors.length === 0 && (await isLarge(sources))) {
      const scanned = await scanInChunks(sources, options, { ...deps, threads }).catch(notRows);
      if (scanned !== null) return scanned;
    }
    return await scanInOrder(sources, options, deps);
  } finally {
    for (const source of sources) await source.close?.();
  }
}

function notRows(error: unknown): null {
  if (error instanceof NotRows) return null;
  throw error;
}

/** The module that a thread of `ScanThreads` runs. */
export function scanWorkerModule(): URL {
  const file = import.meta.url.endsWith('.ts') ? 'worker.ts' : 'worker.js';
  return new URL(`./${file}`, import.meta.url);
}
