import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createGrid, nearest, type PointGrid } from './point-grid.ts';
import { boundsOf } from './viewport.ts';

const gridOf = (values: readonly number[]): PointGrid => {
  const positions = Float32Array.from(values);
  return createGrid(positions, boundsOf(positions) ?? { minX: 0, minY: 0, maxX: 0, maxY: 0 });
};

const coordinate = fc.integer({ min: -20, max: 20 });
const points = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 200 });

test('finds the same nearest point as brute force', () => {
  fc.assert(
    fc.property(points, coordinate, coordinate, fc.integer({ min: 1, max: 15 }), (all, x, y, r) => {
      let best = -1;
      let bestDistance = r;
      all.forEach(([px, py], i) => {
        const distance = Math.hypot(px - x, py - y);
        if (distance < bestDistance || (distance === bestDistance && best === -1)) {
          best = i;
          bestDistance = distance;
        }
      });
      expect(nearest(gridOf(all.flat()), x, y, r)).toBe(best);
    }),
  );
});

test('never finds points without a position', () => {
  expect(nearest(gridOf([Number.NaN, Number.NaN, 5, 5, 6, 6]), 0, 0, 100)).toBe(1);
});

test('finds one of the points that are all in one place', () => {
  expect(nearest(gridOf([1, 1, 1, 1]), 2, 2, 5)).toBe(0);
});
