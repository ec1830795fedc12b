import { describe, expect, test } from 'vitest';
import { formula, type RankInput, rank } from './rank.ts';

const ones = (count: number): number[] => Array.from({ length: count }, () => 1);
const cluster = (size: number, severity: number, fixCost = 1) => ({
  cluster: `${size} of severity ${severity}`,
  weights: ones(size),
  severity,
  fixCost,
});
const input = (clusters: RankInput<string>['clusters'], eligible = 1000): RankInput<string> => {
  const weights = clusters.flatMap((each) => each.weights);
  return { clusters, weights, sampledFrom: weights.length, eligible };
};
const options = { divideByFixCost: false, seed: 1 };

describe('ranking', () => {
  test('orders by failures per 1,000 traces times severity', () => {
    const ranked = rank(input([cluster(41, 5), cluster(59, 2)]), options);
    expect(
      ranked.map(({ cluster: name, rank: place, priority }) => ({
        name,
        place,
        priority: Math.round(priority),
      })),
    ).toEqual([
      { name: '41 of severity 5', place: 1, priority: 205 },
      { name: '59 of severity 2', place: 2, priority: 118 },
    ]);
  });

  test('divides by fix cost on request and shows it in the formula', () => {
    const clusters = [cluster(50, 4, 8), cluster(20, 4, 1)];
    expect(rank(input(clusters), options)[0]?.cluster).toBe('50 of severity 4');
    expect(rank(input(clusters), { ...options, divideByFixCost: true })[0]?.cluster).toBe(
      '20 of severity 4',
    );
    expect(formula({ ...options, divideByFixCost: true })).toBe(
      'priority = failures per 1,000 traces × severity ÷ fix cost',
    );
  });

  test('orders groups of all traces by size, and estimates the share of each that failed', () => {
    const group = { severity: null, fixCost: null };
    const [first, second] = rank(
      {
        clusters: [
          { cluster: 'few', weights: [1, 1], failed: 2, ...group },
          { cluster: 'many', weights: [2, 2, 2, 2], failed: 2, ...group },
        ],
        weights: [1, 1, 2, 2, 2, 2],
        sampledFrom: 10,
        eligible: 10,
      },
      options,
    );
    expect(first).toMatchObject({ cluster: 'many', failedShare: 0.25, severity: null });
    // Wilson of 1 in 4: (0.25 + 1.9207/4 ± 1.96·√(0.25·0.75/4 + 0.9604/16)) / (1 + 3.8415/4)
    expect(first?.failedShareInterval?.[0]).toBeCloseTo(0.0456, 4);
    expect(first?.failedShareInterval?.[1]).toBeCloseTo(0.6994, 4);
    expect(second).toMatchObject({ cluster: 'few', failedShare: 1 });
    expect(formula({ ...options, all: true })).toBe('groups come in the order of their size');
  });

  test('estimates the share of the whole input from sampling weights', () => {
    const [first] = rank(
      {
        clusters: [{ cluster: 'one', weights: [30, 30], severity: 3, fixCost: 1 }],
        weights: [30, 30, 20, 20],
        sampledFrom: 100,
        eligible: 2000,
      },
      options,
    );
    expect(first).toMatchObject({ size: 2, population: 60, share: 0.6 });
    expect(first?.ratePerThousand).toBeCloseTo(30, 9);
    // effective size 100² / (2·30² + 2·20²) = 3.846; Wilson of 0.6 on it
    expect(first?.shareInterval[0]).toBeCloseTo(0.20014, 5);
    expect(first?.shareInterval[1]).toBeCloseTo(0.89992, 5);
  });

  test('gives a top-three probability near 1 to clear leaders and a split one to ties', () => {
    const ranked = rank(
      input([cluster(300, 3), cluster(250, 3), cluster(200, 3), cluster(10, 3)]),
      options,
    );
    expect(ranked.map(({ topThreeProbability }) => topThreeProbability)).toEqual([1, 1, 1, 0]);
    const tied = rank(input([1, 2, 3, 4].map(() => cluster(100, 3))), options);
    for (const { topThreeProbability } of tied) expect(topThreeProbability).toBeCloseTo(0.75, 1);
  });

  test('is the same for the same seed, and empty for no clusters', () => {
    const clusters = input([cluster(5, 3), cluster(5, 3)]);
    expect(rank(clusters, options)).toEqual(rank(clusters, options));
    expect(rank(input([]), options)).toEqual([]);
  });
});
