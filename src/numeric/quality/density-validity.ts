import { forEachPair } from '../wasm/for-each-pair.ts';

export interface DensityValidity {
  /** −1 to 1, weighted by cluster size over all points, noise included. */
  readonly mean: number;
  /** NaN for an empty cluster, and for one that the sample left out. */
  readonly perCluster: Float32Array;
}

interface Core {
  readonly rows: Int32Array;
  readonly core: Float64Array;
  /** Places in `rows` of the inner nodes of the spanning tree. */
  readonly inner: Int32Array;
  readonly sparseness: number;
}

/**
 * Density-based clustering validation, DBCV (Moulavi 2014): how much sparser it is between clusters than inside.
 *
 * Cost: Σ size² distances inside and m² / 2 between the m points looked at, in float32; memory 8 × the largest size²; Euclidean. Deterministic.
 * Origin: hdbscan 0.8.44 `validity_index`, including its choice of equal edges. Deviation: the core distance
 * (mean of (1/d)^dim)^(−1/dim) is taken by logarithms, where the reference overflows from about 100 dimensions.
 */
export function densityValidityOf(
  points: Float32Array,
  dim: number,
  members: readonly Int32Array[],
  sizes: readonly number[],
  total: number,
): DensityValidity {
  const cores = members.map((rows) => (rows.length > 0 ? coreOf(points, dim, rows) : null));
  const separations = separationsOf(points, dim, cores);
  const perCluster = new Float32Array(members.length).fill(Number.NaN);
  let weighted = 0;
  let looked = 0;
  cores.forEach((own, cluster) => {
    if (!own) return;
    const separation = separations[cluster]!;
    const most = Math.max(separation, own.sparseness);
    const score =
      most === Number.POSITIVE_INFINITY ? 1 : most === 0 ? 0 : (separation - own.sparseness) / most;
    perCluster[cluster] = score;
    weighted += sizes[cluster]! * score;
    looked += sizes[cluster]!;
  });
  const clustered = sizes.reduce((sum, size) => sum + size, 0);
  // Clusters that the sample left out count like the average of the others.
  const mean = looked === 0 ? 0 : (weighted / looked) * (clustered / total);
  return { mean, perCluster };
}

function coreOf(points: Float32Array, dim: number, rows: Int32Array): Core {
  const n = rows.length;
  const reach = new Float64Array(n * n);
  forEachPair(points, dim, rows, (i, j, squared) => {
    const distance = Math.sqrt(squared);
    reach[i * n + j] = distance;
    reach[j * n + i] = distance;
  });
  const core = new Float64Array(n);
  for (let i = 0; i < n; i++) core[i] = allPointsCore(reach.subarray(i * n, (i + 1) * n), dim);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) reach[i * n + j] = Math.max(core[i]!, core[j]!, reach[i * n + j]!);
  return { rows, core, ...innerTree(n, (i, j) => reach[i * n + j]!) };
}

/** (mean of (1/d)^dim)^(−1/dim) over the other points of the cluster; those at distance 0 add nothing. */
function allPointsCore(distances: Float64Array, dim: number): number {
  const logs = distances.filter((distance) => distance > 0).map((d) => -dim * Math.log(d));
  if (logs.length === 0) return 0;
  const most = logs.reduce((a, b) => Math.max(a, b));
  const sum = logs.reduce((total, log) => total + Math.exp(log - most), 0);
  return Math.exp(-(most + Math.log(sum) - Math.log(distances.length - 1)) / dim);
}

/** Inner nodes (degree above 1) of the spanning tree and its heaviest edge between them; of all edges if none is. */
function innerTree(
  n: number,
  reach: (i: number, j: number) => number,
): { inner: Int32Array; sparseness: number } {
  const degree = new Int32Array(n);
  const edges = primEdges(n, reach);
  for (const [from, to] of edges) {
    degree[from] = degree[from]! + 1;
    degree[to] = degree[to]! + 1;
  }
  const inner = Int32Array.from(degree.keys()).filter((node) => degree[node]! > 1);
  const isInner = ([from, to]: Edge) => degree[from]! > 1 && degree[to]! > 1;
  const kept = edges.some(isInner) ? edges.filter(isInner) : edges;
  const sparseness = kept.reduce((most, [, , weight]) => Math.max(most, weight), 0);
  return { inner: inner.length > 0 ? inner : Int32Array.of(0), sparseness };
}

type Edge = readonly [from: number, to: number, weight: number];

/** Prim by scan order; an edge starts at the lowest node of the tree whose reach is the weight (numpy's isclose). */
function primEdges(n: number, reach: (i: number, j: number) => number): Edge[] {
  const best = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const source = new Int32Array(n);
  const inTree = new Uint8Array(n);
  const edges: Edge[] = [];
  let current = 0;
  for (let step = 1; step < n; step++) {
    inTree[current] = 1;
    let next = -1;
    for (let j = 0; j < n; j++) {
      if (inTree[j]) continue;
      const weight = reach(current, j);
      if (weight < best[j]!) {
        best[j] = weight;
        source[j] = current;
      }
      if (next < 0 || best[j]! < best[next]!) next = j;
    }
    const weight = best[next]!;
    edges.push([
      step === 1 ? source[next]! : lowestAt(n, inTree, reach, next, weight),
      next,
      weight,
    ]);
    current = next;
  }
  return edges;
}

function lowestAt(
  n: number,
  inTree: Uint8Array,
  reach: (i: number, j: number) => number,
  node: number,
  weight: number,
): number {
  for (let i = 0; i < n; i++)
    if (inTree[i] && Math.abs(reach(node, i) - weight) <= 1e-8 + 1e-5 * weight) return i;
  return node;
}

/** The least reachability between inner nodes of each cluster and those of the others; infinite without others. */
function separationsOf(
  points: Float32Array,
  dim: number,
  cores: readonly (Core | null)[],
): Float64Array {
  const inner = cores.flatMap((own, cluster) =>
    own
      ? Array.from(own.inner, (at) => ({ cluster, row: own.rows[at]!, core: own.core[at]! }))
      : [],
  );
  const clusters = Int32Array.from(inner, ({ cluster }) => cluster);
  const cored = Float64Array.from(inner, ({ core }) => core);
  const least = new Float64Array(cores.length).fill(Number.POSITIVE_INFINITY);
  const rows = Int32Array.from(inner, ({ row }) => row);
  forEachPair(points, dim, rows, (i, j, squared) => {
    const a = clusters[i]!;
    const b = clusters[j]!;
    if (a === b) return;
    const reach = Math.max(cored[i]!, cored[j]!, Math.sqrt(squared));
    if (reach < least[a]!) least[a] = reach;
    if (reach < least[b]!) least[b] = reach;
  });
  return least;
}
