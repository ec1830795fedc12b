/**
 * A tree of boxes over points of the plane, in pre-order: the first child of a node is the next node, its next sibling `skip`.
 * Arrays hold 2 n − 1 nodes at most and are reused by every build.
 */
export interface BoxTree {
  /** Points in the order of the leaves. */
  readonly order: Int32Array;
  /** Node after this one and all below it. */
  readonly skip: Int32Array;
  /** Points below. */
  readonly count: Float64Array;
  readonly centerX: Float64Array;
  readonly centerY: Float64Array;
  /** Square of the longer side; 0 for a leaf. */
  readonly squaredWidth: Float64Array;
}

export const boxTreeArrays = (
  n: number,
  floats: (length: number) => Float64Array,
  integers: (length: number) => Int32Array,
): BoxTree => ({
  order: integers(n),
  skip: integers(2 * n),
  count: floats(2 * n),
  centerX: floats(2 * n),
  centerY: floats(2 * n),
  squaredWidth: floats(2 * n),
});

/**
 * Builds the tree in place and returns its number of nodes. Boxes are tight around their points and split at the middle into four;
 * points that coincide share a leaf. Cost n · depth; the depth follows the range of distances, and no box has a single child.
 */
export function buildBoxTree(positions: Float64Array, n: number, tree: BoxTree): number {
  for (let point = 0; point < n; point++) tree.order[point] = point;
  return n === 0 ? 0 : buildNode(positions, tree, 0, n, 0);
}

/** Writes node `node` over order[from … to − 1] and all below; returns the next free node. */
function buildNode(
  positions: Float64Array,
  tree: BoxTree,
  from: number,
  to: number,
  node: number,
): number {
  const { order } = tree;
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.POSITIVE_INFINITY;
  let top = Number.NEGATIVE_INFINITY;
  let sumX = 0;
  let sumY = 0;
  for (let at = from; at < to; at++) {
    const x = positions[2 * order[at]!]!;
    const y = positions[2 * order[at]! + 1]!;
    left = Math.min(left, x);
    right = Math.max(right, x);
    bottom = Math.min(bottom, y);
    top = Math.max(top, y);
    sumX += x;
    sumY += y;
  }
  const count = to - from;
  const width = Math.max(right - left, top - bottom);
  tree.count[node] = count;
  // Coinciding points keep their exact coordinates, which a rounded mean could miss.
  tree.centerX[node] = left === right ? left : sumX / count;
  tree.centerY[node] = bottom === top ? bottom : sumY / count;
  tree.squaredWidth[node] = 0;
  const middleX = left / 2 + right / 2;
  const middleY = bottom / 2 + top / 2;
  const acrossY = partition(positions, order, from, to, 1, middleY);
  const acrossLow = partition(positions, order, from, acrossY, 0, middleX);
  const acrossHigh = partition(positions, order, acrossY, to, 0, middleX);
  let next = node + 1;
  const cuts = [from, acrossLow, acrossY, acrossHigh, to];
  const whole = cuts.some((cut, part) => part > 0 && cut - cuts[part - 1]! === count);
  if (!whole) {
    tree.squaredWidth[node] = width * width;
    for (let part = 1; part < cuts.length; part++)
      if (cuts[part]! > cuts[part - 1]!)
        next = buildNode(positions, tree, cuts[part - 1]!, cuts[part]!, next);
  }
  tree.skip[node] = next;
  return next;
}

/** Moves the points below `middle` on the axis to the front; returns where the others begin. */
function partition(
  positions: Float64Array,
  order: Int32Array,
  from: number,
  to: number,
  axis: 0 | 1,
  middle: number,
): number {
  let front = from;
  for (let at = from; at < to; at++) {
    const point = order[at]!;
    if (!(positions[2 * point + axis]! < middle)) continue;
    order[at] = order[front]!;
    order[front++] = point;
  }
  return front;
}
