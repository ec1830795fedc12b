import type { BoxTree } from './box-tree.ts';

/** What an iteration reads and writes; the arrays may be shared between workers. */
export interface ForceField {
  readonly offsets: Int32Array;
  readonly indices: Int32Array;
  /** pᵢⱼ of the joint distribution, summing to 1. */
  readonly weights: Float32Array;
  readonly positions: Float64Array;
  readonly tree: BoxTree;
  /** Boxes narrower than `theta` times their distance count as one point. */
  readonly theta: number;
  /** Per point x and y: Σ pᵢⱼ (yᵢ − yⱼ) / (1 + d²). */
  readonly attraction: Float64Array;
  /** Per point x and y: Σ (yᵢ − yⱼ) / (1 + d²)², still to be divided by the sum of `kernels`. */
  readonly repulsion: Float64Array;
  /** Per point: Σ 1 / (1 + d²) over the others. */
  readonly kernels: Float64Array;
}

/**
 * Both forces on the points at places `from` … `to` − 1 of the tree's order (neighbors in space share the cache).
 * `positions` are those the tree was built on. Each point writes its own entries only, so any division gives the same bytes.
 * Origin: van der Maaten 2014, "Accelerating t-SNE using tree-based algorithms"; scikit-learn 1.9 `_barnes_hut_tsne`.
 */
export function forceRange(field: ForceField, from: number, to: number): void {
  for (let at = from; at < to; at++) {
    attract(field, field.tree.order[at]!);
    repel(field, field.tree.order[at]!);
  }
}

function attract(
  { offsets, indices, weights, positions, attraction }: ForceField,
  point: number,
): void {
  const x = positions[2 * point]!;
  const y = positions[2 * point + 1]!;
  let forceX = 0;
  let forceY = 0;
  for (let edge = offsets[point]!; edge < offsets[point + 1]!; edge++) {
    const other = 2 * indices[edge]!;
    const dx = x - positions[other]!;
    const dy = y - positions[other + 1]!;
    const pull = weights[edge]! / (1 + dx * dx + dy * dy);
    forceX += pull * dx;
    forceY += pull * dy;
  }
  attraction[2 * point] = forceX;
  attraction[2 * point + 1] = forceY;
}

function repel({ positions, tree, theta, repulsion, kernels }: ForceField, point: number): void {
  const { skip, count, centerX, centerY, squaredWidth } = tree;
  const x = positions[2 * point]!;
  const y = positions[2 * point + 1]!;
  const squaredTheta = theta * theta;
  const end = skip[0]!;
  let forceX = 0;
  let forceY = 0;
  let kernel = 0;
  let node = 0;
  while (node < end) {
    const dx = x - centerX[node]!;
    const dy = y - centerY[node]!;
    const squared = dx * dx + dy * dy;
    const width = squaredWidth[node]!;
    if (width > 0 && width >= squaredTheta * squared) {
      node++;
      continue;
    }
    const closeness = 1 / (1 + squared);
    // In its own leaf, a point and those that coincide with it are at distance 0; a point does not repel itself.
    const own = squared === 0 && width === 0 ? 1 : 0;
    const share = (count[node]! - own) * closeness;
    kernel += share;
    forceX += share * closeness * dx;
    forceY += share * closeness * dy;
    node = skip[node]!;
  }
  repulsion[2 * point] = forceX;
  repulsion[2 * point + 1] = forceY;
  kernels[point] = kernel;
}
