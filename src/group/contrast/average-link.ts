/** Merges of an average-link hierarchy in order of height: cluster of `a` and cluster of `b` become one. */
export interface Merge {
  readonly a: number;
  readonly b: number;
  readonly height: number;
}

/**
 * Average-link hierarchy of n points by nearest-neighbor chains (Murtagh 1983): n² time and memory. `distances` is a full
 * n × n matrix and is overwritten. Ties go to the lower index.
 */
export function averageLink(distances: Float32Array, n: number): readonly Merge[] {
  const sizes = new Int32Array(n).fill(1);
  const alive = new Uint8Array(n).fill(1);
  const merges: Merge[] = [];
  const chain: number[] = [];
  let start = 0;
  while (merges.length < n - 1) {
    if (chain.length === 0) {
      while (alive[start] === 0) start++;
      chain.push(start);
    }
    for (;;) {
      const tip = chain.at(-1)!;
      const before = chain.length > 1 ? chain.at(-2)! : -1;
      let nearest = before;
      let least = before === -1 ? Number.POSITIVE_INFINITY : distances[tip * n + before]!;
      for (let other = 0; other < n; other++) {
        if (alive[other] === 0 || other === tip) continue;
        const distance = distances[tip * n + other]!;
        if (distance < least) {
          least = distance;
          nearest = other;
        }
      }
      if (nearest !== before || before === -1) {
        chain.push(nearest);
        continue;
      }
      chain.length -= 2;
      join(distances, n, sizes, alive, Math.min(tip, before), Math.max(tip, before));
      merges.push({ a: Math.min(tip, before), b: Math.max(tip, before), height: least });
      break;
    }
  }
  return merges
    .map((merge, order) => ({ merge, order }))
    .sort((x, y) => x.merge.height - y.merge.height || x.order - y.order)
    .map(({ merge }) => merge);
}

function join(
  distances: Float32Array,
  n: number,
  sizes: Int32Array,
  alive: Uint8Array,
  kept: number,
  gone: number,
): void {
  const a = sizes[kept]!;
  const b = sizes[gone]!;
  for (let other = 0; other < n; other++) {
    if (alive[other] === 0 || other === kept || other === gone) continue;
    const mean = (a * distances[kept * n + other]! + b * distances[gone * n + other]!) / (a + b);
    distances[kept * n + other] = mean;
    distances[other * n + kept] = mean;
  }
  sizes[kept] = a + b;
  alive[gone] = 0;
}

/** Labels from 0 after all but the last k − 1 merges. */
export function cut(merges: readonly Merge[], n: number, k: number): Int32Array {
  const parent = Int32Array.from({ length: n }, (_, row) => row);
  const root = (row: number): number => {
    let at = row;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  for (const { a, b } of merges.slice(0, Math.max(0, n - k))) parent[root(b)] = root(a);
  const labels = new Int32Array(n);
  const numbers = new Map<number, number>();
  for (let row = 0; row < n; row++) {
    const top = root(row);
    if (!numbers.has(top)) numbers.set(top, numbers.size);
    labels[row] = numbers.get(top)!;
  }
  return labels;
}

/** Mean silhouette of labels over a distance matrix; points alone in their cluster count 0. */
export function meanSilhouette(
  distances: Float32Array,
  n: number,
  labels: Int32Array,
  k: number,
): number {
  const sizes = new Int32Array(k);
  for (const label of labels) sizes[label]!++;
  const sums = new Float64Array(k);
  let total = 0;
  for (let row = 0; row < n; row++) {
    const own = labels[row]!;
    if (sizes[own] === 1) continue;
    sums.fill(0);
    const from = row * n;
    for (let other = 0; other < n; other++) sums[labels[other]!]! += distances[from + other]!;
    const inside = sums[own]! / (sizes[own]! - 1);
    let outside = Number.POSITIVE_INFINITY;
    for (let label = 0; label < k; label++) {
      if (label !== own) outside = Math.min(outside, sums[label]! / sizes[label]!);
    }
    const most = Math.max(inside, outside);
    if (most > 0) total += (outside - inside) / most;
  }
  return total / n;
}
