import type { DrawList } from './draw-list.ts';
import type { Viewport } from './viewport.ts';

/** The scene to draw. Replaced as a whole; a painter uploads only parts whose identity changed. */
export interface MapScene {
  readonly positions: Float32Array<ArrayBuffer>;
  /** Index into `palette` per point. */
  readonly colorOf: Uint16Array;
  readonly palette: readonly string[];
  /** Color behind the points, for their outlines. */
  readonly ground: string;
  /** Color of the outline of strong points. */
  readonly ink: string;
  readonly list: DrawList;
}

/** Draws a scene on its own canvas with WebGL, or on a 2-D canvas if WebGL is missing. */
export interface Painter {
  readonly kind: 'webgl' | 'canvas';
  readonly canvas: HTMLCanvasElement;
  readonly paint: (scene: MapScene, view: Viewport, size: number, pixelRatio: number) => void;
  readonly destroy: () => void;
}

export interface Layer {
  readonly from: number;
  readonly to: number;
  readonly alpha: number;
  /** Factor of the point size. */
  readonly grow: number;
  readonly outlined: boolean;
  /** Drawn first, large and faint, to show density under the points. */
  readonly halo: boolean;
}

/** The passes of a frame, from the bottom up. No halo for many points: it is not needed and too slow. */
export function layersOf(list: DrawList): readonly Layer[] {
  const { order, normalFrom, strongFrom } = list;
  const many = order.length > 5000;
  const layer = { outlined: false, halo: false };
  const points = [
    { ...layer, from: 0, to: normalFrom, alpha: 0.16, grow: 0.85 },
    { ...layer, from: normalFrom, to: strongFrom, alpha: many ? 0.72 : 0.88, grow: 1 },
    { ...layer, from: strongFrom, to: order.length, alpha: 1, grow: 1.35, outlined: true },
  ];
  const halo = { ...layer, from: normalFrom, to: order.length, alpha: 0.035, grow: 8, halo: true };
  return many ? points : [halo, ...points];
}

export function sizeCanvas(canvas: HTMLCanvasElement, view: Viewport, pixelRatio: number): void {
  const width = Math.max(1, Math.round(view.width * pixelRatio));
  const height = Math.max(1, Math.round(view.height * pixelRatio));
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
