import { type PointGrid, visit } from './point-grid.ts';

/** Points inside a closed polygon (even-odd rule), given as x, y, x, y… in data units; ascending. */
export function pointsInside(grid: PointGrid, polygon: readonly number[]): number[] {
  if (polygon.length < 6) return [];
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let k = 0; k < polygon.length; k += 2) {
    minX = Math.min(minX, polygon[k] ?? 0);
    maxX = Math.max(maxX, polygon[k] ?? 0);
    minY = Math.min(minY, polygon[k + 1] ?? 0);
    maxY = Math.max(maxY, polygon[k + 1] ?? 0);
  }
  const found: number[] = [];
  visit(grid, minX, minY, maxX, maxY, (i) => {
    const x = grid.positions[2 * i] ?? 0;
    const y = grid.positions[2 * i + 1] ?? 0;
    if (isInside(polygon, x, y)) found.push(i);
  });
  return found.sort((a, b) => a - b);
}

/** Simplifies a hand-drawn path: drops points closer than `step` to the last kept one, which bounds the lasso's cost. */
export function addToPath(path: number[], x: number, y: number, step: number): boolean {
  const n = path.length;
  const far = n === 0 || Math.hypot(x - (path[n - 2] ?? 0), y - (path[n - 1] ?? 0)) >= step;
  if (far && n < MAX_PATH) path.push(x, y);
  return far;
}

const MAX_PATH = 4000;

export function isInside(polygon: readonly number[], x: number, y: number): boolean {
  let inside = false;
  const n = polygon.length;
  for (let k = 0, last = n - 2; k < n; last = k, k += 2) {
    const [xa, ya] = [polygon[k] ?? 0, polygon[k + 1] ?? 0];
    const [xb, yb] = [polygon[last] ?? 0, polygon[last + 1] ?? 0];
    if (ya > y !== yb > y && x < ((xb - xa) * (y - ya)) / (yb - ya) + xa) inside = !inside;
  }
  return inside;
}
