import { collect } from '../../src/collect/collect.ts';
import type { CollectReport } from '../../src/contract/collection.ts';
import type { Trace } from '../../src/contract/trace.ts';
import { fileSource } from '../../src/platform/file-source.ts';
import { type RawCount, sum } from './raw-count.ts';

export interface Imported {
  readonly traces: readonly Trace[];
  readonly report: CollectReport;
  /** Code of the error that ended the import. */
  readonly failed: string | null;
}

export async function importFiles(...paths: readonly string[]): Promise<Imported> {
  const collection = collect(await Promise.all(paths.map((path) => fileSource(path))), {});
  const traces: Trace[] = [];
  let failed: string | null = null;
  try {
    for await (const batch of collection.traces()) traces.push(...batch);
  } catch (error) {
    failed = (error as { code?: string }).code ?? String(error);
  }
  return { traces, report: collection.report(), failed };
}

export const countsOf = ({ report }: Imported): RawCount => sum(report.files);

export const idsOf = (traces: readonly Trace[]): string[] =>
  traces.flatMap((trace) => trace.spans.map((span) => span.id)).sort();

/** Traces without values that depend on how they were written: place in the file, resource attributes of the machine. */
export function comparable(traces: readonly Trace[]): unknown {
  return traces
    .map(({ origin: _, metadata: __, ...trace }) => ({
      ...trace,
      spans: trace.spans
        .map(({ attributes, ...span }) => ({ ...span, attributes: Object.keys(attributes).sort() }))
        .sort((a, b) => a.id.localeCompare(b.id)),
    }))
    .sort((a, b) => a.id.localeCompare(b.id));
}
