import { expect, test } from 'vitest';
import { makeReport } from '../testing/make-report.ts';
import { buildModel } from './report-model.ts';
import { createSearch } from './search.ts';

const model = buildModel(makeReport({ failures: 60 }));
const search = createSearch(model, null);
const title = (model.clusters[0]?.title ?? '').replaceAll('`', '');
const found = (query: string): number[] => {
  const hits = search(query);
  return [...model.failures.keys()].filter((i) => hits?.[i] === 1);
};

test('an empty query filters nothing', () => {
  expect(search('  ')).toBeNull();
});

test('finds a failure by its id', () => {
  expect(found(model.failures[7]?.traceId ?? '')).toEqual([7]);
});

test('finds a quote, as the page shows it', () => {
  const failure = model.failures[model.members[0]?.[0] ?? 0];
  const quote = failure?.signals[0]?.evidence[0]?.quote ?? '';
  expect(quote).not.toBe('');
  expect(found(quote)).toContain(model.members[0]?.[0]);
});

test('finds all failures of a cause by its title, ignoring case', () => {
  expect(found(title.toUpperCase())).toEqual(model.members[0]?.toSorted((a, b) => a - b));
});

test('requires every word, in any field', () => {
  const expected = (model.members[0] ?? [])
    .filter((i) => model.failures[i]?.tenant === 'northwind')
    .sort((a, b) => a - b);
  expect(found(`${title} northwind`)).toEqual(expected);
  expect(found(`${title} nowhere-to-be-found`)).toEqual([]);
});

test('finds words of the full texts once they are there', () => {
  const texts = model.failures.map((_, i) => (i === 5 ? 'a needle in the messages' : ''));
  expect(found('needle')).toEqual([]);
  expect(createSearch(model, texts)('needle messages')?.[5]).toBe(1);
});
