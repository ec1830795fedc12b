import { beforeAll, describe, expect, test } from 'vitest';
import { simulate } from '../demo/simulate.ts';
import type { Analysis } from '../src/contract/analysis.ts';
import { analysisSchema } from '../src/contract/analysis.ts';
import { GRANULARITIES, type Granularity } from '../src/contract/grouping.ts';
import { analyze } from '../src/culprit.ts';
import { analysisAt } from '../src/decide/level-analysis.ts';

const { lines } = simulate({ runs: 400, seed: 11 });
const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`);
const source = {
  name: 'shop.otlp.jsonl',
  size: bytes.length,
  async *open() {
    yield bytes;
  },
};

describe('levels of one run', () => {
  const runs = new Map<Granularity, Analysis>();
  const run = (granularity: Granularity): Analysis => runs.get(granularity)!;
  beforeAll(async () => {
    for (const granularity of GRANULARITIES) {
      const options = { granularity, all: true, minClusterSize: 2 };
      runs.set(granularity, (await analyze(source, options)).analysis);
    }
  }, 60_000);

  test('have increasing numbers of clusters, and the requested level is listed', () => {
    const { levels } = run('medium');
    expect(levels.length).toBeGreaterThan(1);
    const counts = levels.map(({ clusters }) => clusters.length);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(new Set(counts).size).toBe(counts.length);
    expect(run('coarsest').clusters).toHaveLength(counts[0]!);
    expect(run('finest').clusters).toHaveLength(counts.at(-1)!);
  });

  test.each(GRANULARITIES)('%s matches the schema and has every cluster once', (granularity) => {
    const analysis = run(granularity);
    expect(analysisSchema.parse(analysis)).toEqual(analysis);
    const ids = [...analysis.clusters, ...analysis.otherClusters].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(
      new Set(analysis.levels.flatMap(({ clusters }) => clusters.map(({ id }) => id))),
    ).toEqual(new Set(ids));
  });

  test.each(GRANULARITIES)('%s lists the same level as any other run', (granularity) => {
    const listed = run(granularity);
    const shown = analysisAt(run('medium'), listed.level);
    expect(listed.levels).toEqual(run('medium').levels);
    expect(shown.failures.map(({ cluster, noise }) => [cluster, noise])).toEqual(
      listed.failures.map(({ cluster, noise }) => [cluster, noise]),
    );
    expect(shown.funnel).toEqual(listed.funnel);
    // Quality and the correction for several tests depend on the causes beside it.
    const own = ({ quality: _, breakdowns: __, ...cluster }: (typeof shown.clusters)[number]) =>
      cluster;
    expect(shown.clusters.map(own)).toEqual(listed.clusters.map(own));
  });

  test('have a stability for each cluster', () => {
    const { clusters, otherClusters } = run('medium');
    const stabilities = [...clusters, ...otherClusters].map(({ quality }) => quality.stability);
    expect(
      Math.min(...stabilities.map((stability) => stability ?? Number.NaN)),
    ).toBeGreaterThanOrEqual(0);
    expect(Math.max(...stabilities.map((stability) => stability ?? Number.NaN))).toBe(1);
  });
});
