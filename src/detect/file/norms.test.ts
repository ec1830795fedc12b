import { expect, test } from 'vitest';
import { defaultOptions, fileOf, makeTrace } from '../../testing/trace.ts';

import { Run } from '../run/run.ts';
import { normsFor, normsSummary } from './norms.ts';

const runs = (count: number, name: (index: number) => string): Run[] =>
  Array.from(
    { length: count },
    (_, index) =>
      new Run(
        makeTrace({
          id: `t${index}`,
          name: name(index),
          startTime: 0,
          endTime: 900 + 2 * (index % 100),
        }),
        defaultOptions,
      ),
  );
const normsOf = (parts: readonly (readonly Run[])[], most?: number) => {
  const whole = normsSummary(most);
  for (const part of parts) {
    const summary = normsSummary(most);
    for (const run of part) summary.add(run);
    whole.merge(structuredClone(summary.state()));
  }
  return whole.freeze();
};

test('a group of 100 runs has a norm for what they recorded', () => {
  const [group] = normsOf([runs(100, () => 'answer')]);
  expect(group).toMatchObject({
    operation: 'answer',
    promptVersion: null,
    cost: null,
    latency: { count: 100 },
  });
  expect(group?.latency?.median).toBeGreaterThan(998 * 0.99);
  expect(group?.latency?.median).toBeLessThan(998 * 1.01);
});

test('neither order nor the split into parts changes the norms', () => {
  const all = runs(400, (index) => (index % 3 === 0 ? 'answer' : 'search'));
  const parts = [0, 1, 2].map((part) => all.toReversed().filter((_, index) => index % 3 === part));
  expect(normsOf(parts)).toEqual(normsOf([all]));
});

test('keeps the same groups of too many in any order and any split', () => {
  const all = runs(2000, (index) => `op ${'abcdefghij'[index % 10]}`);
  const parts = [0, 1, 2].map((part) => all.toReversed().filter((_, index) => index % 3 === part));
  const whole = normsOf([all], 5);
  expect(whole).toHaveLength(5);
  expect(normsOf(parts, 5)).toEqual(whole);
});

test('every group finds its own norms, and a trace of no group finds none', () => {
  const names = ['b', 'a', 'c', 'a b', 'B'];
  const norms = normsOf([names.flatMap((name) => runs(100, () => name))]);
  const file = { ...fileOf([]), norms };
  const found = (name: string) => normsFor(makeTrace({ name, promptVersion: null }), file);
  expect(names.map((name) => found(name)?.operation)).toEqual(names);
  expect(['', 'aa', 'd'].map(found)).toEqual([undefined, undefined, undefined]);
});
