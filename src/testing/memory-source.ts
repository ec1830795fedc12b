import { type CollectOptions, collect } from '../collect/collect.ts';
import type { ByteSource } from '../contract/byte-source.ts';
import type { CollectReport } from '../contract/collection.ts';
import type { Trace } from '../contract/trace.ts';

/** A source of bytes in memory, given in pieces of `size` bytes. */
export function memorySource(
  name: string,
  content: string | Uint8Array,
  size = 1 << 20,
): ByteSource {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    name,
    size: bytes.length,
    async *open() {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    },
  };
}

export interface Collected {
  readonly traces: readonly Trace[];
  readonly report: CollectReport;
  readonly problems: readonly string[];
}

/** Everything that comes out of some sources, problems as `code:line`. */
export async function collectAll(
  sources: readonly ByteSource[],
  options: CollectOptions = {},
): Promise<Collected> {
  const collection = collect(sources, options);
  const traces: Trace[] = [];
  for await (const batch of collection.traces()) traces.push(...batch);
  const report = collection.report();
  const problems = report.problems.map(({ code, line }) => `${code}:${line ?? '-'}`);
  return { traces, report, problems };
}
