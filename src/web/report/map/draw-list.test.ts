import { expect, test } from 'vitest';
import { DIM, drawList, NORMAL, pointSize, STRONG } from './draw-list.ts';

test('dim points come first and strong ones last, otherwise in the original order', () => {
  const positions = Float32Array.of(0, 0, 1, 1, 2, 2, Number.NaN, Number.NaN, 4, 4);
  const emphasis = Uint8Array.of(STRONG, DIM, NORMAL, NORMAL, DIM);
  expect(drawList(positions, emphasis)).toEqual({
    order: Uint32Array.of(1, 4, 2, 0),
    normalFrom: 2,
    strongFrom: 3,
  });
});

test('the list is empty if there is nothing to draw', () => {
  expect(drawList(new Float32Array(), new Uint8Array()).order).toHaveLength(0);
});

test('points shrink with their number and on smaller maps, and grow with zoom, within bounds', () => {
  expect(pointSize(50_000, 1, 640)).toBeLessThan(pointSize(500, 1, 640));
  expect(pointSize(1000, 4, 640)).toBeGreaterThan(pointSize(1000, 1, 640));
  expect(pointSize(1000, 1, 300)).toBeLessThan(pointSize(1000, 1, 640));
  expect(pointSize(1, 1e6, 640)).toBe(16);
});
