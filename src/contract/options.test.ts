import { expect, test } from 'vitest';
import { commandLine } from './command-line.ts';
import { optionsShape, resolveOptions } from './options.ts';

test('every option has a default, a description and a flag of its own', () => {
  const options = Object.values(optionsShape);
  const flags = options.map((schema) => commandLine.get(schema)?.flag);
  expect(resolveOptions({})).toMatchObject({ sample: 1000, seed: 42, granularity: 'medium' });
  expect(options.filter(({ description }) => !/^[A-Z].*\.$/.test(description ?? ''))).toEqual([]);
  expect(flags.filter((flag) => !/^--[a-z]/.test(flag ?? ''))).toEqual([]);
  expect(new Set(flags).size).toBe(options.length);
});

const policyWith = (category: object) => ({ policy: { categories: [category] } });

test.each([
  { given: { sampel: 5 }, why: /^there is no option sampel; choose from columns, scores, / },
  { given: { seed: -1 }, why: /^seed: must be at least 0$/ },
  { given: { sample: 0 }, why: /^sample: must be at least 1$/ },
  { given: { granularity: 'huge' }, why: /^granularity: must be one of "coarsest", / },
  { given: { severity: { agent_loop: 9 } }, why: /^severity: agent_loop: must be at most 5$/ },
  { given: { clusters: 4 }, why: /^clusters has no effect with hdbscan.*Use algorithm kmeans/ },
  { given: { policy: [] }, why: /^policy: must be an object$/ },
  { given: { policy: { category: [] } }, why: /^policy: there is no field category$/ },
  {
    given: policyWith({ id: 'Loans!', terms: ['loan'] }),
    why: /^policy: categories\.0\.id: must be lowercase letters/,
  },
  { given: policyWith({ id: 'empty' }), why: /^policy: categories\.0: needs terms or rules/ },
  {
    given: policyWith({ id: 'blank', terms: ['…'] }),
    why: /^policy: categories\.0\.terms\.0: contains no word/,
  },
  { given: null, why: /^the options must be an object$/ },
])('$given is rejected: $why', ({ given, why }) => {
  expect(() => resolveOptions(given)).toThrow(
    expect.objectContaining({ code: 'invalid_option', message: expect.stringMatching(why) }),
  );
});

test('errors spell options as the caller does', () => {
  expect(() => resolveOptions({ clusters: 4 }, (option) => `--${option}`)).toThrow(
    '--clusters has no effect with hdbscan, which finds the number of clusters itself. Use --algorithm kmeans, or leave --clusters out',
  );
});

test('k-means takes a number of clusters', () => {
  expect(resolveOptions({ algorithm: 'kmeans', clusters: 4 }).clusters).toBe(4);
});

test('all traces are grouped by facts and average link, unless the caller says otherwise', () => {
  expect(resolveOptions({ all: true })).toMatchObject({
    view: 'facts=0.6,output=0.4',
    algorithm: 'linkage',
  });
  expect(resolveOptions({ all: true, view: 'input', algorithm: 'kmeans' })).toMatchObject({
    view: 'input',
    algorithm: 'kmeans',
  });
  expect(resolveOptions({}).algorithm).toBe('hdbscan');
});
