import type { Trace } from '../../contract/trace.ts';
import type { TraceVerdict } from '../../detect/detect.ts';
import type { TraceRow } from '../../store/telemetry/telemetry.ts';
import { readinessOf } from '../../trace/readiness.ts';
import { sdkOf } from '../../trace/sdk.ts';
import type { FinishedTrace } from './finished-trace.ts';

/** The row of a trace as it is now known. */
export function traceRow(
  trace: Trace,
  { isEligible, failed, signals }: TraceVerdict,
  finished: FinishedTrace & { readonly detectorVersion: string },
): TraceRow {
  const { project, traceId, version, format, received, expires, weight, detectorVersion } =
    finished;
  const anchor = finished.anchor ?? trace.startTime ?? received;
  const start = trace.startTime ?? anchor;
  return {
    ...{ project, traceId, anchor, version, start, received, expires, weight, detectorVersion },
    end: Math.max(start, trace.endTime ?? start),
    name: trace.name ?? '',
    status: trace.status,
    errorType: trace.error?.type ?? '',
    tenant: trace.tenant ?? '',
    user: trace.user ?? '',
    session: trace.session ?? '',
    environment: trace.environment ?? '',
    release: trace.release ?? '',
    promptName: trace.promptName ?? '',
    promptVersion: trace.promptVersion ?? '',
    model: trace.model ?? '',
    provider: trace.provider ?? '',
    tags: trace.tags,
    metadata: trace.metadata,
    input: trace.input,
    output: trace.output,
    rootSpan: trace.spans.find(({ parentId }) => parentId === null)?.id ?? '',
    spanCount: trace.spans.length,
    inputTokens: trace.usage.inputTokens ?? 0,
    outputTokens: trace.usage.outputTokens ?? 0,
    cost: trace.usage.cost ?? 0,
    scores: Object.fromEntries(
      trace.scores.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])),
    ),
    signals: [...new Set(signals.map(({ detector }) => detector))],
    gaps: [...new Set(trace.gaps.map(({ kind }) => kind))],
    service: trace.project ?? '',
    sdk: sdkOf(trace),
    ...readinessOf(trace),
    eligible: isEligible,
    failed,
    source: format,
  };
}
