/** Simplifies a hand-drawn path: drops points closer than `step` to the last kept one, which bounds the lasso's cost. */
export function addToPath(path: number[], x: number, y: number, step: number): boolean {
  const n = path.length;
  const far = n === 0 || Math.hypot(x - (path[n - 2] ?? 0), y - (path[n - 1] ?? 0)) >= step;
  if (far && n < MAX_PATH) path.push(x, y);
  return far;
}

const MAX_PATH = 4000;

/** Whether a point lies in a closed polygon (even-odd rule), given as x, y, x, y… */
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
