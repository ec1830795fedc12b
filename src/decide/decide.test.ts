import { describe, expect, test } from 'vitest';
import type { Analysis } from '../contract/analysis.ts';
import type { Formula } from '../contract/decision.ts';
import { makeReport } from '../web/report/testing/make-report.ts';
import { decidedAnalysis, decisionsOf, formulaText, lostBy } from './decide.ts';
import type { SetValue } from './decisions.ts';

const { analysis } = makeReport({ failures: 400, clusters: 4 });
const [first, second, third] = analysis.clusters.map(({ id }) => id) as [string, string, string];

const ofCause = (subject: string, field: string, value: unknown): SetValue => ({
  ...{ kind: 'cause', subject, field, value },
});
const placed = (subject: string, cause: string | null): SetValue => ({
  ...{ kind: 'trace', subject, field: 'place', value: { cause } },
});
const decide = (...all: readonly SetValue[]): Analysis =>
  decidedAnalysis(analysis, decisionsOf(all), null);
const clusterIn = (decided: Analysis, id: string) =>
  decided.clusters.find((cluster) => cluster.id === id);
const weightOf = (of: Analysis, id: string): number =>
  of.failures.reduce((sum, { cluster, weight }) => sum + (cluster === id ? weight : 0), 0);

describe('an analysis as people have decided', () => {
  test('is the analysis itself where nobody has', () => {
    const { formula: _, ...same } = decide();
    const { formula: __, ...given } = analysis;
    expect(same.failures).toEqual(given.failures);
    expect(same.clusters.map(({ id, rank }) => ({ id, rank }))).toEqual(
      given.clusters.map(({ id, rank }) => ({ id, rank })),
    );
    for (const cluster of same.clusters)
      expect(cluster.priority).toBeCloseTo(cluster.ratePerThousand * (cluster.severity ?? 1), 6);
  });

  test('has the title, the severity and the layer that a person gave', () => {
    const own = clusterIn(
      decide(
        ofCause(second, 'title', 'In plain words'),
        ofCause(second, 'severity', 5),
        ofCause(second, 'layer', 'retrieval'),
      ),
      second,
    );
    expect(own).toMatchObject({ title: 'In plain words', severity: 5, layer: 'retrieval' });
    expect(own?.priority).toBeCloseTo((own?.ratePerThousand ?? 0) * 5, 6);
  });

  test('divides by the fix cost where one is set, and nowhere else', () => {
    const decided = decide(ofCause(first, 'fixCost', 8));
    const [own, other] = [clusterIn(decided, first), clusterIn(decided, second)];
    expect(own?.priority).toBeCloseTo(((own?.ratePerThousand ?? 0) * (own?.severity ?? 1)) / 8, 6);
    expect(other?.priority).toBeCloseTo((other?.ratePerThousand ?? 0) * (other?.severity ?? 1), 6);
    const ranks = decided.clusters.filter(({ rank }) => rank !== null);
    expect(ranks.map(({ priority }) => priority)).toEqual(
      ranks.map(({ priority }) => priority).toSorted((a, b) => b - a),
    );
  });

  test('counts a merged cause for its survivor, as their sum', () => {
    const decided = decide(ofCause(third, 'mergedInto', first));
    expect(clusterIn(decided, third)).toBe(undefined);
    expect(weightOf(decided, first)).toBeCloseTo(
      weightOf(analysis, first) + weightOf(analysis, third),
      6,
    );
    const total = analysis.failures.reduce((sum, { weight }) => sum + weight, 0);
    expect(clusterIn(decided, first)?.share).toBeCloseTo(weightOf(decided, first) / total, 9);
    expect(clusterIn(decided, first)?.size).toBe(
      decided.failures.filter(({ cluster }) => cluster === first).length,
    );
  });

  test('follows chains of merges, and is not caught in a circle', () => {
    const chain = decide(
      ofCause(third, 'mergedInto', second),
      ofCause(second, 'mergedInto', first),
    );
    expect(new Set(chain.failures.map(({ cluster }) => cluster))).not.toContain(third);
    expect(weightOf(chain, second)).toBe(0);
    const { survivor } = decisionsOf([
      ofCause(first, 'mergedInto', second),
      ofCause(second, 'mergedInto', first),
    ]);
    expect([first, second]).toContain(survivor(first));
  });

  test('moves, leaves out and splits off failures', () => {
    const own = analysis.failures.filter(({ cluster }) => cluster === first);
    const [moved, left, split] = own.map(({ traceId }) => traceId) as [string, string, string];
    const decided = decide(
      placed(moved, second),
      placed(left, null),
      placed(split, 'c-made'),
      ofCause('c-made', 'splitFrom', first),
      ofCause('c-made', 'title', 'Another thing'),
    );
    const causeOf = (id: string) => decided.failures.find(({ traceId }) => traceId === id)?.cluster;
    expect([moved, left, split].map(causeOf)).toEqual([second, null, 'c-made']);
    expect(clusterIn(decided, first)?.size).toBe(own.length - 3);
    expect(clusterIn(decided, 'c-made')).toMatchObject({ size: 1, title: 'Another thing' });
  });

  test('ranks neither what is rejected nor what rests, and numbers the others anew', () => {
    const decided = decide(
      ofCause(first, 'proposal', 'rejected'),
      ofCause(second, 'state', 'muted'),
    );
    expect(clusterIn(decided, first)?.rank).toBe(null);
    expect(clusterIn(decided, second)?.rank).toBe(null);
    const ranks = decided.clusters.flatMap(({ rank }) => rank ?? []);
    expect(ranks).toEqual(ranks.map((_, at) => at + 1));
  });

  test('can count what failures cost', () => {
    const formula: Formula = { measure: 'cost', severity: false, fixCost: 'never' };
    const losses = {
      user: analysis.failures.map((_, i) => i % 3),
      cost: analysis.failures.map(({ cluster }) => (cluster === third ? 10 : 0.001)),
      tokens: analysis.failures.map(() => 100),
      milliseconds: analysis.failures.map(() => 1000),
    };
    const decided = decidedAnalysis(
      analysis,
      decisionsOf([{ kind: 'project', subject: 'p', field: 'formula', value: formula }]),
      losses,
    );
    expect(decided.clusters[0]?.id).toBe(third);
    expect(decided.clusters[0]?.priority).toBeCloseTo(weightOf(analysis, third) * 10, 4);
    expect(decided.formula).toBe('priority = US dollars lost');
    expect(lostBy(losses, [{ weight: 2, tenant: 'a' }], [0])).toEqual({
      users: 1,
      tenants: 1,
      cost: 2 * (losses.cost[0] ?? 0),
      tokens: 200,
      milliseconds: 2000,
    });
  });

  test('says its formula', () => {
    expect(formulaText({ measure: 'failures', severity: true, fixCost: 'set' })).toBe(
      'priority = failures per 1,000 traces × severity ÷ fix cost where one is set',
    );
  });
});
