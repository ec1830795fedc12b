import { nextBelow, seedRandom } from '../random/random.ts';

/** Points of every cluster, rising; noise (−1) left out. Labels are 0 … clusters − 1, a gap is an empty cluster. */
export function membersOf(labels: Int32Array): Int32Array[] {
  const sizes: number[] = [];
  for (const label of labels) {
    while (sizes.length <= label) sizes.push(0);
    if (label >= 0) sizes[label] = sizes[label]! + 1;
  }
  const members = sizes.map((size) => new Int32Array(size));
  const filled = new Int32Array(members.length);
  labels.forEach((label, point) => {
    if (label < 0) return;
    members[label]![filled[label]!] = point;
    filled[label] = filled[label]! + 1;
  });
  return members;
}

/**
 * About `most` points in all, drawn from every cluster in proportion to its size, but at least `least` (or all it has); all points if there
 * are no more than `most`. With very many clusters, `least` is lowered, down to 4; with even more, `most` / 2 clusters are drawn and the
 * others left empty. So there are never more than 3 · `most` points. Same seed, same sample.
 */
export function sampleMembers(
  members: readonly Int32Array[],
  most: number,
  least: number,
  seed: number,
): Int32Array[] {
  const total = members.reduce((sum, points) => sum + points.length, 0);
  if (total <= most) return [...members];
  const kept = drawClusters(members, Math.max(2, Math.floor(most / 2)), seed);
  const floor = Math.min(least, Math.max(LEAST_OF_MANY, Math.floor((2 * most) / kept.size)));
  const among = [...kept].reduce((sum, cluster) => sum + members[cluster]!.length, 0);
  return members.map((points, cluster) => {
    if (!kept.has(cluster)) return new Int32Array(0);
    const wanted = Math.max(floor, Math.round((points.length / among) * most));
    return wanted >= points.length ? points : draw(points, wanted, seed, cluster);
  });
}

const LEAST_OF_MANY = 4;

function drawClusters(members: readonly Int32Array[], most: number, seed: number): Set<number> {
  const occupied = Int32Array.from(members.keys()).filter(
    (cluster) => members[cluster]!.length > 0,
  );
  if (occupied.length <= most) return new Set(occupied);
  return new Set(draw(occupied, most, seed, members.length));
}

/** The first `wanted` of a Fisher–Yates shuffle, sorted again. */
function draw(points: Int32Array, wanted: number, seed: number, stream: number): Int32Array {
  const state = seedRandom(seed, stream);
  const pool = points.slice();
  for (let i = 0; i < wanted; i++) {
    const j = i + nextBelow(state, pool.length - i);
    const held = pool[i]!;
    pool[i] = pool[j]!;
    pool[j] = held;
  }
  return pool.slice(0, wanted).sort();
}
