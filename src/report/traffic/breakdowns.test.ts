import { describe, expect, test } from 'vitest';
import type { Traits } from '../../contract/dimension.ts';
import type { Failure } from '../../contract/failure.ts';
import type { PointCluster } from '../../contract/grouping.ts';
import { TrafficTally } from '../../detect/population/traffic.ts';
import { makeFailure } from '../../testing/signal.ts';
import { makeTrace } from '../../testing/trace.ts';
import { breakdownsOf } from './breakdowns.ts';
import { badgesOf, seenOf } from './occurrence.ts';
import { trafficOf } from './traffic.ts';

const DAY = 86_400_000;
const JUNE = Date.UTC(2026, 5, 1);

interface Part {
  readonly traits: Partial<Traits>;
  readonly traces: number;
  /** Failures of each cause. */
  readonly failures: readonly number[];
}

/** An input of so many traces with these traits, of which so many fail by each cause. */
function inputOf(parts: readonly Part[], weight = 1) {
  const tally = new TrafficTally();
  const failures: Failure[] = [];
  const members: number[][] = (parts[0]?.failures ?? []).map(() => []);
  for (const { traits, traces, failures: counts } of parts) {
    const all = {
      promptVersion: null,
      release: null,
      model: null,
      tenant: null,
      startTime: null,
      ...traits,
    };
    const failed = counts.reduce((sum, count) => sum + count, 0);
    for (let at = 0; at < traces; at += 1) tally.add(all, at < failed);
    for (const [cause, count] of counts.entries())
      for (let at = 0; at < count / weight; at += 1)
        members[cause]!.push(failures.push(makeFailure({ trace: makeTrace(all), weight })) - 1);
  }
  const clusters = members.map(
    (rows): PointCluster => ({
      members: rows,
      persistence: null,
      stability: null,
      cause: null,
      leftover: null,
    }),
  );
  const traffic = trafficOf(tally.counts());
  const breakdowns = breakdownsOf(clusters, failures, traffic.facets);
  return { clusters, failures, traffic, of: (cause: number) => breakdowns.get(clusters[cause]!)! };
}

const v3 = { promptVersion: 'v3', startTime: JUNE };
const v4 = { promptVersion: 'v4', startTime: JUNE + DAY };
const badges = (...input: Parameters<typeof inputOf>) => {
  const { of, clusters } = inputOf(...input);
  return clusters.map((_, cause) => badgesOf(of(cause)).map(({ text }) => text));
};

describe('causes by version', () => {
  // 69 of 1,298 against 0 of 1,302: the demo's fourth cause.
  test('a cause that one version brought says so, with rates and interval', () => {
    const { of } = inputOf([
      { traits: v3, traces: 1_302, failures: [116, 0] },
      { traits: v4, traces: 1_298, failures: [102, 69] },
    ]);
    expect(badgesOf(of(1))).toEqual([
      { kind: 'only in', dimension: 'promptVersion', value: 'v4', text: 'only in v4' },
    ]);
    expect(of(1)).toMatchObject([
      {
        dimension: 'promptVersion',
        values: [
          { value: 'v3', failures: 0, traces: 1_302, ratePerThousand: 0 },
          { value: 'v4', failures: 69, traces: 1_298, ratePerThousand: 53.1587 },
        ],
        changes: [{ from: 'v3', to: 'v4', state: 'new', ratio: null }],
      },
    ]);
    expect(of(0)[0]?.changes[0]?.state).toBe('same');
    expect(badgesOf(of(0))).toEqual([]);
  });

  test.each([
    [[40], [80], ['2× since v4']],
    [[80], [40], ['0.5× since v4']],
    [[40], [0], ['gone since v4']],
    [[30], [34], []],
  ])('from %j to %j of 1,000: %j', (before, after, expected) => {
    expect(
      badges([
        { traits: v3, traces: 1_000, failures: before },
        { traits: v4, traces: 1_000, failures: after },
      ]),
    ).toEqual([expected]);
  });

  test('too few traces or failures cannot tell', () => {
    const state = (traces: number, failures: number) =>
      inputOf([
        { traits: v3, traces: 1_000, failures: [0] },
        { traits: v4, traces, failures: [failures] },
      ]).of(0)[0]?.changes[0];
    expect(state(99, 30)).toMatchObject({ state: 'cannot tell', q: null });
    expect(state(1_000, 4)).toMatchObject({ state: 'cannot tell', q: null });
    expect(state(100, 30)).toMatchObject({ state: 'new' });
  });

  test('a chance difference among many causes is none', () => {
    // Alone, 14 against 4 has p = 0.02; with nineteen causes that do not differ, q is above 0.05.
    const equal = Array.from({ length: 19 }, () => 10);
    const found = badges([
      { traits: v3, traces: 1_000, failures: [4, ...equal] },
      { traits: v4, traces: 1_000, failures: [14, ...equal] },
    ]);
    expect(found.flat()).toEqual([]);
  });

  test('of a sample, only what was looked at counts as evidence', () => {
    const parts = [
      { traits: v3, traces: 1_000, failures: [40] },
      { traits: v4, traces: 1_000, failures: [80] },
    ];
    expect(badges(parts, 1)).toEqual([['2× since v4']]);
    const { of } = inputOf(parts, 10);
    expect(of(0)[0]).toMatchObject({
      values: [
        { failures: 40, ratePerThousand: 40 },
        { failures: 80, ratePerThousand: 80 },
      ],
      changes: [{ state: 'cannot tell' }],
    });
  });

  test('versions used side by side were not one before the other', () => {
    const beside = [
      { traits: { ...v3, startTime: JUNE + 5 * DAY }, traces: 10, failures: [0] },
      { traits: v3, traces: 990, failures: [30] },
      { traits: v4, traces: 1_000, failures: [90] },
    ];
    expect(badges(beside)).toEqual([['3× in v4']]);
    expect(inputOf(beside).of(0)[0]?.changes).toEqual([]);
  });

  test('a version tried beside two others does not break their sequence', () => {
    const { of } = inputOf([
      { traits: v3, traces: 500, failures: [30] },
      { traits: { ...v3, startTime: JUNE + 4 * DAY }, traces: 500, failures: [30] },
      {
        traits: { promptVersion: 'trial', startTime: JUNE + 3_600_000 },
        traces: 200,
        failures: [9],
      },
      { traits: { promptVersion: 'v4', startTime: JUNE + 5 * DAY }, traces: 1_000, failures: [0] },
    ]);
    expect(of(0)[0]?.changes.map(({ from, to, state }) => [from, to, state])).toEqual([
      ['v3', 'v4', 'gone'],
    ]);
  });

  test.each([
    ['promptVersion', ['v9', 'v10'], 1],
    ['release', ['1.9.0', '1.10.0', '2.0.0'], 2],
    ['promptVersion', ['polite', 'terse'], 0],
    ['model', ['llama-8b', 'llama-70b'], 0],
  ] as const)('without times, %s %j has %i changes', (dimension, names, changes) => {
    const parts = names.map((name) => ({
      traits: { [dimension]: name },
      traces: 200,
      failures: [9],
    }));
    expect(inputOf(parts).of(0)[0]?.changes.length).toBe(changes);
  });

  test('one version has nothing to be compared with', () => {
    expect(inputOf([{ traits: v3, traces: 500, failures: [20] }]).of(0)).toEqual([]);
  });
});

describe('causes by tenant', () => {
  const tenants = (...counts: readonly (readonly [number, number])[]) =>
    counts.map(([traces, failures], index) => ({
      traits: { tenant: `t${index}` },
      traces,
      failures: [failures],
    }));

  test.each([
    [
      [
        [500, 20],
        [500, 0],
        [500, 0],
      ],
      ['only in t0'],
    ],
    [
      [
        [500, 60],
        [500, 20],
        [500, 20],
      ],
      ['3× in t0'],
    ],
    [
      [
        [500, 20],
        [500, 22],
        [500, 21],
      ],
      [],
    ],
    [
      [
        [19, 6],
        [500, 0],
      ],
      [],
    ],
    [
      [
        [500, 4],
        [500, 0],
      ],
      [],
    ],
  ] as const)('%j: %j', (counts, expected) => {
    expect(badges(tenants(...counts))).toEqual([expected]);
  });

  test('tenants come by failures, without those that have none', () => {
    const [breakdown] = inputOf(tenants([500, 20], [400, 0], [300, 40])).of(0);
    expect(breakdown?.values.map(({ value }) => value)).toEqual(['t2', 't0']);
    expect(breakdown?.changes).toEqual([]);
  });
});

test.each([
  [['gpt-4o-2024-08-06', 'gpt-4o'], 0],
  [['gpt-4o-2024-08-06', 'gpt-4o-2024-11-20'], 1],
  [['gpt-4o-2024-08-06', 'gpt-4o-mini'], 1],
])('from model %j: %i changes', ([before = '', after = ''], changes) => {
  const { traffic } = inputOf([
    { traits: { model: before, startTime: JUNE }, traces: 40, failures: [2] },
    { traits: { model: after, startTime: JUNE + DAY }, traces: 20, failures: [20] },
  ]);
  expect(traffic.facets.find(({ dimension }) => dimension === 'model')?.changes).toHaveLength(
    changes,
  );
});

test('a cause knows when it was seen', () => {
  const { clusters, failures, traffic } = inputOf([
    { traits: v3, traces: 10, failures: [2] },
    { traits: v4, traces: 10, failures: [3] },
    { traits: {}, traces: 5, failures: [1] },
  ]);
  const { firstSeen, lastSeen, trend } = seenOf(clusters[0]!, failures, traffic.buckets);
  expect([firstSeen, lastSeen]).toEqual([JUNE, JUNE + DAY]);
  expect(trend?.reduce((sum, count) => sum + count, 0)).toBe(5);
  expect([trend?.[0], trend?.at(-1)]).toEqual([2, 3]);
  expect(traffic.buckets?.failed.reduce((sum, count) => sum + count, 0)).toBe(5);
});
