import { expect, test } from 'vitest';
import { makeReport } from '../testing/make-report.ts';
import { buildModel, evidenceOf } from './report-model.ts';

const data = makeReport({ failures: 120, seed: 3 });

test('every failure is in exactly one cluster or in the noise', () => {
  const model = buildModel(data);
  const seen = [...model.members.flat(), ...model.noise].sort((a, b) => a - b);
  expect(seen).toEqual(Array.from({ length: 120 }, (_, i) => i));
  expect(model.members.map((list) => list.length)).toEqual(
    model.clusters.map((cluster) => cluster.size),
  );
});

test('clusters are sorted by rank and members by membership', () => {
  const shuffled = {
    ...data,
    analysis: { ...data.analysis, clusters: [...data.analysis.clusters].reverse() },
  };
  const model = buildModel(shuffled);
  expect(model.clusters.map((cluster) => cluster.rank)).toEqual(
    model.clusters.map((_, i) => i + 1),
  );
  const first = (model.members[0] ?? []).map((i) => model.failures[i]?.membership ?? 0);
  expect(first).toEqual([...first].sort((a, b) => b - a));
});

test('a failure of an unlisted cluster counts as noise', () => {
  const failures = data.analysis.failures.map((failure) => ({ ...failure, cluster: 'gone' }));
  expect(buildModel({ ...data, analysis: { ...data.analysis, failures } }).noise).toHaveLength(120);
});

test('failures without a computed position are not on the map', () => {
  const failures = data.analysis.failures.map((failure, i) =>
    i < 20 ? { ...failure, position: [null, null] as unknown as [number, number] } : failure,
  );
  expect(buildModel({ ...data, analysis: { ...data.analysis, failures } }).placed).toBe(100);
});

test('evidence of a trace comes from its cluster, the trace itself and its signals', () => {
  const id = data.analysis.clusters[0]?.exemplars[0] ?? '';
  const paths = evidenceOf(buildModel(data), id).map((evidence) => evidence.path);
  expect(paths.length).toBeGreaterThan(0);
  expect(evidenceOf(buildModel(data), 'nobody')).toEqual([]);
});
