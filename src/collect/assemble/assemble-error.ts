import type { TraceError, TraceStatus } from '../../contract/trace.ts';
import type { SpanTree } from './span-tree.ts';

/**
 * Status of a trace and its error. A failure passed up through parent spans counts once, at the deepest span.
 * Any failed span makes the trace an error, even one that the application recovered from; failed
 * evaluators do not.
 */
export function traceError(tree: SpanTree): { status: TraceStatus; error: TraceError | null } {
  const { spans, parents, depths } = tree;
  let deepest = -1;
  spans.forEach(({ span }, index) => {
    if (span.error === null || span.kind === 'evaluator') return;
    if (deepest < 0 || (depths[index] as number) > (depths[deepest] as number)) deepest = index;
  });
  const error = deepest < 0 ? null : (spans[deepest]?.span.error ?? null);
  if (error !== null) return { status: 'error', error };
  const isOk = spans.some(({ span }, index) => parents[index] === -1 && span.status === 'ok');
  return { status: isOk ? 'ok' : 'unset', error: null };
}
