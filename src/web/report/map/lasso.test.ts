import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addToPath, isInside } from './lasso.ts';

const coordinate = fc.integer({ min: -20, max: 20 });

test('a rectangle holds the points within its bounds', () => {
  fc.assert(
    fc.property(coordinate, coordinate, coordinate, coordinate, (x, y, px, py) => {
      const [x0, y0, x1, y1] = [x - 0.5, y - 0.5, x + 6.5, y + 4.5];
      expect(isInside([x0, y0, x1, y0, x1, y1, x0, y1], px, py)).toBe(
        px > x0 && px < x1 && py > y0 && py < y1,
      );
    }),
  );
});

test('the bay of a concave area is outside', () => {
  // A U: the bay between the arms is outside.
  const u = [0, 0, 9, 0, 9, 9, 6, 9, 6, 3, 3, 3, 3, 9, 0, 9];
  const points = [
    [1, 5],
    [4.5, 5],
    [8, 5],
    [4.5, 1],
  ] as const;
  expect(points.map(([x, y]) => isInside(u, x, y))).toEqual([true, false, true, true]);
});

test('a path keeps only points at least a step apart', () => {
  const path: number[] = [];
  for (const x of [0, 1, 2, 3, 4, 5]) addToPath(path, x, 0, 2);
  expect(path).toEqual([0, 0, 2, 0, 4, 0]);
});
