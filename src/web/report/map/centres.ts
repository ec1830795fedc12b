export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Middle of a cluster and where most of it ends below. */
export interface Centre extends Place {
  readonly low: number;
}

/** Where a cluster's name goes: the medians of its members' coordinates, which outliers do not move, and the tenth percentile below; null without members on the map. */
export function clusterCentres(
  positions: Float32Array,
  members: readonly (readonly number[])[],
): (Centre | null)[] {
  return members.map((list) => {
    const placed = list.filter((i) => !Number.isNaN(positions[2 * i]));
    if (placed.length === 0) return null;
    const xs = Float32Array.from(placed, (i) => positions[2 * i] ?? 0).sort();
    const ys = Float32Array.from(placed, (i) => positions[2 * i + 1] ?? 0).sort();
    const at = (values: Float32Array, part: number): number =>
      values[Math.floor(values.length * part)] ?? 0;
    return { x: at(xs, 0.5), y: at(ys, 0.5), low: at(ys, 0.1) };
  });
}

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
