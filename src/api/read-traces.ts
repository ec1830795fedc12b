import { collect } from '../collect/collect.ts';
import { resolveOptions } from '../contract/options.ts';
import type { Trace } from '../contract/trace.ts';
import { type ByteInput, openInput } from '../platform/trace-input.ts';

/**
 * Reads traces from files of any known format, plain, gzip or zstd, or from bytes. Each iteration reads anew.
 * @throws CulpritError while iterating: `unreadable_file`, `unknown_format`, `empty_input`, `no_traces`.
 */
export const readTraces = (source: ByteInput, options: ReadOptions = {}): TraceReader =>
  new TraceReader(source, resolveOptions(options).columns);

export interface ReadOptions {
  /** Columns of tables, or keys of rows, that Culprit cannot guess: `{ input: 'question' }`. */
  readonly columns?: Readonly<Record<string, string>>;
}

/** Traces of files or bytes, one after the other. `analyze` takes it too, and reads it with less memory. */
export class TraceReader implements AsyncIterable<Trace> {
  readonly source: ByteInput;
  readonly columns: Readonly<Record<string, string>>;

  constructor(source: ByteInput, columns: Readonly<Record<string, string>>) {
    this.source = source;
    this.columns = columns;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Trace, void, undefined> {
    const input = await openInput(this.source);
    if (input.kind === 'traces') return yield* input.traces;
    const { traces } = collect(input.sources, { map: this.columns });
    for await (const batch of traces()) yield* batch;
  }
}
