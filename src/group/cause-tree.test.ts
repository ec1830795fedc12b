import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GRANULARITIES } from '../contract/grouping.ts';
import { causeTree } from './cause-tree.ts';

/** Causes are written `category|sub-kind|specifics` here. */
const keysOf = (counts: Readonly<Record<string, number>>): string[][] =>
  Object.entries(counts).flatMap(([key, count]) =>
    Array.from({ length: count }, () => key.split('|')),
  );
const groupsOf = (
  counts: Readonly<Record<string, number>>,
  smallest = 5,
): Record<string, number> => {
  const keys = keysOf(counts);
  const groups = causeTree(keys, [...keys.keys()], smallest);
  return Object.fromEntries(groups.map(({ key, rows }) => [key.join('|'), rows.length]));
};

describe('the cut through the cause tree', () => {
  test.each([
    {
      why: 'sub-kinds are separate groups',
      counts: { 'schema|prose': 10, 'schema|fence': 10 },
      groups: { 'schema|prose': 10, 'schema|fence': 10 },
    },
    {
      why: 'a cause shared by every row keeps its full key',
      counts: { 'argument|other field|refund.order_id|account_id': 20 },
      groups: { 'argument|other field|refund.order_id|account_id': 20 },
    },
    {
      why: 'two large specifics are two causes',
      counts: {
        'argument|other field|refund.order_id': 40,
        'argument|other field|track.order_id': 30,
      },
      groups: {
        'argument|other field|refund.order_id': 40,
        'argument|other field|track.order_id': 30,
      },
    },
    {
      why: 'specifics with too few rows each are one cause',
      counts: {
        'argument|other field|refund.order_id': 19,
        'argument|other field|track.order_id': 18,
      },
      groups: { 'argument|other field': 37 },
    },
    {
      why: 'many small specifics are one cause',
      counts: {
        'argument|type|a': 6,
        'argument|type|b': 6,
        'argument|type|c': 6,
        'argument|type|d': 6,
        'argument|type|e': 6,
      },
      groups: { 'argument|type': 30 },
    },
    {
      why: 'a small rest stays with the main specific',
      counts: { 'refusal|full|homonym': 54, 'refusal|full|sport': 8 },
      groups: { 'refusal|full': 62 },
    },
    {
      why: 'small sub-kinds of a category are merged',
      counts: { 'schema|prose': 20, 'schema|quotes': 3, 'schema|fence': 4 },
      groups: { 'schema|prose': 20, schema: 7 },
    },
  ])('$why', ({ counts, groups }) => {
    expect(groupsOf(counts as Record<string, number>)).toEqual(groups);
  });

  test('includes every row once and never mixes categories, in any order of rows', () => {
    const key = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(key, { maxLength: 80 }),
        fc.integer({ min: 1, max: 9 }),
        (keys, smallest) => {
          const rows = [...keys.keys()];
          const groups = causeTree(keys, rows, smallest);
          expect(groups.flatMap((group) => group.rows).sort((a, b) => a - b)).toEqual(rows);
          for (const { rows: members } of groups)
            expect(new Set(members.map((row) => keys[row]?.[0])).size).toBe(1);
          const reversed = causeTree(keys, rows.toReversed(), smallest);
          expect(
            reversed.map(({ key: name, rows: members }) => [
              name,
              members.toSorted((a, b) => a - b),
            ]),
          ).toEqual(
            groups.map(({ key: name, rows: members }) => [name, members.toSorted((a, b) => a - b)]),
          );
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });

  test('is nested: each group of a finer cut lies inside one group of the coarser cut', () => {
    const key = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(key, { maxLength: 120 }),
        fc.integer({ min: 1, max: 6 }),
        (keys, smallest) => {
          const cuts = GRANULARITIES.map((granularity) =>
            causeTree(keys, [...keys.keys()], smallest, granularity),
          );
          for (const [at, cut] of cuts.entries())
            for (const { rows } of at === 0 ? [] : cut)
              expect(
                cuts[at - 1]!.some((wider) => rows.every((row) => wider.rows.includes(row))),
              ).toBe(true);
        },
      ),
      { seed: 7, numRuns: 300 },
    );
  });
});
