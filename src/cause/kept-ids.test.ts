import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keptIds } from './cause.ts';

const members = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, at) => `t${from + at}`);

describe('a cause keeps its id', () => {
  test('by its fingerprint, whatever its members', () => {
    const earlier = [{ id: 'c-a', fingerprint: 'f', members: members(0, 10) }];
    expect(keptIds([{ fingerprint: 'f', members: members(50, 60) }], earlier)).toEqual(['c-a']);
  });

  test('else by more than half of their members, among the traces that both analyses hold', () => {
    const earlier = [
      { id: 'c-a', fingerprint: 'f', members: members(0, 10) },
      { id: 'c-b', fingerprint: null, members: members(10, 20) },
    ];
    const fresh = [
      { fingerprint: 'g', members: [...members(3, 10), ...members(100, 200)] },
      { fingerprint: null, members: [...members(0, 3), ...members(10, 14)] },
      { fingerprint: null, members: members(14, 20) },
    ];
    // 7 of 10; 4 of 13; 6 of 10.
    expect(keptIds(fresh, earlier)).toEqual(['c-a', null, 'c-b']);
  });

  test('not by two members', () => {
    const earlier = [{ id: 'c-a', fingerprint: null, members: members(0, 2) }];
    expect(keptIds([{ fingerprint: null, members: members(0, 2) }], earlier)).toEqual([null]);
  });

  test('by fingerprint before members; of two with one fingerprint those with more in common', () => {
    const earlier = [
      { id: 'c-a', fingerprint: 'f', members: members(0, 10) },
      { id: 'c-b', fingerprint: 'f', members: members(10, 20) },
      { id: 'c-c', fingerprint: 'g', members: members(20, 30) },
    ];
    const fresh = [
      { fingerprint: 'f', members: members(10, 20) },
      { fingerprint: 'f', members: members(0, 10) },
      { fingerprint: 'h', members: members(20, 30) },
      { fingerprint: 'g', members: members(30, 40) },
    ];
    expect(keptIds(fresh, earlier)).toEqual(['c-b', 'c-a', null, 'c-c']);
  });

  test('of an analysis that is made again, and none is given twice', () => {
    const cause = fc.record({
      fingerprint: fc.option(fc.constantFrom('f', 'g', 'h')),
      members: fc.uniqueArray(fc.integer({ min: 0, max: 40 }).map(String), { maxLength: 12 }),
    });
    fc.assert(
      fc.property(fc.array(cause, { maxLength: 6 }), fc.array(cause, { maxLength: 6 }), (a, b) => {
        const earlier = a.map((each, at) => ({ ...each, id: `c-${at}` }));
        const ids = keptIds(b, earlier).filter((id) => id !== null);
        expect(new Set(ids).size).toBe(ids.length);
        const distinct = a.map((each, at) => ({ ...each, fingerprint: `${at}` }));
        const again = keptIds(
          distinct,
          distinct.map((each, at) => ({ ...each, id: `c-${at}` })),
        );
        expect(again).toEqual(distinct.map((_, at) => `c-${at}`));
      }),
    );
  });
});
