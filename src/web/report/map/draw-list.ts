/** How strongly a point is drawn. */
export const DIM = 0;
export const NORMAL = 1;
export const STRONG = 2;
/** Not drawn at all. */
export const HIDDEN = 3;

/** Failures in drawing order: dim, normal, strong; points without a position are left out. */
export interface DrawList {
  readonly order: Uint32Array<ArrayBuffer>;
  /** Where the normal and strong points start in `order`. */
  readonly normalFrom: number;
  readonly strongFrom: number;
}

export function drawList(positions: Float32Array, emphasis: Uint8Array): DrawList {
  const starts = [0, 0, 0, 0];
  for (let i = 0; i < emphasis.length; i += 1) {
    const level = emphasis[i] ?? DIM;
    if (Number.isNaN(positions[2 * i]) || level === HIDDEN) continue;
    starts[level + 1] = (starts[level + 1] ?? 0) + 1;
  }
  for (let level = 1; level < 4; level += 1) {
    starts[level] = (starts[level] ?? 0) + (starts[level - 1] ?? 0);
  }
  const [, normalFrom = 0, strongFrom = 0, total = 0] = starts;
  const order = new Uint32Array(total);
  for (let i = 0; i < emphasis.length; i += 1) {
    const level = emphasis[i] ?? DIM;
    if (Number.isNaN(positions[2 * i]) || level === HIDDEN) continue;
    const at = starts[level] ?? 0;
    order[at] = i;
    starts[level] = at + 1;
  }
  return { order, normalFrom, strongFrom };
}

/** Diameter in CSS pixels: smaller for many points and on a small map, growing slowly with zoom. */
export function pointSize(points: number, zoomFactor: number, mapSide: number): number {
  const base = Math.min(8.5, Math.max(2.4, 46 / Math.max(1, points) ** 0.28));
  const sizeFactor = Math.min(1, Math.max(0.55, mapSide / 640));
  return Math.min(16, Math.max(1.6, base * sizeFactor * Math.max(0.5, zoomFactor) ** 0.35));
}
