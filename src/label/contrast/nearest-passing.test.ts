import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runOf } from '../../testing/run.ts';
import { call, makeSpan, makeTrace } from '../../testing/trace.ts';
import { wordsOf } from '../title/words.ts';
import { nearestPassing } from './nearest-passing.ts';
import { runsOf } from './run.ts';

/** Runs from `[input, tools]` pairs, members and passing in one call. */
function near(
  members: readonly (readonly [string, string?])[],
  passing: readonly (readonly [string, string?])[],
): string[] {
  const all = [...members, ...passing];
  const traces = all.map(([input, path = '']) =>
    makeTrace({
      input,
      spans: path
        .split(' ')
        .filter((name) => name !== '')
        .map((name) => makeSpan({ toolCall: call(name, {}) })),
    }),
  );
  const runs = runsOf(
    traces,
    traces.map(({ input }) => wordsOf(input)),
  );
  const found = nearestPassing(runs.slice(0, members.length), runs.slice(members.length));
  return found.map((run) => all[runs.indexOf(run)]!.join('|'));
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('the nearest passing runs', () => {
  test('are up to 50 with the same request, nearest first', () => {
    const passing = [
      ...times(100, ['where is my parcel'] as const),
      ...times(30, ['refund my tent'] as const),
      ...times(30, ['refund my broken tent'] as const),
    ];
    const found = near(times(20, ['refund my broken tent'] as const), passing);
    expect(found).toEqual([...times(30, 'refund my broken tent'), ...times(20, 'refund my tent')]);
  });

  test('exclude runs less than half as similar as the nearest', () => {
    const passing = [
      ...times(100, ['refund policy deadline for gift vouchers'] as const),
      ...times(15, ['refund broken tent'] as const),
    ];
    expect(near(times(5, ['refund broken tent'] as const), passing)).toEqual(
      times(15, 'refund broken tent'),
    );
  });

  test('mirror the mix of the members', () => {
    const members = [
      ...times(30, ['refund tent'] as const),
      ...times(10, ['parcel late'] as const),
    ];
    const passing = [
      ...times(200, ['parcel late'] as const),
      ...times(200, ['refund tent'] as const),
    ];
    const found = near(members, passing);
    expect(found).toHaveLength(50);
    // A round of 40 turns, then 10 more, all by the refunds, which come first.
    expect(found.filter((input) => input === 'refund tent')).toHaveLength(40);
  });

  test('are those with the same first steps if the inputs are empty', () => {
    const passing = [
      ...times(20, ['', 'search'] as const),
      ...times(20, ['', 'login track'] as const),
    ];
    expect(near(times(5, ['', 'login track mail'] as const), passing)).toEqual(
      times(20, '|login track'),
    );
  });

  test('are empty if fewer than ten have anything in common with the members', () => {
    const passing = [...times(9, ['refund'] as const), ...times(50, ['weather'] as const)];
    expect(near(times(5, ['refund'] as const), passing)).toEqual([]);
    expect(near([], passing)).toEqual([]);
  });

  test('are 0 or 10 to 50 distinct passing runs', () => {
    const numbers = fc.uniqueArray(fc.nat(12), { maxLength: 5 });
    const run = fc
      .tuple(numbers, fc.uniqueArray(fc.nat(4), { maxLength: 3 }))
      .map(([words, starts]) => runOf('', { words, starts }));
    fc.assert(
      fc.property(
        fc.array(run, { maxLength: 20 }),
        fc.array(run, { maxLength: 90 }),
        (members, passing) => {
          const found = nearestPassing(members, passing);
          expect(found.length === 0 || (found.length >= 10 && found.length <= 50)).toBe(true);
          expect(new Set(found).size).toBe(found.length);
          expect(found.every((each) => passing.includes(each))).toBe(true);
          expect(nearestPassing([...members], [...passing])).toEqual(found);
        },
      ),
      { seed: 42, numRuns: 100 },
    );
  });
});
