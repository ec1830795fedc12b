import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextBelow, nextFloat, seedRandom } from '../../numeric/random/random.ts';
import type { CountTable } from './count-table.ts';
import { hideCells } from './hide-cells.ts';
import {
  determined,
  type Extended,
  extended,
  feasibleValues,
  rangeOf,
} from './testing/attacker.ts';

const SMALL = 4;

const tableOf = (values: readonly (readonly number[])[]): CountTable => ({
  rows: values.length,
  columns: values[0]!.length,
  values: values.flat(),
  seen: values.flat(),
  largestSmall: SMALL,
});

/** The hidden cells as a picture, totals at the end: `#` is hidden. */
function picture(values: readonly (readonly number[])[]): readonly string[] {
  const { isHidden } = hideCells(tableOf(values));
  return [...values, values[0]!].map((_, row) =>
    Array.from({ length: values[0]!.length + 1 }, (__, column) =>
      isHidden(row, column) ? '#' : '.',
    ).join(''),
  );
}

describe('what is hidden', () => {
  test('nothing where no count is small', () => {
    expect(
      picture([
        [10, 0],
        [20, 30],
      ]),
    ).toEqual(['...', '...', '...']);
  });

  test('a small count, with three more that form a rectangle with it', () => {
    expect(
      picture([
        [3, 40, 50],
        [60, 70, 80],
        [90, 99, 99],
      ]),
    ).toEqual(['##..', '##..', '....', '....']);
  });

  test('with one cause, totals instead: the total shown minus the others would be the count', () => {
    const [row, totals] = picture([[3, 40, 50]]);
    expect(row![0]).toBe('#');
    expect(row!.slice(1, 3)).toContain('#');
    expect(totals![0]).toBe('#');
  });

  test('a single count, which the total of all gives away, cannot be protected', () => {
    expect(hideCells(tableOf([[3]])).isSafe).toBe(false);
    expect(hideCells(tableOf([[3, 0]])).isSafe).toBe(false);
    expect(hideCells(tableOf([[3, 8]])).isSafe).toBe(true);
  });
});

const small = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 2, max: 3 }))
  .chain(([rows, columns]) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  );

test('every small count can be any small count, by all tables that agree with what is shown', () => {
  fc.assert(
    fc.property(small, (values) => {
      const hidden = hideCells(tableOf(values));
      if (!hidden.isSafe) return;
      const table: Extended = extended(values, hidden.isHidden);
      for (const [cell, value] of table.values.entries()) {
        if (value < 1 || value > SMALL) continue;
        expect(table.hidden[cell], `count ${value} in ${JSON.stringify(values)}`).toBe(true);
        const possible = feasibleValues(table, cell, SMALL);
        expect([...possible], JSON.stringify(values)).toEqual(expect.arrayContaining([1, 2, 3, 4]));
      }
    }),
    { numRuns: 300 },
  );
}, 60_000);

test('adding and subtracting what is shown finds out no small count, in random tables of any size', () => {
  let small = 0;
  for (let query = 0; query < 300; query += 1) {
    const state = seedRandom(3, query);
    const columns = 2 + nextBelow(state, 9);
    const values = Array.from({ length: 1 + nextBelow(state, 14) }, () =>
      Array.from({ length: columns }, () => Math.floor(60 * nextFloat(state) ** 5)),
    );
    const hidden = hideCells(tableOf(values));
    if (!hidden.isSafe) continue;
    const table = extended(values, hidden.isHidden);
    const known = determined(table);
    for (const [cell, value] of table.values.entries()) {
      if (value < 1 || value > SMALL) continue;
      small += 1;
      expect([table.hidden[cell], known.has(cell)]).toEqual([true, false]);
      expect(rangeOf(table, cell, SMALL)[0]).toBeLessThanOrEqual(1);
      expect(rangeOf(table, cell, SMALL)[1]).toBeGreaterThanOrEqual(SMALL);
    }
  }
  expect(small).toBeGreaterThan(1_000);
});

test('the attacker finds a count that only small counts hide', () => {
  const values = [
    [3, 40, 50],
    [60, 70, 80],
  ];
  const onlySmall = extended(values, (row, column) => row === 0 && column === 0);
  expect([...determined(onlySmall)]).toEqual([0]);
  expect(rangeOf(onlySmall, 0, SMALL)).toEqual([3, 3]);
});
