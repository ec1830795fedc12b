import { enableCompileCache, getCompileCacheDir } from 'node:module';
import { afterAll, describe, expect, it } from 'vitest';
import { group } from '../group/group.ts';
import { nearestSteps } from '../numeric/knn/nearest.ts';
import { createSearch } from '../numeric/knn/neighbor-search.ts';
import {
  hdbscan,
  hdbscanOnPool,
  type KernelPool,
  kernelPool,
  kernelWorkerModule,
  kmeans,
  kmeansOnPool,
  nearestNeighbors,
  nearestNeighborsOnPool,
  tsne,
  tsneOnPool,
  umap,
  umapOnPool,
} from '../numeric/numeric.ts';
import { runHere } from '../numeric/parallel/parallel-steps.ts';
import { runOnPool } from '../numeric/parallel/pool.ts';
import { nextNormal, seedRandom } from '../numeric/random/random.ts';
import { finish } from '../numeric/steps.ts';
import { startThread } from './thread.ts';

const open: KernelPool[] = [];
const threads = (size: number): KernelPool => {
  const pool = kernelPool(() => startThread(kernelWorkerModule()), size);
  open.push(pool);
  return pool;
};
afterAll(async () => {
  await Promise.all(open.map((pool) => pool.close()));
});

const state = seedRandom(1);
const points = Float32Array.from(
  { length: 401 * 6 },
  (_, at) => nextNormal(state) + 4 * (Math.floor(at / 6) % 5),
);

/** What each kernel gives without workers. */
const map = umap(points, { dimensions: 6, components: 2, seed: 3, epochs: 40 });
const reduced = umap(points, { dimensions: 6, components: 4, seed: 3, epochs: 40 });
const search = { dimensions: 6, k: 8, seed: 3 };
const exact = nearestNeighbors(points, search);

/** Neighbors by descent, which otherwise begins above 20,000 points. */
const descent = (workers: number) =>
  nearestSteps(createSearch(points, 401, 6, search.k, search.seed, 100, workers));
const descended = finish(runHere(descent(0)));

describe.each([1, 3])('on %i threads', (size) => {
  const pool = threads(size);

  it('k-means gives the same bytes as without workers', async () => {
    const options = { dimensions: 6, k: 7, seed: 3, restarts: 2 };
    expect(await kmeansOnPool(points, options, pool)).toEqual(kmeans(points, options));
  });

  it.each([
    { components: 2, alone: map },
    { components: 4, alone: reduced },
  ])(
    'umap to $components components gives the same bytes as without workers',
    async ({ components, alone }) => {
      const options = { dimensions: 6, components, seed: 3, epochs: 40 };
      const found = await umapOnPool(points, options, pool);
      expect(found).toEqual(alone);
      expect(found.buffer).toBeInstanceOf(ArrayBuffer);
    },
  );

  it('exact neighbors have the same bytes as without workers', async () => {
    const graph = await nearestNeighborsOnPool(points, search, pool);
    expect(graph).toEqual(exact);
    expect(graph.indices.buffer).toBeInstanceOf(ArrayBuffer);
  });

  it('neighbors by descent have the same bytes as without workers', async () => {
    const { graph, recall } = await runOnPool(descent(size), pool, {});
    expect(recall).toBe(descended.recall);
    expect(recall).toBeGreaterThan(0.9);
    expect([...graph.indices]).toEqual([...descended.graph.indices]);
    expect([...graph.distances]).toEqual([...descended.graph.distances]);
  });

  it.each([
    { title: 'the exact tree', exactUpTo: 5000 },
    { title: 'a tree grown on the graph', exactUpTo: 100 },
  ])('hdbscan on $title gives the same bytes as without workers', async ({ exactUpTo }) => {
    const options = { dimensions: 6, minClusterSize: 8, minSamples: 4, exactUpTo };
    expect(await hdbscanOnPool(points, options, pool)).toEqual(hdbscan(points, options));
  });

  it('tsne gives the same bytes as without workers', async () => {
    const options = { dimensions: 6, seed: 3, iterations: 40, perplexity: 10 };
    expect(await tsneOnPool(points, options, pool)).toEqual(tsne(points, options));
  });
});

it('groups rows to the same bytes as without threads, and says how far it is', async () => {
  const input = { vectors: points, dimensions: 6, causes: null };
  const options = {
    algorithm: 'hdbscan',
    minClusterSize: 20,
    clusters: null,
    projection: 'umap',
    seed: 1,
  } as const;
  const shares: number[] = [];
  const onThreads = await group(input, options, {
    pool: threads(2),
    progress: (_, done) => shares.push(done),
  });
  expect(onThreads).toEqual(await group(input, options));
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBe(401);
  expect(shares.length).toBeGreaterThan(10);
});

describe('the pool', () => {
  it.each([0, 1])('handles %i points', async (n) => {
    const pool = threads(1);
    const few = points.subarray(0, 6 * n);
    expect(await umapOnPool(few, { dimensions: 6, seed: 1 }, pool)).toEqual(
      new Float32Array(2 * n),
    );
    const graph = await nearestNeighborsOnPool(few, { dimensions: 6, k: 3, seed: 1 }, pool);
    expect(graph).toMatchObject({ k: 0, recall: 1 });
    const { labels } = await hdbscanOnPool(few, { dimensions: 6, minClusterSize: 2 }, pool);
    expect(labels).toEqual(new Int32Array(n).fill(-1));
    expect((await kmeansOnPool(few, { dimensions: 6, k: 2, seed: 1 }, pool)).labels).toHaveLength(
      n,
    );
  });

  it('stops between steps when the signal is aborted', async () => {
    const controller = new AbortController();
    const shares: number[] = [];
    const run = umapOnPool(
      points,
      {
        dimensions: 6,
        seed: 1,
        signal: controller.signal,
        onProgress: (share) => {
          shares.push(share);
          if (share > 0.5) controller.abort();
        },
      },
      threads(2),
    );
    await expect(run).rejects.toMatchObject({ code: 'aborted' });
    expect(shares.at(-1)).toBeLessThan(0.6);
    expect(shares).toEqual([...shares].sort((left, right) => left - right));
  });

  it('rejects bad input as the kernel itself does', async () => {
    const ragged = umapOnPool(points, { dimensions: 7, seed: 1 }, threads(1));
    await expect(ragged).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('rejects with worker_failed when the worker module cannot be loaded', async () => {
    const missing = new URL('./no-such-module.ts', import.meta.url);
    const pool = kernelPool(() => startThread(missing), 2);
    const run = kmeansOnPool(points, { dimensions: 6, k: 3, seed: 1 }, pool);
    await expect(run).rejects.toMatchObject({ code: 'worker_failed' });
    await pool.close();
  });

  it('rejects pending and later tasks when it is closed', async () => {
    const pool = kernelPool(() => startThread(kernelWorkerModule()), 1);
    const run = umapOnPool(points, { dimensions: 6, seed: 1 }, pool);
    await pool.close();
    await expect(run).rejects.toMatchObject({ code: 'worker_failed' });
    const late = umapOnPool(points, { dimensions: 6, seed: 1 }, pool);
    await expect(late).rejects.toMatchObject({ code: 'worker_failed' });
  });
});

it('uses the compiled code that the main thread keeps', async () => {
  enableCompileCache();
  const source =
    "import { getCompileCacheDir } from 'node:module'; export const answer = () => getCompileCacheDir();";
  const worker = startThread(new URL(`data:text/javascript,${encodeURIComponent(source)}`));
  const answer = new Promise((resolve, reject) => worker.listen(resolve, reject));
  worker.post(null);
  try {
    expect(await answer).toBe(getCompileCacheDir());
    expect(await answer).toBeTypeOf('string');
  } finally {
    await worker.close();
  }
});
