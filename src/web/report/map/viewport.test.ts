import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  between,
  boundsOf,
  dataX,
  dataY,
  fitView,
  pan,
  screenX,
  screenY,
  zoom,
} from './viewport.ts';

const view = { x: 2, y: -1, scale: 50, width: 400, height: 200 };

test('the middle of the viewport is the middle of the canvas, y upwards', () => {
  expect([screenX(view, 2), screenY(view, -1)]).toEqual([200, 100]);
  expect([screenX(view, 3), screenY(view, 0)]).toEqual([250, 50]);
});

test('bounds exclude points without a position', () => {
  const positions = Float32Array.of(1, 2, Number.NaN, Number.NaN, -3, 5);
  expect(boundsOf(positions)).toEqual({ minX: -3, minY: 2, maxX: 1, maxY: 5 });
  expect(boundsOf(positions, [1])).toBeNull();
  expect(boundsOf(new Float32Array())).toBeNull();
});

test('fitted bounds touch the padding on the tighter side', () => {
  const fitted = fitView({ minX: 0, minY: 0, maxX: 10, maxY: 1 }, 420, 200, 10);
  expect([screenX(fitted, 0), screenX(fitted, 10)]).toEqual([10, 410]);
});

test('points in one place have a finite scale', () => {
  expect(fitView({ minX: 1, minY: 1, maxX: 1, maxY: 1 }, 400, 200, 10).scale).toBe(100);
});

const pixel = fc.integer({ min: 0, max: 400 });

test('zooming keeps the data under the pointer in place', () => {
  fc.assert(
    fc.property(pixel, pixel, fc.double({ min: 0.5, max: 2, noNaN: true }), (x, y, factor) => {
      const near = zoom(view, factor, x, y, 50);
      expect(dataX(near, x)).toBeCloseTo(dataX(view, x), 9);
      expect(dataY(near, y)).toBeCloseTo(dataY(view, y), 9);
    }),
  );
});

test('zoom is bounded on both sides', () => {
  expect(zoom(view, 1e9, 0, 0, 50).scale).toBe(20_000);
  expect(zoom(view, 1e-9, 0, 0, 50).scale).toBe(15);
});

test('panning moves the map by the same number of pixels', () => {
  const moved = pan(view, 30, -20);
  expect(screenX(moved, 2)).toBeCloseTo(230, 9);
  expect(screenY(moved, -1)).toBeCloseTo(80, 9);
});

test('a flight starts and ends at the given viewports', () => {
  const to = { ...view, x: 9, y: 4, scale: 400 };
  expect(between(view, to, 0)).toEqual(view);
  const end = between(view, to, 1);
  expect([end.x, end.y]).toEqual([9, 4]);
  expect(end.scale).toBeCloseTo(400, 9);
});
