import { mcnemar, type PairedTest } from './mcnemar.ts';

/**
 * Sign test of paired measurements, such as the pass rate of each case before and after: as McNemar's
 * exact test on how many rose and how many fell. Equal pairs say nothing. Null where all are equal.
 */
export function signTest(differences: readonly number[]): PairedTest | null {
  let rose = 0;
  let fell = 0;
  for (const difference of differences) {
    if (difference > 0) rose += 1;
    else if (difference < 0) fell += 1;
  }
  return mcnemar(rose, fell);
}
