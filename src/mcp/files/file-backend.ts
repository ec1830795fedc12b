import type { ReportData } from '../../contract/report.ts';
import type { Trace } from '../../contract/trace.ts';
import type { Backend, TraceView } from '../backend.ts';
import { queryReport } from './query-report.ts';
import { searchReport } from './search-report.ts';
import { traceInReport } from './trace-in-report.ts';

/** What a command line opens; the rest is made of the report. */
export interface FileBackendParts extends Omit<Backend, 'report' | 'trace' | 'search' | 'query'> {
  /** Made at the first call, then kept. */
  report(): Promise<ReportData>;
  /** The traces that were analyzed, read anew; null where only a report is at hand. */
  readonly traces: (() => AsyncIterable<Trace>) | null;
}

/** Answers from local files. */
export function fileBackend({ traces, ...parts }: FileBackendParts): Backend {
  const kept = new Map<string, TraceView>();
  return {
    ...parts,
    async trace(id) {
      const before = kept.get(id);
      if (before !== undefined) return before;
      const report = await parts.report();
      const found =
        traceInReport(report, id) ?? (traces === null ? null : await traceIn(traces(), id));
      if (found === null) return null;
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(id, found);
      return found;
    },
    search: async (asked) => searchReport(await parts.report(), asked),
    query: async (asked) => queryReport(await parts.report(), asked),
  };
}

const MOST_KEPT = 100;

async function traceIn(traces: AsyncIterable<Trace>, id: string): Promise<TraceView | null> {
  for await (const trace of traces) if (trace.id === id) return { ...trace, missing: null };
  return null;
}
