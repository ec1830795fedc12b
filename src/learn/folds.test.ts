import { expect, test } from 'vitest';
import { hasDrifted } from './drift.ts';
import { foldsOf } from './folds.ts';
import { tasksOf } from './tasks.ts';

test('runs of one request or of one session are one task', () => {
  const run = (input: string, session: string | null = null) => ({ input, session });
  expect([
    ...tasksOf([
      run('Cancel my order'),
      run('cancel  my order\n'),
      run('Where is it?', 's1'),
      run('And now?', 's1'),
      run('Where is it?'),
      run(''),
      run(''),
    ]),
  ]).toEqual([0, 0, 1, 1, 1, 2, 3]);
});

test('a task is in one fold, and folds have both classes', () => {
  const rows = Array.from({ length: 100 }, (_, row) => ({ task: row >> 1, failed: row % 10 < 3 }));
  const folds = foldsOf(rows, 5, 1);
  for (const [row, { task }] of rows.entries()) expect(folds[row]).toBe(folds[2 * task]);
  for (let fold = 0; fold < 5; fold++) {
    const own = rows.filter((_, row) => folds[row] === fold);
    expect(own.length).toBeGreaterThan(12);
    expect(own.filter(({ failed }) => failed).length).toBeGreaterThan(3);
  }
});

test('other traces raise the alarm of drift, the same do not', () => {
  const reference = Array.from({ length: 200 }, (_, at) => at / 200);
  expect(hasDrifted(reference, reference)).toBe(false);
  expect(
    hasDrifted(
      reference.map((p) => p ** 3),
      reference,
    ),
  ).toBe(true);
  expect(hasDrifted([1, 1, 1], reference)).toBe(false);
});
