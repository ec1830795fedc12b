import { describe, expect, test } from 'vitest';
import type { Traits } from '../../contract/dimension.ts';
import { TrafficTally } from './traffic.ts';

const traits = (given: Partial<Traits>): Traits => ({
  promptVersion: null,
  release: null,
  model: null,
  tenant: null,
  startTime: null,
  ...given,
});

const TRACES: readonly (readonly [Traits, boolean])[] = [
  [traits({ promptVersion: 'v3', tenant: 'acme', startTime: 1_000 }), true],
  [traits({ promptVersion: 'v4', tenant: 'acme', startTime: 5_000 }), false],
  [traits({ promptVersion: 'v4', startTime: 3_000 }), true],
  [traits({}), false],
];

const tallied = (traces: typeof TRACES): TrafficTally => {
  const tally = new TrafficTally();
  for (const [each, failed] of traces) tally.add(each, failed);
  return tally;
};

describe('traffic', () => {
  test('counts traces and failures by value, with the first and last time', () => {
    const counts = tallied(TRACES).counts();
    expect(counts).toMatchObject({ firstSeen: 1_000, lastSeen: 5_000 });
    expect(counts.facets.promptVersion).toEqual({
      recorded: 3,
      values: new Map([
        ['v3', { traces: 1, failed: 1, firstSeen: 1_000, lastSeen: 1_000 }],
        ['v4', { traces: 2, failed: 1, firstSeen: 3_000, lastSeen: 5_000 }],
      ]),
    });
    expect(counts.facets.model).toEqual({ recorded: 0, values: new Map() });
    expect(counts.buckets?.traces.reduce((sum, count) => sum + count, 0)).toBe(3);
  });

  test('adds up to the same in any order and division', () => {
    const merged = tallied(TRACES.slice(2));
    merged.merge(tallied(TRACES.slice(0, 2)).state());
    expect(merged.counts()).toEqual(tallied(TRACES.toReversed()).counts());
  });

  test('tells 4,000 values apart, the same ones in any order', () => {
    const many = Array.from(
      { length: 9_000 },
      (_, index) => [traits({ tenant: `user ${index}` }), false] as const,
    );
    const { tenant } = tallied(many).counts().facets;
    expect(tenant.recorded).toBe(9_000);
    expect(tenant.values.size).toBe(4_000);
    expect(tallied(many.toReversed()).counts().facets.tenant).toEqual(tenant);
  });
});
