import { expect, test } from 'vitest';
import { averageLink, cut, meanSilhouette } from './average-link.ts';

/** Distances between points on a line. */
const line = (...points: readonly number[]): Float32Array =>
  Float32Array.from(points.flatMap((a) => points.map((b) => Math.abs(a - b))));

test('heights are mean distances between the clusters that are joined', () => {
  const merges = averageLink(line(0, 1, 10, 12), 4);
  expect(merges.map(({ height }) => height)).toEqual([1, 2, 10.5]);
});

test('a cut into k gives the clusters before the last k − 1 merges', () => {
  const merges = averageLink(line(0, 10, 1, 12), 4);
  expect([...cut(merges, 4, 2)]).toEqual([0, 1, 0, 1]);
  expect([...cut(merges, 4, 3)]).toEqual([0, 1, 0, 2]);
});

test('the silhouette follows its definition', () => {
  // (b − a) / b with a = 1, 1, 2, 2 and b = 11, 10, 9.5, 11.5.
  const expected = (10 / 11 + 9 / 10 + 7.5 / 9.5 + 9.5 / 11.5) / 4;
  expect(meanSilhouette(line(0, 1, 10, 12), 4, Int32Array.of(0, 0, 1, 1), 2)).toBeCloseTo(
    expected,
    6,
  );
});
