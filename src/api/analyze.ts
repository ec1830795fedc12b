import type { Analysis } from '../contract/analysis.ts';
import type { ReportData } from '../contract/report.ts';
import type { TraceInput } from '../platform/trace-input.ts';
import type { AnalyzeOptions } from './analyze-options.ts';
import { analyzed } from './analyzed.ts';
import type { TraceReader } from './read-traces.ts';

export interface AnalyzeResult {
  /** The record of the run, as `culprit analyze --json` prints it. */
  readonly analysis: Analysis;
  /** The root causes in order of rank: `analysis.clusters`. */
  readonly clusters: Analysis['clusters'];
  /** What `renderReport` shows: the analysis and the traces of its examples. */
  readonly report: ReportData;
}

/**
 * Turns traces into a ranked list of root causes. The same traces, options and embedder give the same bytes.
 *
 * ```ts
 * const { clusters } = await analyze('traces.jsonl');
 * ```
 *
 * @param source File paths, bytes, traces, or records such as `{ input, output }`. An iterator is read to its end and kept in memory.
 * @param options All optional; docs/api.md lists them with their defaults.
 * @throws CulpritError `invalid_option`, `invalid_input`, `unreadable_file`, `unknown_format`, `empty_input`,
 * `no_traces`, `aborted`, and what the embedder and the judge throw.
 */
export async function analyze(
  source: TraceInput | TraceReader,
  options: AnalyzeOptions = {},
): Promise<AnalyzeResult> {
  const { analysis, report } = await analyzed(source, options);
  return { analysis, clusters: analysis.clusters, report };
}
