import type { SpanReading } from '../dialect/read-span.ts';

/** Spans of a trace in order, with who is below whom. Indices are positions in `spans`. */
export interface SpanTree {
  readonly spans: readonly SpanReading[];
  /** Index of the parent, −1 for roots, orphans and spans that are their own ancestors. */
  readonly parents: Int32Array;
  /** Number of ancestors. */
  readonly depths: Int32Array;
  /** 1 for spans of or below an evaluator or guardrail: their messages are not part of the conversation. */
  readonly sides: Uint8Array;
  /** Parent ids that no span has, by the index of the orphan. */
  readonly orphans: ReadonlyMap<number, string>;
}

/** Spans must be in time order already. */
export function spanTree(spans: readonly SpanReading[]): SpanTree {
  const indices = new Map<string, number>();
  spans.forEach(({ span }, index) => {
    indices.set(span.id, index);
  });
  const parents = new Int32Array(spans.length).fill(-1);
  const orphans = new Map<number, string>();
  spans.forEach(({ span }, index) => {
    if (span.parentId === null) return;
    const parent = indices.get(span.parentId);
    if (parent === undefined) orphans.set(index, span.parentId);
    else if (parent !== index) parents[index] = parent;
  });
  const depths = depthsOf(parents);
  return { spans, parents, depths, sides: sidesOf(spans, parents, depths), orphans };
}

/** Parents before children, so that each span asks its parent alone. */
function sidesOf(
  spans: readonly SpanReading[],
  parents: Int32Array,
  depths: Int32Array,
): Uint8Array {
  const sides = new Uint8Array(spans.length);
  const order = Array.from(spans.keys()).sort((a, b) => (depths[a] ?? 0) - (depths[b] ?? 0));
  for (const at of order) {
    const kind = spans[at]?.span.kind;
    const parent = parents[at] as number;
    sides[at] = Number(kind === 'evaluator' || kind === 'guardrail' || sides[parent] === 1);
  }
  return sides;
}

/** Depth by memo; a cycle is cut where it closes. */
function depthsOf(parents: Int32Array): Int32Array {
  const depths = new Int32Array(parents.length).fill(UNKNOWN);
  const path: number[] = [];
  for (let start = 0; start < parents.length; start++) {
    let at = start;
    while (at >= 0 && depths[at] === UNKNOWN) {
      depths[at] = OPEN;
      path.push(at);
      at = parents[at] as number;
    }
    if (at >= 0 && depths[at] === OPEN) {
      parents[path[path.length - 1] as number] = -1;
      at = -1;
    }
    let depth = at < 0 ? 0 : (depths[at] as number) + 1;
    while (path.length > 0) depths[path.pop() as number] = depth++;
  }
  return depths;
}

const UNKNOWN = -1;
const OPEN = -2;
