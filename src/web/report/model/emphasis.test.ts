import { expect, test } from 'vitest';
import { DIM, HIDDEN, NORMAL, STRONG } from '../map/draw-list.ts';
import { makeReport } from '../testing/make-report.ts';
import { emphasisOf, type Focus } from './emphasis.ts';
import { buildModel } from './report-model.ts';

const model = buildModel(makeReport({ failures: 80 }));
const all = new Uint8Array(model.passing.length).fill(1);
const levelsOf = (focus: Partial<Focus>): number[] => [
  ...emphasisOf(model, { peek: null, trace: null, keep: null, keepPassing: all, ...focus }),
];
const first = model.members[0] ?? [];

test('without a focus all failures are equal, and passing traces are faint', () => {
  const levels = levelsOf({});
  expect(new Set(levels.slice(0, 80))).toEqual(new Set([NORMAL]));
  expect(new Set(levels.slice(80))).toEqual(new Set([DIM]));
  expect(levels).toHaveLength(80 + model.passing.length);
});

test('a cause under the pointer dims the others', () => {
  const expected = model.failures.map((_, i) => (first.includes(i) ? NORMAL : DIM));
  expect(levelsOf({ peek: 0 }).slice(0, 80)).toEqual(expected);
});

test('failures outside of the scope are dim, passing traces outside of it are gone', () => {
  const keep = new Uint8Array(80).fill(1);
  keep[2] = 0;
  const levels = levelsOf({ keep, keepPassing: new Uint8Array(model.passing.length) });
  expect([levels[1], levels[2]]).toEqual([NORMAL, DIM]);
  expect(new Set(levels.slice(80))).toEqual(new Set([HIDDEN]));
});

test('one trace stands out', () => {
  const levels = levelsOf({ trace: 3 });
  expect(levels.filter((level) => level === STRONG)).toHaveLength(1);
  expect(levels[3]).toBe(STRONG);
});
