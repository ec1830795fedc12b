import { addToPath } from './lasso.ts';

/** Actions of a pointer, in canvas pixels. */
export interface PointerIntents {
  readonly pan: (dx: number, dy: number) => void;
  readonly zoom: (factor: number, x: number, y: number) => void;
  readonly hover: (x: number, y: number) => void;
  readonly leave: () => void;
  readonly pick: (x: number, y: number) => void;
  readonly reset: () => void;
  readonly lassoPath: (path: readonly number[]) => void;
  readonly lasso: (path: readonly number[]) => void;
}

interface Finger {
  x: number;
  y: number;
}

const CLICK_DISTANCE = 4;
const LASSO_STEP = 3;

/** Mouse, pen and touch: drag pans, two fingers or the wheel zoom, Shift or lasso mode draws a lasso. */
export function listenToPointer(
  host: HTMLElement,
  intents: PointerIntents,
): { readonly setLasso: (on: boolean) => void; readonly destroy: () => void } {
  const fingers = new Map<number, Finger>();
  const listening = new AbortController();
  let lassoMode = false;
  let path: number[] | null = null;
  let travelled = 0;

  const down = (event: PointerEvent): void => {
    if (event.button !== 0 || isControl(event.target)) return;
    host.setPointerCapture(event.pointerId);
    const { x, y } = placeOf(host, event);
    fingers.set(event.pointerId, { x, y });
    travelled = fingers.size > 1 ? Number.POSITIVE_INFINITY : 0;
    path = fingers.size === 1 && (lassoMode || event.shiftKey) ? [x, y] : null;
    intents.leave();
  };

  const move = (event: PointerEvent): void => {
    const { x, y } = placeOf(host, event);
    const finger = fingers.get(event.pointerId);
    if (finger === undefined) {
      if (isControl(event.target)) intents.leave();
      else intents.hover(x, y);
      return;
    }
    travelled += Math.hypot(x - finger.x, y - finger.y);
    if (path !== null) {
      if (addToPath(path, x, y, LASSO_STEP)) intents.lassoPath(path);
    } else if (fingers.size === 2) {
      pinch(fingers, event.pointerId, x, y, intents);
    } else if (travelled > CLICK_DISTANCE) {
      intents.pan(x - finger.x, y - finger.y);
    }
    finger.x = x;
    finger.y = y;
  };

  const up = (event: PointerEvent): void => {
    if (!fingers.delete(event.pointerId)) return;
    const { x, y } = placeOf(host, event);
    if (path !== null) {
      const drawn = path;
      path = null;
      intents.lassoPath([]);
      if (travelled > CLICK_DISTANCE && event.type === 'pointerup') intents.lasso(drawn);
    } else if (travelled <= CLICK_DISTANCE && event.type === 'pointerup') {
      intents.pick(x, y);
    }
  };

  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const { x, y } = placeOf(host, event);
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 24 : event.deltaY;
    const speed = event.ctrlKey ? 0.01 : 0.0016;
    intents.zoom(Math.exp(-Math.max(-400, Math.min(400, pixels)) * speed), x, y);
  };

  const { signal } = listening;
  host.addEventListener('pointerdown', down, { signal });
  host.addEventListener('pointermove', move, { signal });
  host.addEventListener('pointerup', up, { signal });
  host.addEventListener('pointercancel', up, { signal });
  host.addEventListener('pointerleave', () => intents.leave(), { signal });
  host.addEventListener('wheel', wheel, { signal, passive: false });
  host.addEventListener('dblclick', (event) => !isControl(event.target) && intents.reset(), {
    signal,
  });

  return {
    setLasso(on) {
      lassoMode = on;
    },
    destroy: () => listening.abort(),
  };
}

/** Two fingers: a change of their distance zooms, a move of their midpoint pans. */
function pinch(
  fingers: ReadonlyMap<number, Finger>,
  moved: number,
  x: number,
  y: number,
  intents: PointerIntents,
): void {
  const [a, b] = [...fingers.entries()];
  if (a === undefined || b === undefined) return;
  const still = a[0] === moved ? b[1] : a[1];
  const old = a[0] === moved ? a[1] : b[1];
  const before = Math.hypot(old.x - still.x, old.y - still.y);
  const after = Math.hypot(x - still.x, y - still.y);
  intents.pan((x - old.x) / 2, (y - old.y) / 2);
  if (before > 8) intents.zoom(after / before, (x + still.x) / 2, (y + still.y) / 2);
}

function placeOf(host: HTMLElement, event: MouseEvent): Finger {
  const box = host.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

/** Ignores links and buttons on top of the map. */
const isControl = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('a, button, select, input') !== null;
