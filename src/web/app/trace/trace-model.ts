import type { AnalyzedFailure } from '../../../contract/analyzed-failure.ts';
import type { ReportTrace } from '../../../contract/report.ts';
import { latency } from '../../../trace/latency.ts';
import { errorText, reportSpans } from '../../../trace/spans.ts';
import { tokens } from '../../../trace/tokens.ts';
import { traitsOf } from '../../../trace/traits.ts';
import type { ReportModel } from '../../report/model/report-model.ts';
import type { StoredTrace } from '../client/queries.ts';

/**
 * A model of the report in which one trace is whole, as the store has it: every step, every message, uncut. Without an
 * analysis, it holds that trace alone.
 */
export function traceModel(base: ReportModel | null, stored: StoredTrace): ReportModel {
  const shown = wholeTrace(stored);
  const from = base ?? EMPTY;
  const traceById = new Map(from.traceById).set(shown.id, shown);
  const rawById = new Map([[shown.id, 0]]);
  if (from.failureById.has(shown.id) || shown.isPassing) return { ...from, traceById, rawById };
  const failures = [...from.failures, failureOf(stored)];
  const clusterOf = new Int32Array(failures.length).fill(-1);
  clusterOf.set(from.clusterOf);
  const failureById = new Map(from.failureById).set(shown.id, failures.length - 1);
  return { ...from, failures, clusterOf, failureById, traceById, rawById };
}

function wholeTrace({ trace, summary, signals }: StoredTrace): ReportTrace {
  return {
    id: trace.id,
    isPassing: summary !== null && !summary.failed,
    name: trace.name,
    ...traitsOf(trace),
    origin: summary?.source ?? trace.origin.format,
    durationMs: latency(trace),
    tokens: tokens(trace),
    cost: trace.usage.cost,
    error: errorText(trace.error),
    messages: trace.messages.map(({ role, name, content, toolCalls, spanId }, index) => ({
      ...{ index, role, name, content, toolCalls, spanId },
      omitted: 0,
    })),
    ...reportSpans(trace, trace.spans.length),
    evidence: signals
      .filter(({ verdict, quote }) => verdict === 'yes' && quote !== '')
      .map(({ spanId, path, quote }) => ({ spanId: spanId || null, path, quote })),
  };
}

/** A failed trace that the analysis has not looked at, with what was found when it arrived. */
function failureOf({ trace, signals }: StoredTrace): AnalyzedFailure {
  const found = Map.groupBy(
    signals.filter(({ verdict }) => verdict === 'yes'),
    ({ detector }) => detector,
  );
  return {
    traceId: trace.id,
    failed: true,
    cluster: null,
    noise: null,
    category: null,
    categories: [],
    alsoMeets: [],
    membership: 0,
    weight: 0,
    position: [Number.NaN, Number.NaN],
    rootSpanId: null,
    input: trace.input.slice(0, 200),
    shown: null,
    ...traitsOf(trace),
    signals: [...found].map(([detector, rows]) => ({
      detector,
      verdict: 'yes' as const,
      tier: 'likely' as const,
      category: null,
      cause: [],
      statement: { template: 'Found when the trace arrived', slots: [] },
      confidence: 1,
      spanId: null,
      evidence: rows
        .filter(({ quote }) => quote !== '')
        .map(({ spanId, path, quote }) => ({ spanId: spanId || null, path, quote })),
    })),
  };
}

/** What `TracePage` reads of an analysis, where there is none. */
const EMPTY = {
  analysis: { options: { all: false }, detectors: [] },
  clusters: [],
  failures: [],
  clusterOf: new Int32Array(0),
  members: [],
  noise: [],
  pairs: new Map(),
  traceUrl: null,
  clusterById: new Map(),
  failureById: new Map(),
  traceById: new Map(),
  rawById: new Map(),
  categoryById: new Map(),
} as unknown as ReportModel;
