import { expect, test } from 'vitest';
import { reduceDimensions } from './reduce-dimensions.ts';

const DIMENSIONS = 40;

/** Unit rows around one of two axes; the rest of each row's length has its own direction. */
function twoKinds(rows: number): Float32Array {
  const vectors = new Float32Array(rows * DIMENSIONS);
  for (let row = 0; row < rows; row += 1) {
    vectors[row * DIMENSIONS + (row % 2)] = 0.8;
    vectors[row * DIMENSIONS + 2 + (row % (DIMENSIONS - 2))] = 0.6;
  }
  return vectors;
}

const all = (rows: number) => Array.from({ length: rows }, (_, row) => row);

test('keeps rows of one kind closer to each other than to the other kind', async () => {
  const few = await reduceDimensions(
    { vectors: twoKinds(60), dimensions: DIMENSIONS, causes: null },
    all(60),
    1,
    null,
    undefined,
  );
  const { vectors, dimensions } = few!;
  const away = (a: number, b: number) =>
    Math.hypot(
      ...Array.from(
        { length: dimensions },
        (_, d) => vectors[a * dimensions + d]! - vectors[b * dimensions + d]!,
      ),
    );
  const nearest = (row: number) =>
    all(60)
      .filter((other) => other !== row)
      .toSorted((a, b) => away(row, a) - away(row, b))[0]!;
  expect(dimensions).toBe(5);
  expect(all(60).filter((row) => nearest(row) % 2 === row % 2).length).toBeGreaterThanOrEqual(57);
});

test('keeps equal vectors in one place and leaves other rows 0', async () => {
  const vectors = twoKinds(40);
  vectors.copyWithin(20 * DIMENSIONS, 0, DIMENSIONS);
  const rows = all(40).filter((row) => row !== 39);
  const few = (await reduceDimensions(
    { vectors, dimensions: DIMENSIONS, causes: null },
    rows,
    1,
    null,
    undefined,
  ))!;
  expect(few.vectors.slice(20 * 5, 21 * 5)).toEqual(few.vectors.slice(0, 5));
  expect([...few.vectors.slice(39 * 5)]).toEqual([0, 0, 0, 0, 0]);
});

test('needs only eight different vectors', async () => {
  const eight = { vectors: twoKinds(8), dimensions: DIMENSIONS, causes: null };
  const few = await reduceDimensions(eight, all(8), 1, null, undefined);
  expect(few?.vectors.length).toBe(8 * 5);
  expect(few?.vectors.every(Number.isFinite)).toBe(true);
});

test('gives null for fewer than eight different vectors', async () => {
  const one = twoKinds(60).fill(1);
  expect(
    await reduceDimensions(
      { vectors: one, dimensions: DIMENSIONS, causes: null },
      all(60),
      1,
      null,
      undefined,
    ),
  ).toBeNull();
  const seven = { vectors: twoKinds(7), dimensions: DIMENSIONS, causes: null };
  expect(await reduceDimensions(seven, all(7), 1, null, undefined)).toBeNull();
});
