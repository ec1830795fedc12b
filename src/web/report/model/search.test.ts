import { expect, test } from 'vitest';
import { makeReport } from '../testing/make-report.ts';
import { buildModel } from './report-model.ts';
import { createSearch } from './search.ts';

const model = buildModel(makeReport({ failures: 60 }));
const search = createSearch(model);
const title = model.clusters[0]?.title ?? '';

test('an empty query filters nothing', () => {
  expect(search('  ')).toBeNull();
});

test('finds a failure by its id', () => {
  const found = search(model.failures[7]?.traceId ?? '');
  expect(found?.failures[7]).toBe(1);
  expect(found?.total).toBe(1);
});

test('finds a cluster with all its failures by its title, ignoring case', () => {
  const found = search(title.toUpperCase());
  expect(found?.perCluster[0]).toBe(model.members[0]?.length);
});

test('requires every word, in any field', () => {
  const tenant = 'northwind';
  const expected = (model.members[0] ?? []).filter((i) => model.failures[i]?.tenant === tenant);
  const found = search(`${title} ${tenant}`);
  expect(found?.perCluster[0]).toBe(expected.length);
  expect(search(`${title} nowhere-to-be-found`)?.total).toBe(0);
});
