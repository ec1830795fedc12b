import { permutation, seedRandom } from '../numeric/random/random.ts';
import type { LearnRow } from './learn-row.ts';

/**
 * Divides rows into folds, all rows of a task in one. Large tasks first, each goes where its class is rarest, so that
 * folds have about the same share of failed rows. Returns the fold of each row.
 */
export function foldsOf(
  rows: readonly Pick<LearnRow, 'task' | 'failed'>[],
  folds: number,
  seed: number,
): Int32Array {
  const tasks = [...Map.groupBy(rows.keys(), (row) => rows[row]!.task).values()];
  const shuffled = [...permutation(tasks.length, seedRandom(seed))].map((at) => tasks[at]!);
  shuffled.sort((a, b) => b.length - a.length);
  const failed = new Float64Array(folds);
  const passed = new Float64Array(folds);
  const failedShare = rows.filter((row) => row.failed).length / rows.length;
  const result = new Int32Array(rows.length);
  for (const task of shuffled) {
    const ownFailed = task.filter((row) => rows[row]!.failed).length;
    const ownPassed = task.length - ownFailed;
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let fold = 0; fold < folds; fold++) {
      const cost =
        (ownFailed * failed[fold]!) / Math.max(failedShare, 0.01) +
        (ownPassed * passed[fold]!) / Math.max(1 - failedShare, 0.01);
      if (cost >= least) continue;
      least = cost;
      best = fold;
    }
    failed[best]! += ownFailed;
    passed[best]! += ownPassed;
    for (const row of task) result[row] = best;
  }
  return result;
}
