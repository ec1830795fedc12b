/** The visible part of the map: the data point in the middle, and pixels per data unit. y points up in data. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  readonly width: number;
  readonly height: number;
}

export interface Bounds {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/** Bounds of the chosen points, or of all; null if none has a position. */
export function boundsOf(positions: Float32Array, only?: readonly number[]): Bounds | null {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  const n = only?.length ?? positions.length / 2;
  for (let k = 0; k < n; k += 1) {
    const i = only === undefined ? k : (only[k] ?? 0);
    const x = positions[2 * i] ?? Number.NaN;
    const y = positions[2 * i + 1] ?? Number.NaN;
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    minX = Math.min(minX, x);
    maxX = Math.max(maxX, x);
    minY = Math.min(minY, y);
    maxY = Math.max(maxY, y);
  }
  return minX > maxX ? null : { minX, minY, maxX, maxY };
}

/** The viewport that shows the bounds with `padding` pixels around; points all in one place get a fixed scale. */
export function fitView(bounds: Bounds, width: number, height: number, padding: number): Viewport {
  const spanX = bounds.maxX - bounds.minX;
  const spanY = bounds.maxY - bounds.minY;
  const available = (size: number): number => Math.max(1, size - 2 * padding);
  const scale = Math.min(
    spanX > 0 ? available(width) / spanX : Number.POSITIVE_INFINITY,
    spanY > 0 ? available(height) / spanY : Number.POSITIVE_INFINITY,
  );
  return {
    x: (bounds.minX + bounds.maxX) / 2,
    y: (bounds.minY + bounds.maxY) / 2,
    scale: Number.isFinite(scale) ? scale : 100,
    width,
    height,
  };
}

export const screenX = (view: Viewport, x: number): number =>
  (x - view.x) * view.scale + view.width / 2;
export const screenY = (view: Viewport, y: number): number =>
  (view.y - y) * view.scale + view.height / 2;
export const dataX = (view: Viewport, x: number): number =>
  (x - view.width / 2) / view.scale + view.x;
export const dataY = (view: Viewport, y: number): number =>
  view.y - (y - view.height / 2) / view.scale;

/** Moves the map by pixels. */
export function pan(view: Viewport, dx: number, dy: number): Viewport {
  return { ...view, x: view.x - dx / view.scale, y: view.y + dy / view.scale };
}

/** Scales so that the data under the given pixel stays there. `home` bounds the zoom. */
export function zoom(
  view: Viewport,
  factor: number,
  atX: number,
  atY: number,
  home: number,
): Viewport {
  const scale = Math.min(home * 400, Math.max(home * 0.3, view.scale * factor));
  const x = dataX(view, atX) - (atX - view.width / 2) / scale;
  const y = dataY(view, atY) + (atY - view.height / 2) / scale;
  return { ...view, x, y, scale };
}

/** Interpolates between two viewports, the scale geometrically; `t` from 0 to 1. */
export function between(from: Viewport, to: Viewport, t: number): Viewport {
  const scale = from.scale * (to.scale / from.scale) ** t;
  const eased =
    from.scale === to.scale ? t : (1 / scale - 1 / from.scale) / (1 / to.scale - 1 / from.scale);
  return {
    ...to,
    scale,
    x: from.x + (to.x - from.x) * eased,
    y: from.y + (to.y - from.y) * eased,
  };
}
