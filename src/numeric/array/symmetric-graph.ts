/** A symmetric weighted graph by rows; columns ascend within a row, weights are positive, there are no loops. */
export interface SymmetricGraph {
  /** n + 1. */
  readonly offsets: Int32Array;
  readonly indices: Int32Array;
  readonly weights: Float32Array;
}

/**
 * The graph that links i and j if either lists the other, with weight join(i→j, j→i), where a missing direction is 0.
 *
 * Shapes: indices and strengths n × k; links of strength 0 and loops are dropped. Cost n · k² at most, for sorting rows; memory
 * 6 n · k words. Deterministic; the order of neighbors does not matter. Fresh buffers.
 */
export function symmetricGraph(
  n: number,
  k: number,
  indices: Int32Array,
  strengths: Float32Array,
  join: (there: number, back: number) => number,
): SymmetricGraph {
  const { starts, sources, returned } = incoming(n, k, indices, strengths);
  const offsets = new Int32Array(n + 1);
  const columns = new Int32Array(2 * n * k);
  const weights = new Float32Array(2 * n * k);
  const backs = new Float32Array(widest(starts) + k);
  const positionOf = new Int32Array(n).fill(-1);
  let end = 0;
  for (let row = 0; row < n; row++) {
    const start = end;
    for (let at = row * k; at < (row + 1) * k; at++) {
      if (strengths[at] === 0 || indices[at] === row) continue;
      positionOf[indices[at]!] = end;
      columns[end] = indices[at]!;
      backs[end - start] = 0;
      weights[end++] = strengths[at]!;
    }
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      const source = sources[at]!;
      if (returned[at] === 0 || source === row) continue;
      if (positionOf[source]! < start) {
        positionOf[source] = end;
        columns[end++] = source;
      }
      backs[positionOf[source]! - start] = returned[at]!;
    }
    for (let at = start; at < end; at++) weights[at] = join(weights[at]!, backs[at - start]!);
    sortRow(columns, weights, start, end);
    offsets[row + 1] = end;
  }
  return { offsets, indices: columns.slice(0, end), weights: weights.slice(0, end) };
}

/** The directed graph by target: the sources of each point, ascending, with their strengths. */
function incoming(
  n: number,
  k: number,
  indices: Int32Array,
  strengths: Float32Array,
): { starts: Int32Array; sources: Int32Array; returned: Float32Array } {
  const starts = new Int32Array(n + 1);
  for (const target of indices) starts[target + 1]! += 1;
  for (let row = 0; row < n; row++) starts[row + 1]! += starts[row]!;
  const cursor = starts.slice();
  const sources = new Int32Array(n * k);
  const returned = new Float32Array(n * k);
  for (let at = 0; at < n * k; at++) {
    const to = cursor[indices[at]!]!++;
    sources[to] = Math.floor(at / k);
    returned[to] = strengths[at]!;
  }
  return { starts, sources, returned };
}

function widest(starts: Int32Array): number {
  let most = 0;
  for (let row = 1; row < starts.length; row++)
    most = Math.max(most, starts[row]! - starts[row - 1]!);
  return most;
}

/** Insertion sort: only the first k entries are out of order, so an entry moves at most k places. */
function sortRow(columns: Int32Array, weights: Float32Array, start: number, end: number): void {
  for (let at = start + 1; at < end; at++) {
    const column = columns[at]!;
    const weight = weights[at]!;
    let hole = at;
    while (hole > start && columns[hole - 1]! > column) {
      columns[hole] = columns[hole - 1]!;
      weights[hole] = weights[hole - 1]!;
      hole--;
    }
    columns[hole] = column;
    weights[hole] = weight;
  }
}
