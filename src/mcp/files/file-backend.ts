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
  traces(): AsyncIterable<Trace> | null;
}

/** Answers from local files. */
export function fileBackend({ traces, ...parts }: FileBackendParts): Backend {
  const read = new Map<string, TraceView>();
  return {
    ...parts,
    async trace(id) {
      const before = read.get(id);
      if (before !== undefined) return before;
      const report = await parts.report();
      const kept = traceInReport(report, id);
      const all = kept?.missing === null ? null : traces();
      const found = (all === null ? null : await traceIn(all, id)) ?? kept;
      if (found === null) return null;
      if (read.size >= MOST_KEPT) read.clear();
      read.set(id, found);
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
