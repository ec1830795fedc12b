import type { PairRow, PairStep } from '../contract/report.ts';

/**
 * Steps of both sides in rows: the longest common sequence of steps of one kind and tool stands side by side
 * (Needleman and Wunsch 1970, with no cost for gaps); every other step has a row of its own, those of the failing side first.
 * Takes time and memory of the product of the lengths.
 */
export function align(failing: readonly PairStep[], passing: readonly PairStep[]): PairRow[] {
  const wide = passing.length + 1;
  const common = new Uint16Array((failing.length + 1) * wide);
  for (let left = failing.length - 1; left >= 0; left -= 1)
    for (let right = passing.length - 1; right >= 0; right -= 1) {
      const at = left * wide + right;
      common[at] = isAlike(failing[left]!, passing[right]!)
        ? common[at + wide + 1]! + 1
        : Math.max(common[at + wide]!, common[at + 1]!);
    }
  const rows: PairRow[] = [];
  let left = 0;
  let right = 0;
  while (left < failing.length || right < passing.length) {
    const one = failing[left];
    const other = passing[right];
    const at = left * wide + right;
    if (one !== undefined && other !== undefined && isAlike(one, other)) {
      rows.push({ failing: one, passing: other, isSame: one.failed === other.failed });
      left += 1;
      right += 1;
    } else if (
      one !== undefined &&
      (other === undefined || common[at + wide]! >= common[at + 1]!)
    ) {
      rows.push({ failing: one, passing: null, isSame: false });
      left += 1;
    } else {
      rows.push({ failing: null, passing: other!, isSame: false });
      right += 1;
    }
  }
  return rows;
}

const isAlike = (a: PairStep, b: PairStep): boolean => a.kind === b.kind && a.tool === b.tool;
