import type { ReportSpan } from '../contract/report.ts';
import type { Span, Trace, TraceError } from '../contract/trace.ts';
import { latency } from './latency.ts';
import { tokens } from './tokens.ts';

const MOST = 100;
const NAME = 120;
const ERROR = 300;
const DEEPEST = 30;

/** The first spans, 100 by default, parents before their children, siblings in order of their start. */
export function reportSpans(
  trace: Trace,
  most: number = MOST,
): {
  readonly spans: readonly ReportSpan[];
  readonly omittedSpans: number;
} {
  const spans = inOrder(trace.spans).slice(0, most);
  return {
    spans: spans.map(({ span, depth }) => reportSpan(span, depth, trace.startTime)),
    omittedSpans: trace.spans.length - spans.length,
  };
}

export const errorText = (error: TraceError | null): string | null =>
  error === null
    ? null
    : [error.type, error.message].filter(Boolean).join(': ').slice(0, ERROR) || 'error';

function reportSpan(span: Span, depth: number, start: number | null): ReportSpan {
  return {
    id: span.id,
    name: (span.toolCall?.name ?? span.name).slice(0, NAME),
    kind: span.kind,
    depth: Math.min(depth, DEEPEST),
    startMs: start === null || span.startTime === null ? null : span.startTime - start,
    durationMs: latency(span),
    model: span.model,
    tokens: span.usageIsAggregate ? null : tokens(span),
    cost: span.usageIsAggregate ? null : span.usage.cost,
    error: errorText(span.error) ?? (span.status === 'error' ? 'error' : null),
  };
}

interface Placed {
  readonly span: Span;
  readonly depth: number;
}

/** Depth first. A span whose parent is missing or comes round to itself is a root. */
function inOrder(spans: readonly Span[]): readonly Placed[] {
  const sorted = spans.toSorted(byStart);
  const ids = new Set(spans.map(({ id }) => id));
  const children = new Map<string, Span[]>();
  const roots: Span[] = [];
  for (const span of sorted) {
    const { parentId } = span;
    if (parentId === null || parentId === span.id || !ids.has(parentId)) roots.push(span);
    else {
      const siblings = children.get(parentId);
      if (siblings === undefined) children.set(parentId, [span]);
      else siblings.push(span);
    }
  }
  const placed: Placed[] = [];
  const seen = new Set<Span>();
  for (const root of [...roots, ...sorted]) {
    const open: Placed[] = [{ span: root, depth: 0 }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next.span)) continue;
      seen.add(next.span);
      placed.push(next);
      for (const child of children.get(next.span.id)?.toReversed() ?? [])
        open.push({ span: child, depth: next.depth + 1 });
    }
  }
  return placed;
}

const byStart = (a: Span, b: Span): number =>
  (a.startTime ?? Number.POSITIVE_INFINITY) - (b.startTime ?? Number.POSITIVE_INFINITY) || 0;
