import type { RawRecord } from '../../collect/collect.ts';
import { detectOptions, judgeTrace } from '../../detect/detect.ts';
import type { FinishedRows, FinishedTrace, ProjectJudging } from './finished-trace.ts';
import { signalRows } from './signal-rows.ts';
import { storedTrace } from './stored-trace.ts';
import { traceRow } from './trace-row.ts';

/** The rows of a finished trace: what it was and how it failed. No rows when its records hold no span. */
export function finishTrace(
  finished: FinishedTrace,
  records: readonly RawRecord[],
  judging: ProjectJudging,
): FinishedRows {
  const trace = storedTrace(finished.traceId, records, finished.format);
  if (trace === null) return { traces: [], signals: [] };
  const verdict = judgeTrace(trace, detectOptions(judging.options), judging.facts);
  const row = traceRow(trace, verdict, { ...finished, detectorVersion: judging.version });
  return { traces: [row], signals: signalRows(verdict.signals, row) };
}
