import { expect, test } from 'vitest';
import { clusterCentres, freePlaces } from './centres.ts';

test('a far outlier does not move the centre', () => {
  const positions = Float32Array.of(0, 0, 1, 2, 2, 4, 1000, 1000, 1, 2);
  expect(clusterCentres(positions, [[0, 1, 2, 3, 4], [], [3]])).toEqual([
    { x: 1, y: 2, low: 0 },
    null,
    { x: 1000, y: 1000, low: 1000 },
  ]);
});

test('a label that would cover one of higher rank gives way', () => {
  const places = [{ x: 0, y: 0 }, { x: 10, y: 5 }, null, { x: 100, y: 0 }];
  expect(freePlaces(places, null, 18, 18)).toEqual([true, false, false, true]);
});

test('the open cluster keeps its label', () => {
  const places = [
    { x: 0, y: 0 },
    { x: 10, y: 5 },
  ];
  expect(freePlaces(places, 1, 18, 18)).toEqual([false, true]);
});

test('wide labels need more room beside than above each other', () => {
  const places = [
    { x: 0, y: 0 },
    { x: 60, y: 0 },
    { x: 0, y: 60 },
  ];
  expect(freePlaces(places, null, 150, 40)).toEqual([true, false, true]);
});
