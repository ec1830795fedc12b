import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readGolden } from '../testing/read-golden.ts';
import { pelt, type SegmentCost } from './pelt.ts';
import { binomialCost, meanCost } from './segment-cost.ts';

interface Case {
  readonly minSize: number;
  readonly penalty: number;
  readonly changes: readonly number[];
}

interface Golden {
  readonly l2: readonly (Case & { readonly values: readonly number[] })[];
  readonly weighted: readonly (Case & {
    readonly values: readonly number[];
    readonly weights: readonly number[];
  })[];
  readonly binomial: readonly (Case & {
    readonly events: readonly number[];
    readonly exposures: readonly number[];
  })[];
}

const golden = readGolden<Golden>('change-points', 'change-points');

describe('the change points of ruptures', () => {
  test('in numbers, by its cost l2', () => {
    for (const { values, minSize, penalty, changes } of golden.l2)
      expect(
        pelt(
          values.length,
          meanCost(
            values,
            values.map(() => 1),
          ),
          penalty,
          minSize,
        ),
      ).toEqual(changes);
  });

  test('in weighted numbers', () => {
    for (const { values, weights, minSize, penalty, changes } of golden.weighted)
      expect(pelt(values.length, meanCost(values, weights), penalty, minSize)).toEqual(changes);
  });

  test('in rates', () => {
    for (const { events, exposures, minSize, penalty, changes } of golden.binomial)
      expect(pelt(events.length, binomialCost(events, exposures), penalty, minSize)).toEqual(
        changes,
      );
  });

  test('are more than none', () => {
    const found = [...golden.l2, ...golden.weighted, ...golden.binomial];
    expect(found.filter(({ changes }) => changes.length > 1).length).toBeGreaterThan(20);
  });
});

/** The least cost of all divisions, each tried. */
function leastCost(length: number, cost: SegmentCost, penalty: number, minSize: number): number {
  const from = (start: number): number => {
    if (start === length) return -penalty;
    let least = Number.POSITIVE_INFINITY;
    for (let end = start + minSize; end <= length; end += 1)
      least = Math.min(least, cost(start, end) + penalty + from(end));
    return least;
  };
  return from(0);
}

test('no other division costs less', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(9), fc.nat(30)), { minLength: 2, maxLength: 10 }),
      fc.integer({ min: 1, max: 3 }),
      fc.double({ min: 0.1, max: 8, noNaN: true }),
      (rows, minSize, penalty) => {
        fc.pre(rows.length >= minSize);
        const cost = binomialCost(
          rows.map(([events]) => events),
          rows.map(([events, more]) => events + more),
        );
        const changes = pelt(rows.length, cost, penalty, minSize);
        const ends = [...changes, rows.length];
        const total = ends.reduce(
          (sum, end, index) => sum + cost(index === 0 ? 0 : ends[index - 1]!, end),
          penalty * changes.length,
        );
        expect(total).toBeCloseTo(leastCost(rows.length, cost, penalty, minSize), 8);
        for (const [index, end] of ends.entries())
          expect(end - (index === 0 ? 0 : ends[index - 1]!)).toBeGreaterThanOrEqual(minSize);
      },
    ),
  );
});
