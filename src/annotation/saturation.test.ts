import { expect, test } from 'vitest';
import { saturation } from './saturation.ts';

test('the curve flattens, and then it is time to stop', () => {
  const items = [['a'], ['b', 'a'], [], ...Array.from({ length: 19 }, () => ['a'])];
  const { codes, sinceNew, isQuiet } = saturation(items);
  expect(codes.slice(0, 4)).toEqual([1, 2, 2, 2]);
  expect({ sinceNew, isQuiet }).toEqual({ sinceNew: 20, isQuiet: true });
  expect(saturation([...items, ['c']])).toMatchObject({ sinceNew: 0, isQuiet: false });
});

test('without codes, nothing is covered', () => {
  expect(saturation([])).toEqual({
    ...{ items: 0, codes: [], sinceNew: 0, coverage: null, isQuiet: false },
  });
});
