import { boundsOf } from './viewport.ts';

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The middle of a cluster, and its lower edge. */
export interface Center extends Place {
  readonly low: number;
}

const CELLS = 24;

/**
 * Positions the names of clusters: in the middle of the densest part, because a cluster may lie in several
 * places on the map. `low` is the tenth percentile of that part. Null for a cluster without members on the map.
 */
export function clusterCenters(
  positions: Float32Array,
  members: readonly (readonly number[])[],
): (Center | null)[] {
  const bounds = boundsOf(positions);
  if (bounds === null) return members.map(() => null);
  const side = Math.max(bounds.maxX - bounds.minX, bounds.maxY - bounds.minY) / CELLS || 1;
  return members.map((list) => {
    const placed = list.filter((i) => !Number.isNaN(positions[2 * i]));
    if (placed.length === 0) return null;
    const part = densestPart(positions, placed, side);
    const xs = Float32Array.from(part, (i) => positions[2 * i] ?? 0).sort();
    const ys = Float32Array.from(part, (i) => positions[2 * i + 1] ?? 0).sort();
    return { x: quantile(xs, 0.5), y: quantile(ys, 0.5), low: quantile(ys, 0.1) };
  });
}

/** Members in the 3 × 3 block of cells with the most of them; the first such block on a tie. */
function densestPart(positions: Float32Array, members: readonly number[], side: number): number[] {
  const cellOf = (i: number, axis: 0 | 1): number =>
    Math.floor((positions[2 * i + axis] ?? 0) / side);
  const cells = Map.groupBy(members, (i) => `${cellOf(i, 0)},${cellOf(i, 1)}`);
  let best: number[] = [];
  for (const [first] of cells.values()) {
    if (first === undefined) continue;
    const around = NEIGHBORS.flatMap(
      ([right, down]) => cells.get(`${cellOf(first, 0) + right},${cellOf(first, 1) + down}`) ?? [],
    );
    if (around.length > best.length) best = around;
  }
  return best;
}

const NEIGHBORS = [-1, 0, 1].flatMap((right) => [-1, 0, 1].map((down) => [right, down] as const));

const quantile = (sorted: Float32Array, part: number): number =>
  sorted[Math.floor(sorted.length * part)] ?? 0;

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Whether each box can be shown without covering an earlier or a taken one; `first` is placed before all. Quadratic in the number of boxes, which is small. */
export function freeBoxes(
  boxes: readonly (Box | null)[],
  taken: readonly (Box | null)[],
  first: number | null,
): boolean[] {
  const shown = taken.filter((box) => box !== null);
  const free = boxes.map(() => false);
  const order = [...boxes.keys()];
  if (first !== null && first < boxes.length) order.unshift(first);
  for (const i of order) {
    const box = boxes[i];
    if (box === undefined || box === null || free[i]) continue;
    if (shown.some((other) => overlap(other, box))) continue;
    shown.push(box);
    free[i] = true;
  }
  return free;
}

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
