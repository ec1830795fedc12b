import { expect, test } from 'vitest';
import type { FactColumn } from '../contract/fact.ts';
import { factRow } from '../text/fact-row.ts';
import { sentence } from '../text/statement.ts';
import { assigner, placer } from './cause.ts';

const fact = (key: string): FactColumn => ({
  ...{ key, kind: 'k', role: 'act', weight: 1, grouped: true },
  statement: sentence(key),
});
const atLeast = (key: string, least: number | null = null) => ({
  fact: fact(key),
  least,
  most: null,
});

test('a failure belongs to the first cause in rank whose condition it meets, else to none', () => {
  const assign = assigner([
    { condition: null },
    { condition: { atoms: [atLeast('calls', 3)] } },
    { condition: { atoms: [atLeast('empty'), atLeast('calls')] } },
    { condition: { atoms: [atLeast('empty')] } },
  ]);
  const of = (facts: Record<string, number | null>) =>
    assign(factRow(new Map(Object.entries(facts))));
  expect(of({ empty: null, calls: 3 })).toBe(1);
  expect(of({ empty: null, calls: 2 })).toBe(2);
  expect(of({ empty: null })).toBe(3);
  expect(of({ calls: 2 })).toBe(-1);
  expect(of({})).toBe(-1);
});

test('a failure that meets several conditions is counted at the edge of the first', () => {
  const place = placer([
    { condition: null },
    { condition: { atoms: [atLeast('calls', 3)] } },
    { condition: { atoms: [atLeast('empty')] } },
  ]);
  const of = (facts: Record<string, number | null>) =>
    place(factRow(new Map(Object.entries(facts))));
  expect(of({ empty: null, calls: 3 })).toEqual({ cause: 1, met: 2 });
  expect(of({ empty: null, calls: 2 })).toEqual({ cause: 2, met: 1 });
  expect(of({ calls: 2 })).toEqual({ cause: -1, met: 0 });
});
