import { describe, expect, it } from 'vitest';
import { exactNeighbors } from '../numeric.ts';

const line = Float32Array.of(0, 1, 3, 7);

describe('exactNeighbors', () => {
  it('lists the other points nearest first with their distances', () => {
    const neighbors = exactNeighbors(line, { dimensions: 1, k: 2 });
    expect([...neighbors.indices]).toEqual([1, 2, 0, 2, 1, 0, 2, 1]);
    expect([...neighbors.distances]).toEqual([1, 3, 1, 2, 2, 3, 4, 6]);
  });

  it('breaks ties by the lower index, also between coinciding points', () => {
    const neighbors = exactNeighbors(new Float32Array(8), { dimensions: 2, k: 2 });
    expect([...neighbors.indices]).toEqual([1, 2, 0, 2, 0, 1, 0, 1]);
    expect([...neighbors.distances]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it.each([
    { n: 0, k: 0 },
    { n: 1, k: 0 },
    { n: 2, k: 1 },
    { n: 4, k: 3 },
  ])('limits k to the number of other points: $n points, $k neighbors', ({ n, k }) => {
    const neighbors = exactNeighbors(line.slice(0, n), { dimensions: 1, k: 10 });
    expect(neighbors.k).toBe(k);
    expect(neighbors.indices).toHaveLength(n * k);
  });

  it('measures cosine distance as 1 − cos, regardless of length', () => {
    const points = Float32Array.of(1, 0, 5, 5, 0, 2, -3, 0);
    const neighbors = exactNeighbors(points, { dimensions: 2, k: 3, metric: 'cosine' });
    expect([...neighbors.indices.slice(0, 3)]).toEqual([1, 2, 3]);
    const [near, right, opposite] = neighbors.distances;
    expect(near).toBeCloseTo(1 - Math.SQRT1_2, 6);
    expect(right).toBeCloseTo(1, 6);
    expect(opposite).toBeCloseTo(2, 6);
  });

  it('puts zero vectors at cosine distance 0 from each other and 1 from the rest', () => {
    const points = Float32Array.of(0, 0, 1, 0, 0, 0, 0, 1);
    const neighbors = exactNeighbors(points, { dimensions: 2, k: 3, metric: 'cosine' });
    expect([...neighbors.indices.slice(0, 3)]).toEqual([2, 1, 3]);
    expect([...neighbors.distances.slice(0, 3)]).toEqual([0, 1, 1]);
  });

  it.each([-75, -40, 0, 38])('finds the same neighbors at a scale of 2 to the %d', (power) => {
    const points = Float32Array.from(
      { length: 100 * 5 },
      (_, i) => ((i * 7919) % 1009) * 2 ** power,
    );
    const unscaled = points.map((value) => value / 2 ** power);
    const options = { dimensions: 5, k: 3 };
    expect(exactNeighbors(points, options).indices).toEqual(
      exactNeighbors(unscaled, options).indices,
    );
  });

  it.each([
    { title: 'NaN', points: Float32Array.of(0, Number.NaN), k: 1, says: 'row 0, column 1 is NaN' },
    { title: 'infinity', points: Float32Array.of(0, 1, 2, -1 / 0), k: 1, says: 'row 1, column 1' },
    { title: 'a ragged length', points: Float32Array.of(0, 1, 2), k: 1, says: 'not a multiple' },
    { title: 'a value beyond 1e15', points: Float32Array.of(0, 2e15), k: 1, says: 'within ±1e15' },
    { title: 'k = 0', points: Float32Array.of(0, 1), k: 0, says: 'k is 0' },
  ])('rejects $title with a coded error', ({ points, k, says }) => {
    expect(() => exactNeighbors(points, { dimensions: 2, k })).toThrow(
      expect.objectContaining({ name: 'NumericError', message: expect.stringContaining(says) }),
    );
  });
});
