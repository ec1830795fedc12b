import { expect, test } from 'vitest';
import { isRepresentative, placeOf } from './representative.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const ids = Array.from({ length: 10_000 }, (_, at) => at.toString(16).padStart(32, '0'));

/** Computed with hmac and hashlib of Python: the first six bytes of the digest. */
test('a place is what another implementation gives', () => {
  expect(placeOf(TRACE, 'salt') * 2 ** 48).toBe(26326922365947);
  expect(placeOf(TRACE, 'other') * 2 ** 48).toBe(42361644240831);
  expect(placeOf('', 'salt') * 2 ** 48).toBe(61149588055796);
});

test('ids in sequence spread evenly: the counts of Python, chi-square 6.7 with 9 degrees of freedom', () => {
  const counts = Array.from({ length: 10 }, () => 0);
  for (const id of ids) counts[Math.floor(placeOf(id, 'salt') * 10)]!++;
  expect(counts).toEqual([1009, 979, 1018, 971, 974, 1043, 1010, 1038, 976, 982]);
});

test('a sample at a rate is part of every larger one, and all of it at 1', () => {
  const at = (rate: number) => ids.filter((id) => isRepresentative(id, { salt: 'salt', rate }));
  const [tenth, half] = [at(0.1), new Set(at(0.5))];
  expect(tenth).toHaveLength(1009);
  expect(tenth.every((id) => half.has(id))).toBe(true);
  expect(at(1)).toHaveLength(ids.length);
});

test('projects with another salt draw apart', () => {
  const drawn = ids.filter((id) => isRepresentative(id, { salt: 'salt', rate: 0.1 }));
  const both = drawn.filter((id) => isRepresentative(id, { salt: 'other', rate: 0.1 }));
  // A tenth of a tenth, with a standard deviation of 10.
  expect(both.length).toBeGreaterThan(60);
  expect(both.length).toBeLessThan(140);
});
