import type { ReportData } from '../../contract/report.ts';
import { plural } from '../../text/format.ts';
import type { SearchRequest, SearchResult } from '../backend.ts';
import { archiveOf } from './trace-in-report.ts';

const MOST = 200;
/** Characters before the word. */
const BEFORE = 80;
const SNIPPET = 400;

/** Failures of the analysis that have all of the words. */
export function searchReport(report: ReportData, { words, cause }: SearchRequest): SearchResult {
  const { failures } = report.analysis;
  const { texts } = archiveOf(report);
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const found = failures.flatMap((failure, row) => {
    if (cause !== undefined && failure.cluster !== cause) return [];
    const text = texts[row] || failure.input.toLowerCase();
    const at = text.indexOf(wanted[0] ?? '');
    if (!wanted.every((word) => text.includes(word))) return [];
    return {
      ...{ trace: failure.traceId, cause: failure.cluster, failed: failure.failed },
      ...{ promptVersion: failure.promptVersion, tenant: failure.tenant },
      text: text.slice(Math.max(0, at - BEFORE), at + SNIPPET),
    };
  });
  return {
    searched: `the text, in lower case, of ${plural(failures.length, 'sampled failure')}`,
    items: found.slice(0, MOST),
    hasMore: found.length > MOST,
  };
}
