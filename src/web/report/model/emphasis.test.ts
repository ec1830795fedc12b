import { expect, test } from 'vitest';
import { DIM, NORMAL, STRONG } from '../map/draw-list.ts';
import { makeReport } from '../testing/make-report.ts';
import { emphasisOf, type Focus } from './emphasis.ts';
import { buildModel } from './report-model.ts';

const model = buildModel(makeReport({ failures: 80 }));
const plain: Focus = { route: { kind: 'overview' }, peek: null, selection: [], matches: null };
const levelsOf = (focus: Partial<Focus>): number[] => [
  ...emphasisOf(model, { ...plain, ...focus }),
];
const first = model.members[0] ?? [];
const id = model.clusters[0]?.id ?? '';

test('without a focus all failures are equal', () => {
  expect(new Set(levelsOf({}))).toEqual(new Set([NORMAL]));
  expect(new Set(levelsOf({ route: { kind: 'cluster', id: 'gone' } }))).toEqual(new Set([NORMAL]));
});

test('an open cluster dims the others', () => {
  const expected = model.failures.map((_, i) => (first.includes(i) ? NORMAL : DIM));
  expect(levelsOf({ route: { kind: 'cluster', id } })).toEqual(expected);
});

test('a peek wins over what is open', () => {
  expect(levelsOf({ route: { kind: 'noise' }, peek: 0 })).toEqual(
    levelsOf({ route: { kind: 'cluster', id } }),
  );
});

test('an open trace stands out within its cluster', () => {
  const at = first[3] ?? -1;
  const levels = levelsOf({ route: { kind: 'trace', id: model.failures[at]?.traceId ?? '' } });
  expect(levels.filter((level) => level === STRONG)).toHaveLength(1);
  expect(levels[at]).toBe(STRONG);
  expect(levels.filter((level) => level === NORMAL)).toHaveLength(first.length - 1);
});

test('a selection stands out, and a filter dims within it', () => {
  const matches = new Uint8Array(80).fill(1);
  matches[2] = 0;
  const levels = levelsOf({ route: { kind: 'selection' }, selection: [1, 2], matches });
  expect([levels[0], levels[1], levels[2]]).toEqual([DIM, STRONG, DIM]);
});
