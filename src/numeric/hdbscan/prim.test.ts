import { afterAll, beforeAll, expect, test, vi } from 'vitest';

const asked = { distances: 0 };
let prim: typeof import('./prim.ts');

/** Modules are shared between files: this one counts on its own copy. */
beforeAll(async () => {
  vi.resetModules();
  vi.doMock(import('../wasm/distance-block.ts'), async (original) => {
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
  prim = await import('./prim.ts');
});

afterAll(() => {
  vi.doUnmock(import('../wasm/distance-block.ts'));
  vi.resetModules();
});

function distancesFor(n: number, kinds: number): number {
  asked.distances = 0;
  const points = Float32Array.from({ length: 2 * n }, (_, at) => (at >> 1) % kinds);
  const steps = prim.primSteps(points, n, 2, new Float64Array(n));
  for (let step = steps.next(); !step.done; step = steps.next());
  return asked.distances;
}

test('equal points ask for a distance each, not one for each pair', () => {
  const distances = distancesFor(1000, 1);
  expect(distances).toBeGreaterThan(0);
  expect(distances).toBeLessThan(2 * 1000);
});

test('different points ask for a distance for each pair', () => {
  expect(distancesFor(1000, 1000)).toBeGreaterThan((1000 * 999) / 4);
});
