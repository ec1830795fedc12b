import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addToPath, pointsInside } from './lasso.ts';
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

test('finds points that are all in one place', () => {
  expect(pointsInside(gridOf([1, 1, 1, 1]), [0, 0, 2, 0, 2, 2, 0, 2])).toEqual([0, 1]);
});

test('a rectangular lasso selects the points within its bounds', () => {
  fc.assert(
    fc.property(points, coordinate, coordinate, (all, x, y) => {
      const [x0, y0, x1, y1] = [x - 0.5, y - 0.5, x + 6.5, y + 4.5];
      const expected = all.flatMap(([px, py], i) =>
        px > x0 && px < x1 && py > y0 && py < y1 ? [i] : [],
      );
      expect(pointsInside(gridOf(all.flat()), [x0, y0, x1, y0, x1, y1, x0, y1])).toEqual(expected);
    }),
  );
});

test('a concave lasso excludes its bay', () => {
  // A U: the bay between the arms is outside.
  const u = [0, 0, 9, 0, 9, 9, 6, 9, 6, 3, 3, 3, 3, 9, 0, 9];
  expect(pointsInside(gridOf([1, 5, 4.5, 5, 8, 5, 4.5, 1]), u)).toEqual([0, 2, 3]);
});

test('a click selects nothing', () => {
  expect(pointsInside(gridOf([0, 0]), [0, 0, 1, 1])).toEqual([]);
});

test('a path keeps only points at least a step apart', () => {
  const path: number[] = [];
  for (const x of [0, 1, 2, 3, 4, 5]) addToPath(path, x, 0, 2);
  expect(path).toEqual([0, 0, 2, 0, 4, 0]);
});
