import type { Usage } from '../../contract/trace.ts';
import { addUsage, hasUsage, NO_USAGE } from '../message/usage.ts';
import type { SpanTree } from './span-tree.ts';

export interface TraceUsage {
  readonly total: Usage;
  /** Per span: its usage repeats that of spans below it. */
  readonly isAggregate: readonly boolean[];
}

/**
 * Total over leaf calls, so that what agents and roots repeat counts once. Where no leaf has usage, the
 * topmost totals are taken.
 */
export function traceUsage(tree: SpanTree): TraceUsage {
  const { spans, parents } = tree;
  const hasBelow = new Array<boolean>(spans.length).fill(false);
  spans.forEach(({ span }, index) => {
    if (!hasUsage(span.usage)) return;
    for (let at = parents[index] as number; at >= 0 && !hasBelow[at]; at = parents[at] as number) {
      hasBelow[at] = true;
    }
  });
  const isAggregate = spans.map(
    ({ span }, index) =>
      hasUsage(span.usage) && (span.usageIsAggregate || hasBelow[index] === true),
  );
  const leaves = spans.filter(({ span }, index) => hasUsage(span.usage) && !isAggregate[index]);
  const counted = leaves.length > 0 ? leaves : topmost(tree, isAggregate);
  let total = NO_USAGE;
  for (const { span } of counted) total = addUsage(total, span.usage);
  return { total, isAggregate };
}

function topmost(tree: SpanTree, isAggregate: readonly boolean[]): SpanTree['spans'] {
  return tree.spans.filter((_, index) => {
    if (!isAggregate[index]) return false;
    for (let at = tree.parents[index] as number; at >= 0; at = tree.parents[at] as number) {
      if (isAggregate[at]) return false;
    }
    return true;
  });
}
