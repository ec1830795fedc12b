import { permutation, seedRandom } from '../numeric/random/random.ts';
import { averageLink, cut, type Merge, meanSilhouette } from './contrast/average-link.ts';
import { cosinesToMean } from './cosine.ts';
import { perGranularity } from './granularities.ts';
import type { FoundLevels, GroupInput, GroupOptions } from './group-input.ts';
import { type Division, shrunken, stabilities } from './stability.ts';

/** Rows that are linked; the rest join the nearest of the smallest groups. */
const MOST_LINKED = 1_000;
/** Groups of a level as a multiple of those of `medium`. */
const TIMES = { coarsest: 1 / 4, coarse: 1 / 2, medium: 1, fine: 2, finest: 4 } as const;

/**
 * Clusters by average link on the cosine, with the number of clusters given or chosen by silhouette; the other levels are
 * other cuts through the same hierarchy. Rows of groups smaller than `minClusterSize` join the nearest larger group.
 */
export function clusterLinked(
  input: GroupInput,
  rows: readonly number[],
  { clusters, minClusterSize, seed }: GroupOptions,
): FoundLevels {
  const linked = drawn(rows, seed);
  const tree = treeOf(distancesOf(input, linked), linked.length);
  const count = clusters ?? bestCount(tree, rows.length);
  const found = divide(input, rows, linked, tree, count, minClusterSize);
  const placeOf = new Map(linked.map((row, place) => [row, place]));
  const stability = stabilities(rows, found, seed, (some, share) => {
    const distances = some.every((row) => placeOf.has(row))
      ? among(
          tree,
          Array.from(some, (row) => placeOf.get(row)!),
        )
      : distancesOf(input, some);
    const own = treeOf(distances, some.length);
    return divide(input, some, some, own, count, shrunken(minClusterSize, share));
  });
  return perGranularity((granularity) =>
    found[granularity].map((members, index) => ({
      rows: members,
      membership: cosinesToMean(input, members),
      persistence: null,
      stability: stability[granularity][index] ?? null,
      cause: null,
      leftover: null,
    })),
  );
}

interface Tree {
  readonly n: number;
  /** n × n. */
  readonly distances: Float32Array;
  readonly merges: readonly Merge[];
}

const treeOf = (distances: Float32Array, n: number): Tree => ({
  n,
  distances,
  merges: averageLink(distances.slice(), n),
});

/** All rows, or a seeded draw of them, ascending. */
function drawn(rows: readonly number[], seed: number): readonly number[] {
  if (rows.length <= MOST_LINKED) return rows;
  return [...permutation(rows.length, seedRandom(seed)).slice(0, MOST_LINKED)]
    .sort((a, b) => a - b)
    .map((place) => rows[place]!);
}

function distancesOf({ vectors, dimensions }: GroupInput, rows: readonly number[]): Float32Array {
  const n = rows.length;
  const distances = new Float32Array(n * n);
  for (let a = 0; a < n; a++) {
    const first = rows[a]! * dimensions;
    for (let b = a + 1; b < n; b++) {
      const second = rows[b]! * dimensions;
      let dot = 0;
      for (let d = 0; d < dimensions; d++) dot += vectors[first + d]! * vectors[second + d]!;
      distances[a * n + b] = Math.max(0, 1 - dot);
      distances[b * n + a] = distances[a * n + b]!;
    }
  }
  return distances;
}

function among({ distances, n }: Tree, places: readonly number[]): Float32Array {
  const some = new Float32Array(places.length * places.length);
  for (const [a, from] of places.entries())
    for (const [b, to] of places.entries()) some[a * places.length + b] = distances[from * n + to]!;
  return some;
}

/** Most clusters that are tried for so many rows. */
const mostClusters = (rows: number): number => (rows < 100 ? 12 : rows < 1_000 ? 25 : 35);

/** The number of clusters with the best mean silhouette; one where nothing parts. */
function bestCount({ distances, merges, n }: Tree, rows: number): number {
  let best = { count: 1, silhouette: 0 };
  for (let count = 2; count <= Math.min(mostClusters(rows), n - 1); count++) {
    const silhouette = meanSilhouette(distances, n, cut(merges, n, count), count);
    if (silhouette > best.silhouette) best = { count, silhouette };
  }
  return best.count;
}

/** The rows of every cluster at every level. Each level divides the clusters of the one before. */
function divide(
  input: GroupInput,
  rows: readonly number[],
  linked: readonly number[],
  { merges, n }: Tree,
  count: number,
  smallest: number,
): Division {
  if (rows.length < smallest) return perGranularity(() => []);
  const most = Math.max(count, Math.floor(n / smallest));
  const labels = perGranularity((granularity) => {
    const wanted = Math.max(Math.min(2, count), Math.round(TIMES[granularity] * count));
    return cut(merges, n, Math.min(n, most, wanted));
  });
  const placeOf = places(input, rows, linked, labels.finest);
  let clusters: readonly (readonly number[])[] = [rows];
  return perGranularity((granularity) => {
    clusters = clusters.flatMap((of) => {
      const parts = Map.groupBy(of, (row) => labels[granularity][placeOf.get(row)!]!);
      return joined(input, [...parts.values()], smallest);
    });
    return clusters;
  });
}

/** Rows of parts smaller than `smallest` join the nearest larger part; where none is larger, all are one. */
function joined(
  input: GroupInput,
  parts: readonly (readonly number[])[],
  smallest: number,
): readonly (readonly number[])[] {
  const large = parts.filter((part) => part.length >= smallest).map((part) => [...part]);
  if (large.length === parts.length) return large;
  const others = parts.filter((part) => part.length < smallest).flat();
  if (large.length === 0) return [others.sort(ascending)];
  const nearest = nearestMeans(input, large, others);
  for (const [at, row] of others.entries()) large[nearest[at]!]!.push(row);
  return large.map((part) => part.sort(ascending));
}

const ascending = (a: number, b: number): number => a - b;

/** For each row its place among the linked rows, or that of a row of the nearest group. */
function places(
  input: GroupInput,
  rows: readonly number[],
  linked: readonly number[],
  labels: Int32Array,
): ReadonlyMap<number, number> {
  const placeOf = new Map(linked.map((row, place) => [row, place]));
  if (rows.length === linked.length) return placeOf;
  const groups = [...Map.groupBy(linked, (row) => labels[placeOf.get(row)!]!).values()];
  const others = rows.filter((row) => !placeOf.has(row));
  const nearest = nearestMeans(input, groups, others);
  for (const [at, row] of others.entries())
    placeOf.set(row, placeOf.get(groups[nearest[at]!]![0]!)!);
  return placeOf;
}

/** For each row the group with the highest mean cosine to it. */
function nearestMeans(
  { vectors, dimensions }: GroupInput,
  groups: readonly (readonly number[])[],
  rows: readonly number[],
): Int32Array {
  const means = new Float32Array(groups.length * dimensions);
  for (const [group, members] of groups.entries())
    for (const row of members)
      for (let d = 0; d < dimensions; d++)
        means[group * dimensions + d]! += vectors[row * dimensions + d]! / members.length;
  return Int32Array.from(rows, (row) => {
    let best = 0;
    let most = Number.NEGATIVE_INFINITY;
    for (let group = 0; group < groups.length; group++) {
      let dot = 0;
      for (let d = 0; d < dimensions; d++)
        dot += means[group * dimensions + d]! * vectors[row * dimensions + d]!;
      if (dot > most) {
        most = dot;
        best = group;
      }
    }
    return best;
  });
}
