import { createCanvasPainter } from './canvas-painter.ts';
import { pointSize } from './draw-list.ts';
import { listenToPointer } from './map-pointer.ts';
import type { MapScene, Painter } from './painter.ts';
import { createGrid, nearest, type PointGrid } from './point-grid.ts';
import {
  type Bounds,
  between,
  boundsOf,
  dataX,
  dataY,
  fitView,
  pan,
  screenX,
  screenY,
  type Viewport,
  zoom,
} from './viewport.ts';
import { createWebglPainter } from './webgl-painter.ts';

export interface MapEvents {
  /** The point under the pointer, -1 for none, and its position on the canvas. */
  readonly onHover: (point: number, x: number, y: number) => void;
  readonly onPick: (point: number) => void;
  /** A closed area: x, y, x, y… in map units. */
  readonly onLasso: (area: readonly number[]) => void;
  /** The hand-drawn path so far, x, y, x, y… in canvas pixels; empty when it ends. */
  readonly onLassoPath: (path: readonly number[]) => void;
  /** Called after every frame, to move overlays with the canvas. */
  readonly onFrame: (view: Viewport) => void;
}

/** The map outside React: one canvas, one viewport, painted at most once per frame and only after a change. */
export interface MapController {
  readonly kind: Painter['kind'];
  readonly setScene: (scene: MapScene) => void;
  readonly setLasso: (on: boolean) => void;
  /** Flies to the points, or to all of them. */
  readonly show: (points?: readonly number[]) => void;
  readonly zoomBy: (factor: number) => void;
  readonly panBy: (dx: number, dy: number) => void;
  readonly destroy: () => void;
}

const PICK_RADIUS = 12;
const FLIGHT_MS = 260;

/** Null if the browser supports neither WebGL nor a 2-D canvas, or if no point has a position. */
export function createMapController(
  host: HTMLElement,
  positions: Float32Array<ArrayBuffer>,
  /** Points that can be picked; those after them are a backdrop. */
  pickable: number,
  events: MapEvents,
): MapController | null {
  const bounds = boundsOf(positions);
  if (bounds === null) return null;
  const grid = createGrid(positions.subarray(0, 2 * pickable), bounds);
  let painter = createWebglPainter(() => fallBack()) ?? createCanvasPainter();
  if (painter === null) return null;
  host.prepend(painter.canvas);

  let scene: MapScene | null = null;
  let home = fitTo(bounds, host);
  let view = home;
  let frame = 0;
  let flight: { readonly from: Viewport; readonly to: Viewport; readonly start: number } | null =
    null;

  const repaint = (): void => {
    frame ||= requestAnimationFrame(draw);
  };
  const draw = (now: number): void => {
    frame = 0;
    if (flight !== null) {
      const t = Math.min(1, (now - flight.start) / FLIGHT_MS);
      view = between(flight.from, flight.to, 1 - (1 - t) ** 3);
      if (t === 1) flight = null;
      else repaint();
    }
    if (scene === null || painter === null || view.width < 2) return;
    const side = Math.min(view.width, view.height);
    const size = pointSize(scene.list.order.length, view.scale / home.scale, side);
    painter.paint(scene, view, size, window.devicePixelRatio);
    events.onFrame(view);
  };
  const move = (to: Viewport, fly = false): void => {
    flight = null;
    if (fly && !reducedMotion()) flight = { from: view, to, start: performance.now() };
    else view = to;
    repaint();
  };
  const fallBack = (): void => {
    painter?.canvas.remove();
    painter = createCanvasPainter();
    if (painter !== null) host.prepend(painter.canvas);
    repaint();
  };

  const pick = (x: number, y: number): number =>
    nearest(grid, dataX(view, x), dataY(view, y), PICK_RADIUS / view.scale);
  const pointer = listenToPointer(host, {
    pan: (dx, dy) => move(pan(view, dx, dy)),
    zoom: (factor, x, y) => move(zoom(view, factor, x, y, home.scale)),
    hover: (x, y) => {
      const i = pick(x, y);
      const [px, py] = [positions[2 * i] ?? 0, positions[2 * i + 1] ?? 0];
      events.onHover(i, screenX(view, px), screenY(view, py));
    },
    leave: () => events.onHover(-1, 0, 0),
    pick: (x, y) => events.onPick(pick(x, y)),
    reset: () => move(home, true),
    lassoPath: events.onLassoPath,
    lasso: (path) => {
      if (path.length >= 6) events.onLasso(toData(view, path));
    },
  });

  const sizes = new ResizeObserver(() => {
    const atHome = view === home;
    const next = fitTo(bounds, host);
    view = atHome
      ? next
      : {
          ...view,
          width: next.width,
          height: next.height,
          scale: (view.scale * next.scale) / home.scale,
        };
    home = next;
    flight = null;
    repaint();
  });
  sizes.observe(host);

  return {
    kind: painter.kind,
    setScene(next) {
      scene = next;
      repaint();
    },
    setLasso: pointer.setLasso,
    show(points) {
      const some = points === undefined ? null : boundsOf(positions, points);
      if (points === undefined) move(home, true);
      else if (some !== null) move(closeUp(some, home, host, grid), true);
    },
    zoomBy: (factor) => move(zoom(view, factor, view.width / 2, view.height / 2, home.scale)),
    panBy: (dx, dy) => move(pan(view, dx, dy)),
    destroy() {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      pointer.destroy();
      painter?.canvas.remove();
      painter?.destroy();
    },
  };
}

const fitTo = (bounds: Bounds, host: HTMLElement): Viewport =>
  fitView(bounds, host.clientWidth, host.clientHeight, paddingOf(host));

/** Padding for the labels below and beside the outermost clusters. */
const paddingOf = (host: HTMLElement): number =>
  Math.min(host.clientWidth, host.clientHeight) < 500 ? 24 : 64;

/** Close enough to see the points, but not so close that their surroundings are lost. */
function closeUp(bounds: Bounds, home: Viewport, host: HTMLElement, grid: PointGrid): Viewport {
  const near = fitView(bounds, host.clientWidth, host.clientHeight, paddingOf(host) * 2);
  const limit = grid.positions.length > 2 ? home.scale * 6 : home.scale;
  return { ...near, scale: Math.min(near.scale, limit) };
}

function toData(view: Viewport, path: readonly number[]): number[] {
  return path.map((value, k) => (k % 2 === 0 ? dataX(view, value) : dataY(view, value)));
}

const reducedMotion = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;
