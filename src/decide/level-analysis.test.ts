import { expect, test } from 'vitest';
import { analysisSchema } from '../contract/analysis.ts';
import { makeReport } from '../web/report/testing/make-report.ts';
import { analysisAt } from './level-analysis.ts';

const { analysis } = makeReport({ failures: 200, seed: 5 });
const fine = analysisAt(analysis, 2);

test('the initial level is the analysis itself', () => {
  expect(analysisAt(analysis, analysis.level)).toBe(analysis);
  expect(analysisAt(analysis, 9)).toBe(analysis);
});

test('another level is a complete analysis', () => {
  expect(() => analysisSchema.parse(fine)).not.toThrow();
  expect(fine.clusters.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(fine.clusters.map(({ id }) => id)).toEqual(
    analysis.levels[2]?.clusters.map(({ id }) => id),
  );
  for (const { id, size } of fine.clusters)
    expect(fine.failures.filter(({ cluster }) => cluster === id)).toHaveLength(size);
});

test('values relative to other clusters come from the level', () => {
  const place = { topThreeProbability: 0.25, silhouette: -0.5, nearest: 'c5' };
  const levels = analysis.levels.map((level, at) =>
    at === 2 ? { ...level, clusters: level.clusters.map(({ id }) => ({ id, ...place })) } : level,
  );
  for (const { topThreeProbability, quality } of analysisAt({ ...analysis, levels }, 2).clusters)
    expect({
      topThreeProbability,
      silhouette: quality.silhouette,
      nearest: quality.nearest,
    }).toEqual(place);
});

test('noise has its reason, and the funnel counts the clustered failures', () => {
  const levels = analysis.levels.map((level, at) =>
    at === 2
      ? {
          ...level,
          assignments: level.assignments.map((position, row) =>
            row < 7 ? -2 : row < 10 ? -3 : Math.max(position, 0),
          ),
        }
      : level,
  );
  const { failures, funnel } = analysisAt({ ...analysis, levels }, 2);
  expect(failures[6]).toMatchObject({ cluster: null, noise: 'between clusters' });
  expect(failures[9]).toMatchObject({ cluster: null, noise: 'no text in this view' });
  expect(failures[10]?.noise).toBeNull();
  expect(funnel.slice(-2)).toEqual([
    { name: 'clustered', count: 190, dropped: [{ reason: 'between clusters', count: 7 }] },
    { name: 'labeled', count: 190, dropped: [] },
  ]);
});
