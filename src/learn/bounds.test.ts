import { expect, test } from 'vitest';
import { nextFloat, seedRandom } from '../numeric/random/random.ts';
import { boundsOf, callOf } from './bounds.ts';

test('of the failed among new traces, at most a tenth lies below, and of the sound above', () => {
  const state = seedRandom(1);
  const draw = (tasks: number) =>
    Array.from({ length: tasks }, (_, task) => {
      // Runs of a task are alike.
      const p = nextFloat(state);
      const failed = nextFloat(state) < p;
      return Array.from({ length: 1 + Math.floor(nextFloat(state) * 4) }, () => ({
        p: Math.min(1, Math.max(0, p + 0.05 * (nextFloat(state) - 0.5))),
        failed,
        task,
      }));
    }).flat();
  let missed = 0;
  let failed = 0;
  let alarmed = 0;
  let sound = 0;
  for (let round = 0; round < 300; round++) {
    const bounds = boundsOf(draw(60))!;
    // One run of a new task.
    for (const each of draw(20).filter((run, index, all) => run.task !== all[index - 1]?.task)) {
      if (each.failed) {
        failed += 1;
        missed += Number(each.p < bounds.soundBelow);
      } else {
        sound += 1;
        alarmed += Number(each.p > bounds.suspectAbove);
      }
    }
  }
  expect(missed / failed).toBeLessThan(0.11);
  expect(alarmed / sound).toBeLessThan(0.11);
  expect(missed / failed).toBeGreaterThan(0.05);
});

test('nine tasks of each kind are the fewest', () => {
  const judged = (tasks: number) =>
    Array.from({ length: 2 * tasks }, (_, task) => ({
      p: task / (2 * tasks),
      failed: task >= tasks,
      task,
    }));
  expect(boundsOf(judged(8))).toBeNull();
  expect(boundsOf(judged(9))).toMatchObject({ soundBelow: 0.5, suspectAbove: 8 / 18 });
});

test('a call is made where one kind alone is possible', () => {
  const overlapping = { risk: 0.1, suspectAbove: 0.7, soundBelow: 0.3 };
  expect([0.2, 0.5, 0.8].map((p) => callOf(p, overlapping))).toEqual([
    'sound',
    'unsure',
    'suspect',
  ]);
  const apart = { risk: 0.1, suspectAbove: 0.3, soundBelow: 0.7 };
  expect([0.2, 0.5, 0.8].map((p) => callOf(p, apart))).toEqual(['sound', 'unsure', 'suspect']);
});
