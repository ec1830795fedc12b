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
 * Every further thread compiles and optimizes the code for itself. At this size two threads take a third more processor
 * time than one, and so two thirds of its time; below, they cost more than they save.
 */
const LARGE = 16 * MEBIBYTE;

/** Whether threads are worth their start: known to be large, or compressed or piped and more than that comes out. */
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
 * Both passes over chunks of rows that threads share. Chunks are merged in file order, and all else adds
 * up in any order, so the result is that of `scanInOrder`.
 * @throws NotRows when the input has to be read in order after all, ThreadDied.
 */
export async function scanInChunks(
  sources: readonly ByteSource[],
  options: ScanOptions,
  { threads, progress, signal }: ScanDeps & { readonly threads: ScanThreads },
  /** The result is the same for any. */
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
    // Not waited for: a thread that is ready works while others load their code.
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
    const facts = first.finish();

    await pool.all({ kind: 'facts', facts });
    const detecting = map(chunks('detect'), (chunk) => ({ kind: 'detect' as const, chunk }));
    await pool.spread<'detect'>(detecting, (_, { chunk }) => buffers.release(chunk.bytes.buffer));
    progress?.('detect', total ?? bytes, total ?? bytes);

    const second = detection(options, facts);
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

/** No thread is started for a file that turns out not to be rows at its first lines. */
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

/** Memory for chunks, used again: what is given up to the garbage collector stays for long. */
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
