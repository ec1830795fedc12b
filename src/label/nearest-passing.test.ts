import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearestPassing } from './nearest-passing.ts';
import type { Run } from './run.ts';
import { runOf, times } from './testing/run.ts';
import { wordsOf } from './words.ts';

const asked = (text: string, path = ''): Run => runOf(path, { words: wordsOf(text) });

describe('the nearest passing runs', () => {
  test('are those asked the same, nearest first, up to 50', () => {
    const refunds = times(60, asked('refund my broken tent'));
    const near = times(12, asked('refund my tent'));
    const others = times(100, asked('where is my parcel'));
    const found = nearestPassing(times(20, asked('refund my broken tent')), [
      ...others,
      ...near,
      ...refunds,
    ]);
    expect(found).toHaveLength(50);
    expect(found.every((run) => run === refunds[0])).toBe(true);
  });

  test('leave out what is less than half as near as the tenth', () => {
    const refunds = times(15, asked('refund broken tent'));
    const others = times(100, asked('refund policy deadline for gift vouchers'));
    expect(nearestPassing(times(5, asked('refund broken tent')), [...others, ...refunds])).toEqual(
      refunds,
    );
  });

  test('began alike when words say nothing', () => {
    const tracking = times(20, asked('', 'login track'));
    const searching = times(20, asked('', 'search'));
    expect(
      nearestPassing(times(5, asked('', 'login track !track')), [...searching, ...tracking]),
    ).toEqual(tracking);
  });

  test('are none when fewer than ten have anything in common with the members', () => {
    const passing = [...times(9, asked('refund')), ...times(50, asked('weather'))];
    expect(nearestPassing(times(5, asked('refund')), passing)).toEqual([]);
    expect(nearestPassing([], passing)).toEqual([]);
  });

  test('are 0 or 10 to 50 of the passing runs, the same whatever the order of members', () => {
    const run = fc
      .tuple(
        fc.constantFrom('a', 'refund tent', 'tent parcel', 'parcel'),
        fc.constantFrom('', 'x', 'x y'),
      )
      .map(([text, path]) => asked(text, path));
    fc.assert(
      fc.property(
        fc.array(run, { maxLength: 20 }),
        fc.array(run, { maxLength: 90 }),
        (members, passing) => {
          const found = nearestPassing(members, passing);
          expect(found.length === 0 || (found.length >= 10 && found.length <= 50)).toBe(true);
          expect(new Set(found).size).toBe(found.length);
          expect(found.every((each) => passing.includes(each))).toBe(true);
          expect(new Set(nearestPassing(members.toReversed(), passing))).toEqual(new Set(found));
        },
      ),
      { seed: 42, numRuns: 100 },
    );
  });
});
