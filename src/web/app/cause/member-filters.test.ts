import { expect, test } from 'vitest';
import type { AnalyzedFailure } from '../../../contract/analyzed-failure.ts';
import { countedValues, hasValues, memberFilters } from './member-filters.ts';

const failure = (promptVersion: string | null, ...detectors: readonly string[]): AnalyzedFailure =>
  ({
    ...{ promptVersion, tenant: 'acme', release: null, model: 'm' },
    signals: detectors.map((detector) => ({ detector })),
  }) as unknown as AnalyzedFailure;

const failures = [
  failure('v1', 'agent_loop'),
  failure('v2', 'agent_loop', 'agent_loop', 'tool_error'),
  failure('v2', 'tool_error'),
  failure(null, 'tool_error'),
];
const members = [0, 1, 2, 3];
const columns = {
  environment: ['live', 'live', '', 'live'],
  scores: { helpful: [1, 0, 0, null], same: [1, 1, 1, 1] },
};
const filters = memberFilters({ failures }, members, columns);
const counts = (name: string, of: readonly number[] = members, chosen?: string) =>
  filters
    .filter((filter) => filter.name === name)
    .flatMap((filter) => countedValues(filter, of, chosen))
    .map(({ text, failures: n }) => `${text} ${n}`);

test('there is a filter for each thing by which the failures differ, and no other', () => {
  expect(filters.map(({ name }) => name)).toEqual([
    ...['version', 'detector', 'environment', 'score helpful'],
  ]);
  expect(memberFilters({ failures }, [1, 2], null).map(({ name }) => name)).toEqual(['detector']);
});

test('values are counted, those of most failures first, scores from low to high', () => {
  expect(counts('version')).toEqual(['v2 2', 'v1 1', 'not recorded 1']);
  expect(counts('detector')).toEqual(['tool error 3', 'agent loop 2']);
  expect(counts('environment')).toEqual(['live 3', 'not recorded 1']);
  expect(counts('score helpful')).toEqual(['0 2', '1 1', 'not recorded 1']);
  expect(counts('version', [0], 'v2')).toEqual(['v1 1', 'v2 0']);
});

test('what is chosen must all hold', () => {
  const found = (chosen: Readonly<Record<string, string>>): readonly number[] =>
    members.filter((i) => hasValues(filters, chosen, i));
  expect(found({})).toEqual(members);
  expect(found({ version: 'v2', detector: 'agent_loop' })).toEqual([1]);
  expect(found({ 'score helpful': '', environment: 'live' })).toEqual([3]);
});
