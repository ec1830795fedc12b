import { expect, test } from 'vitest';
import { type Box, clusterCenters, freeBoxes } from './centers.ts';

test('the center is the middle of the densest part, regardless of other points', () => {
  // Three near (0, 0), two near (100, 100), one alone: the median of all would be in between.
  const positions = Float32Array.of(0, 0, 1, 2, 2, 4, 100, 100, 101, 100, 50, 0);
  expect(clusterCenters(positions, [[0, 1, 2, 3, 4, 5], [], [3, 4], [5]])).toEqual([
    { x: 1, y: 2, low: 0 },
    null,
    { x: 101, y: 100, low: 100 },
    { x: 50, y: 0, low: 0 },
  ]);
});

test('clusters without points on the map have no center', () => {
  expect(clusterCenters(Float32Array.of(Number.NaN, Number.NaN), [[0]])).toEqual([null]);
});

const box = (left: number, top: number, width = 10, height = 10): Box => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

test('hides a box that would cover one of higher rank, but not one that only touches it', () => {
  const boxes = [box(0, 0), box(9, 9), null, box(10, 0)];
  expect(freeBoxes(boxes, [], null)).toEqual([true, false, false, true]);
});

test('always shows the box of the open cluster', () => {
  expect(freeBoxes([box(0, 0), box(5, 5)], [], 1)).toEqual([false, true]);
});

test('avoids taken places', () => {
  expect(freeBoxes([box(0, 0, 100), box(0, 50)], [box(80, 0), null], null)).toEqual([false, true]);
});
