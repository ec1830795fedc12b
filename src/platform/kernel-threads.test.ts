import { expect, test } from 'vitest';
import { nearestNeighbors, nearestNeighborsOnPool } from '../numeric/numeric.ts';
import { kernelThreads } from './kernel-threads.ts';

test('uses two to four threads, and none on a single core', () => {
  expect([1, 2, 3, 16].map((cores) => kernelThreads(cores)?.size ?? null)).toEqual([null, 2, 3, 4]);
});

test('starts threads with the first task and gives the same result as without them', async () => {
  const threads = kernelThreads(2);
  if (threads === null) throw new RangeError('two cores must have threads');
  const points = Float32Array.from({ length: 90 }, (_, at) => Math.sin(at * at));
  const options = { dimensions: 3, k: 4, seed: 1 };
  expect(await nearestNeighborsOnPool(points, options, threads)).toEqual(
    nearestNeighbors(points, options),
  );
  await threads.close();
});

test('closes threads that never started', async () => {
  await expect(kernelThreads(2)?.close()).resolves.toBeUndefined();
});
