import { expect, test } from 'vitest';
import { chosenFilter, filterIn } from './chosen-filter.ts';

test('an address chooses entries by kind, person and days, the last one included', () => {
  const { from, to, ...rest } = filterIn(
    chosenFilter('?kind=key&by=abc&from=2026-11-30&to=2026-11-30'),
  );
  expect(rest).toEqual({ kind: 'key', by: 'abc' });
  expect(Date.parse(to ?? '') - Date.parse(from ?? '')).toBe(86_400_000);
});

test.each(['', '?kind=', '?kind=toString', '?from=x&to=2026-99-99'])('%s chooses all', (search) => {
  expect(filterIn(chosenFilter(search))).toEqual({});
});
