import { expect, test } from 'vitest';
import { type Box, clusterCentres, freeBoxes } from './centres.ts';

test('a far outlier does not move the centre', () => {
  const positions = Float32Array.of(0, 0, 1, 2, 2, 4, 1000, 1000, 1, 2);
  expect(clusterCentres(positions, [[0, 1, 2, 3, 4], [], [3]])).toEqual([
    { x: 1, y: 2, low: 0 },
    null,
    { x: 1000, y: 1000, low: 1000 },
  ]);
});

const box = (left: number, top: number, width = 10, height = 10): Box => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

test('a box that would cover one of higher rank gives way, one that touches it does not', () => {
  const boxes = [box(0, 0), box(9, 9), null, box(10, 0)];
  expect(freeBoxes(boxes, [], null)).toEqual([true, false, false, true]);
});

test('the open cluster keeps its box', () => {
  expect(freeBoxes([box(0, 0), box(5, 5)], [], 1)).toEqual([false, true]);
});

test('taken places are left free', () => {
  expect(freeBoxes([box(0, 0, 100), box(0, 50)], [box(80, 0), null], null)).toEqual([false, true]);
});
