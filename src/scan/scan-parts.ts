import type { CollectOptions } from '../collect/collect.ts';
import type { ByteSource } from '../contract/byte-source.ts';
import type { CollectReport } from '../contract/collection.ts';
import type { Detected } from '../contract/detected.ts';
import type { FileFacts } from '../contract/file-facts.ts';
import type { Progress } from '../contract/progress.ts';
import type { Trace } from '../contract/trace.ts';
import type { DetectionOptions } from '../detect/detect.ts';
import type { Thread } from '../numeric/numeric.ts';

/** Where traces come from: bytes to read, or traces in memory. */
export type ScanInput =
  | {
      readonly kind: 'bytes';
      readonly sources: readonly ByteSource[];
      /** From this source on they are another input: the same id is another trace. Default: all are one. */
      readonly second?: number;
    }
  | { readonly kind: 'traces'; readonly traces: readonly Trace[] };

export interface ScanOptions extends DetectionOptions {
  /** Columns of tables and keys of rows that cannot be guessed from their names: `{ input: 'question' }`. */
  readonly columns: NonNullable<CollectOptions['map']>;
}

export interface ScanDeps {
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  /** Facts of an earlier input, by which this one is read. Default: those of its own first pass. */
  readonly frozen?: FileFacts;
  /** For large files of rows; the result is the same without. */
  readonly threads?: ScanThreads;
}

export interface Scanned {
  readonly detected: Detected;
  readonly facts: FileFacts;
  readonly collected: CollectReport;
}

export interface ScanThreads {
  /** 1 or more, including this thread. */
  readonly size: number;
  /** Starts one more, which runs `scanWorkerModule()`. */
  readonly spawn: () => Thread;
}
