import { expect, test } from 'vitest';
import { makeReport } from '../testing/make-report.ts';
import { buildModel } from './report-model.ts';
import { createSearch } from './search.ts';

const model = buildModel(makeReport({ failures: 60 }));
const search = createSearch(model);

test('an empty query filters nothing', () => {
  expect(search.clusters('  ')).toBeNull();
  expect(search.failures('')).toBeNull();
});

test('every word must occur, in any case and any field', () => {
  const label = model.clusters[0]?.label ?? '';
  const found = search.clusters(label.toUpperCase());
  expect(found?.[0]).toBe(1);
  expect(search.clusters(`${label} nowhere-to-be-found`)?.[0]).toBe(0);
});

test('a failure is found by its id and by the label of its cluster', () => {
  const id = model.failures[7]?.traceId ?? '';
  const byId = search.failures(id) ?? new Uint8Array();
  expect(byId[7]).toBe(1);
  expect(byId.reduce((sum, hit) => sum + hit, 0)).toBe(1);
  const byLabel = search.failures(model.clusters[0]?.label ?? '') ?? new Uint8Array();
  for (const member of model.members[0] ?? []) expect(byLabel[member]).toBe(1);
});
