import { expect, test } from 'vitest';
import type { FactColumn } from '../../contract/fact.ts';
import { factRow } from '../../text/fact-row.ts';
import { hash53 } from '../../text/hash.ts';
import { sentence } from '../../text/statement.ts';
import { factTable } from './fact-table.ts';

const column = (key: string): FactColumn => ({
  key,
  kind: key,
  role: 'act',
  weight: 1,
  grouped: true,
  statement: sentence(key),
});

/** Keys that the table keeps of facts which so many of `rows` rows share. */
function kept(rows: number, shared: readonly number[]): readonly string[] {
  const keys = shared.map((times) => `in ${times}`);
  const given = Array.from({ length: rows }, (_, row) =>
    factRow(new Map(shared.flatMap((times, at) => (row < times ? [[keys[at]!, null]] : [])))),
  );
  const columns = new Map(keys.map((key) => [hash53(key), column(key)]));
  return factTable(given, columns).atoms.map(({ atom }) => atom.fact.key);
}

test.each([
  { rows: 50, shared: [2, 3], least: 3 },
  { rows: 400, shared: [3, 4], least: 4 },
  // A fifth of the square root, where that is less than 1%.
  { rows: 2_500, shared: [9, 10], least: 10 },
  { rows: 20_000, shared: [28, 29], least: 29 },
])('of $rows rows, $least have to share a fact', ({ rows, shared, least }) => {
  expect(kept(rows, shared)).toEqual([`in ${least}`]);
});
