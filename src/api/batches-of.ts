import { collect } from '../collect/collect.ts';
import type { Trace } from '../contract/trace.ts';
import { openInput, type TraceInput } from '../platform/trace-input.ts';
import { TraceReader } from './read-traces.ts';

/** Traces in batches, read anew at each call. */
type Batches = () => AsyncIterable<readonly Trace[]>;

/** What `read` makes of the traces of an input, which is closed in the end. Throws what `readTraces` and `read` throw. */
export async function withBatches<Result>(
  source: TraceInput | TraceReader,
  read: (batches: Batches) => Promise<Result>,
): Promise<Result> {
  const isReader = source instanceof TraceReader;
  const input = await openInput(isReader ? source.source : source);
  if (input.kind === 'traces')
    return read(async function* () {
      yield input.traces;
    });
  const map = isReader ? source.columns : {};
  try {
    return await read(() => collect(input.sources, { map }).traces());
  } finally {
    for (const each of input.sources) await each.close?.();
  }
}
