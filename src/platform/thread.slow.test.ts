import { afterAll, expect, it } from 'vitest';
import { group } from '../group/group.ts';
import { type KernelPool, kernelPool, kernelWorkerModule } from '../numeric/numeric.ts';
import { nextNormal, seedRandom } from '../numeric/random/random.ts';
import { startThread } from './thread.ts';

const pool: KernelPool = kernelPool(() => startThread(kernelWorkerModule()), 2);
afterAll(() => pool.close());

const state = seedRandom(1);
const points = Float32Array.from(
  { length: 401 * 6 },
  (_, at) => nextNormal(state) + 4 * (Math.floor(at / 6) % 5),
);

it('clusters and maps more than 10,000 rows to the same bytes as without threads', async () => {
  const n = 10_080;
  const vectors = Float32Array.from(
    { length: 4 * n },
    (_, at) => points[at % 2399]! + ((at * 7) % 5),
  );
  const input = { vectors, dimensions: 4, causes: null };
  const options = {
    algorithm: 'hdbscan',
    minClusterSize: 100,
    clusters: null,
    projection: 'umap',
    seed: 1,
  } as const;
  const shares: number[] = [];
  const onThreads = await group(input, options, {
    pool,
    progress: (_, done) => shares.push(done),
  });
  expect(onThreads).toEqual(await group(input, options));
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBe(n);
  expect(shares.length).toBeGreaterThan(10);
}, 300_000);
