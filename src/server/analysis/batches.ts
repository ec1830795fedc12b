import type { RawRecord } from '../../collect/collect.ts';

/** Records of a trace, as the store keeps them. */
export interface TraceRecords {
  readonly traceId: string;
  readonly format: string;
  readonly records: readonly RawRecord[];
}

const BATCH = 100;

/** Traces in batches that a thread takes at once. */
export async function* batches(
  traces: AsyncIterable<TraceRecords>,
): AsyncGenerator<readonly TraceRecords[]> {
  let batch: TraceRecords[] = [];
  for await (const trace of traces) {
    batch.push(trace);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
