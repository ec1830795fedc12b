import { boundsOf } from './viewport.ts';

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Middle of a cluster and where most of it ends below. */
export interface Center extends Place {
  readonly low: number;
}

const CELLS = 24;

/**
 * Where a cluster's name goes: the middle of its densest part, since a cluster may lie in several
 * places on the map; `low` is the tenth percentile of that part. Null without members on the map.
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

/** Members in the three by three cells that hold most of them; the first such place where several do. */
function densestPart(positions: Float32Array, members: readonly number[], side: number): number[] {
  const cellOf = (i: number, axis: 0 | 1): number =>
    Math.floor((positions[2 * i + axis] ?? 0) / side);
  const cells = Map.groupBy(members, (i) => `${cellOf(i, 0)},${cellOf(i, 1)}`);
  let best: number[] = [];
  for (const [first] of cells.values()) {
    if (first === undefined) continue;
    const around = NEIGHBOURS.flatMap(
      ([right, down]) => cells.get(`${cellOf(first, 0) + right},${cellOf(first, 1) + down}`) ?? [],
    );
    if (around.length > best.length) best = around;
  }
  return best;
}

const NEIGHBOURS = [-1, 0, 1].flatMap((right) => [-1, 0, 1].map((down) => [right, down] as const));

const quantile = (sorted: Float32Array, part: number): number =>
  sorted[Math.floor(sorted.length * part)] ?? 0;

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Which boxes can be shown without covering one before them or one that is taken; `first` goes before all. Quadratic in the boxes, which are few. */
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
