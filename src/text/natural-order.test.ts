import { expect, test } from 'vitest';
import { naturalOrder } from './natural-order.ts';

test.each([
  [
    ['v10', 'v2', 'v1'],
    ['v1', 'v2', 'v10'],
  ],
  [
    ['1.10.0', '1.9.3', '1.9'],
    ['1.9', '1.9.3', '1.10.0'],
  ],
  [
    ['b', '', 'a'],
    ['', 'a', 'b'],
  ],
  [
    ['2026-10-01', '2026-9-30'],
    ['2026-9-30', '2026-10-01'],
  ],
])('%j', (given, expected) => {
  expect(given.toSorted(naturalOrder)).toEqual(expected);
});
