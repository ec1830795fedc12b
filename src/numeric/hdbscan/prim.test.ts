import { expect, test, vi } from 'vitest';
import { primSteps } from './prim.ts';

const asked = vi.hoisted(() => ({ distances: 0 }));
vi.mock(import('../wasm/distance-block.ts'), async (original) => {
  const real = await original();
  return {
    ...real,
    createDistanceBlock: (...args) => {
      const block = real.createDistanceBlock(...args);
      return {
        ...block,
        row: (point, count) => {
          asked.distances += count;
          block.row(point, count);
        },
      };
    },
  };
});

function distancesFor(n: number, kinds: number): number {
  asked.distances = 0;
  const points = Float32Array.from({ length: 2 * n }, (_, at) => (at >> 1) % kinds);
  const steps = primSteps(points, n, 2, new Float64Array(n));
  for (let step = steps.next(); !step.done; step = steps.next());
  return asked.distances;
}

test('equal points ask for a distance each, not one for each pair', () => {
  expect(distancesFor(1000, 1)).toBeLessThan(2 * 1000);
});

test('different points ask for a distance for each pair', () => {
  expect(distancesFor(1000, 1000)).toBeGreaterThan((1000 * 999) / 4);
});
