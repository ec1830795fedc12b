import {
  absentColumn,
  NotRows,
  type RowChunk,
  readRows,
  rowChunks,
  type TallyState,
  tally,
} from '../collect/collect.ts';
import type { ByteSource } from '../contract/byte-source.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import { detection, detectOptions, firstPass } from '../detect/detect.ts';
import type { ScanDeps, Scanned, ScanOptions, ScanThreads } from './scan-parts.ts';
import { ThreadPool } from './thread-pool.ts';

const MEBIBYTE = 1024 * 1024;

/**
 * Every thread compiles and optimizes the code again. At this size, two threads take a third more processor time than
 * one, so they finish in two thirds of the time. Below it, they cost more than they save.
 */
const LARGE = 16 * MEBIBYTE;

/** Whether the input is large enough for threads, by its size or, if compressed or piped, by what comes out. */
export async function isLarge(sources: readonly ByteSource[]): Promise<boolean> {
  let bytes = 0;
  for (const source of sources) {
    if (source.size !== null && source.slice !== undefined) bytes += source.size;
    else
      for await (const piece of source.open()) {
        bytes += piece.length;
        if (bytes >= LARGE) break;
      }
    if (bytes >= LARGE) return true;
  }
  return false;
}

/**
 * Both passes over chunks of rows, shared among threads. Chunks are merged in file order, and the rest adds up in any
 * order, so the result equals that of `scanInOrder`.
 * @throws NotRows when the input must be read in order after all, ThreadDied.
 */
export async function scanInChunks(
  sources: readonly ByteSource[],
  options: ScanOptions,
  { threads, progress, signal, frozen }: ScanDeps & { readonly threads: ScanThreads },
  /** Any number gives the same result. */
  chunkBytes: number = MEBIBYTE,
): Promise<Scanned> {
  const sizes = sources.map((source) => source.size);
  const total = sizes.includes(null) ? null : sizes.reduce<number>((sum, n) => sum + (n ?? 0), 0);
  const buffers = bufferPool(chunkBytes + chunkBytes / 8);
  const chunks = (step: 'collect' | 'detect'): AsyncGenerator<RowChunk> => {
    const before = (source: ByteSource): number =>
      sizes.slice(0, sources.indexOf(source)).reduce<number>((sum, n) => sum + (n ?? 0), 0);
    return rowChunks(
      sources,
      chunkBytes,
      (source, bytes) => {
        if (signal?.aborted) throw new CulpritError('aborted', 'reading was stopped');
        progress?.(step, before(source) + (source.position?.() ?? bytes), total);
      },
      buffers.take,
    );
  };
  await checkBeginning(chunks('collect'), options);

  const pool = new ThreadPool(threads);
  try {
    // Not awaited: threads that are ready work while others load their code.
    const started = pool.all({ kind: 'start', options: { ...options, detectors: [] } });
    const counts: TallyState[] = [];
    let bytes = 0;
    const summarizing = map(chunks('collect'), (chunk) => {
      bytes += chunk.bytes.length;
      return { kind: 'summarize' as const, chunk };
    });
    const summarized = pool.spread<'summarize'>(summarizing, (read, { chunk }) => {
      if (read === null) throw new NotRows(`${chunk.file} holds more than rows`);
      counts[chunk.index] = read;
      buffers.release(chunk.bytes.buffer);
    });
    await Promise.all([started, summarized]);
    const counted = tally();
    for (const count of counts) counted.merge(count);
    if (counted.traceCount() === 0) throw new NotRows('there is no trace');
    const absent = absentColumn(options.columns, counted.columns());
    if (absent !== null) throw absent;
    if (counted.hasRepeatedIds()) throw new NotRows('several rows have one id');

    const first = firstPass(detectOptions(options));
    for (const state of await pool.all({ kind: 'summary' })) first.merge(state);
    const own = first.finish();
    const facts = frozen ?? own;

    await pool.all({ kind: 'facts', facts, traces: own.traces });
    const detecting = map(chunks('detect'), (chunk) => ({ kind: 'detect' as const, chunk }));
    await pool.spread<'detect'>(detecting, (_, { chunk }) => buffers.release(chunk.bytes.buffer));
    progress?.('detect', total ?? bytes, total ?? bytes);

    const second = detection(options, facts, own.traces);
    for (const state of await pool.all({ kind: 'detected' })) second.merge(state);
    const detected = second.finish();
    if (detected.traces !== counted.traceCount())
      throw new NotRows('the second reading gave other traces than the first');
    return { detected, facts, collected: counted.report() };
  } finally {
    await pool.close();
  }
}

const PROBE_BYTES = 64 * 1024;

/** Starts no thread for a file whose first lines are not rows. */
async function checkBeginning(
  chunks: AsyncGenerator<RowChunk>,
  { columns }: ScanOptions,
): Promise<void> {
  for await (const chunk of chunks) {
    const bytes = chunk.bytes.subarray(0, chunk.bytes.indexOf(NEWLINE, PROBE_BYTES) + 1);
    const beginning = bytes.length === 0 ? chunk : { ...chunk, bytes };
    if (readRows(columns)(beginning, () => {}) === null)
      throw new NotRows(`${chunk.file} does not begin with rows`);
    return;
  }
}

const NEWLINE = 10;

/** Reuses the memory of chunks, because the garbage collector frees it late. */
function bufferPool(usual: number) {
  const free: SharedArrayBuffer[] = [];
  return {
    take(size: number): SharedArrayBuffer {
      const at = free.findIndex(({ byteLength }) => byteLength >= size);
      return at < 0
        ? new SharedArrayBuffer(Math.max(size, usual))
        : (free.splice(at, 1)[0] as SharedArrayBuffer);
    },
    release: (buffer: SharedArrayBuffer): void => {
      free.push(buffer);
    },
  };
}

async function* map<From, To>(
  items: AsyncIterable<From>,
  change: (item: From) => To,
): AsyncGenerator<To> {
  for await (const item of items) yield change(item);
}
