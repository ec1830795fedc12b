/** How badly one level fits the observations from `from` up to, not including, `to`; 0 for a perfect fit. */
export type SegmentCost = (from: number, to: number) => number;

/**
 * Where a series moves to another level: the division into segments with the least sum of costs, plus `penalty` for
 * each change. Exact, by PELT (Killick, Fearnhead and Eckley 2012): in linear time where changes are frequent, at worst
 * quadratic. Of equal divisions the one with the later last change. Equals `Pelt` of Python's ruptures.
 *
 * @param length of the series.
 * @param minSize observations in a segment at least; default 2.
 * @returns positions at which a segment begins, ascending, without 0.
 */
export function pelt(
  length: number,
  cost: SegmentCost,
  penalty: number,
  minSize = 2,
): readonly number[] {
  const least = new Float64Array(length + 1).fill(Number.POSITIVE_INFINITY);
  const last = new Int32Array(length + 1).fill(-1);
  least[0] = -penalty;
  let starts: Start[] = [];
  for (let end = minSize; end <= length; end += 1) {
    const opened = end - minSize;
    if (Number.isFinite(least[opened]!)) starts.push({ at: opened, until: length });
    for (const { at } of starts) {
      const total = least[at]! + cost(at, end) + penalty;
      if (total > least[end]!) continue;
      least[end] = total;
      last[end] = at;
    }
    // A start that already costs more than a change here never pays again, once a segment from here is long enough.
    for (const start of starts)
      if (least[start.at]! + cost(start.at, end) >= least[end]!)
        start.until = Math.min(start.until, end + minSize - 1);
    starts = starts.filter(({ until }) => until > end);
  }
  const changes: number[] = [];
  for (let at = last[length]!; at > 0; at = last[at]!) changes.unshift(at);
  return changes;
}

interface Start {
  readonly at: number;
  /** The last end for which it may still be best. */
  until: number;
}
