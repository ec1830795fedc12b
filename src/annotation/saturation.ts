import { sampleCoverage } from '../numeric/statistics/sample-coverage.ts';

export interface Saturation {
  /** Items that were coded. */
  readonly items: number;
  /** Different codes after each item: a curve that flattens. */
  readonly codes: readonly number[];
  /** Items since the last new code. */
  readonly sinceNew: number;
  /** Share of failures whose code has been seen, with a one-sided 95% lower bound; null without codes. */
  readonly coverage: { readonly estimate: number; readonly lower: number } | null;
  /** A nudge to stop: no new code in the last 20 items. */
  readonly isQuiet: boolean;
}

/** Items without a new code after which it is time to stop. */
const QUIET = 20;

/**
 * Whether open coding still finds new kinds of failure.
 * @param items Codes of each item, in the order in which they were given; an item may have none.
 */
export function saturation(items: readonly (readonly string[])[]): Saturation {
  const counts = new Map<string, number>();
  const codes: number[] = [];
  let sinceNew = 0;
  for (const given of items) {
    const before = counts.size;
    for (const code of new Set(given)) counts.set(code, (counts.get(code) ?? 0) + 1);
    sinceNew = counts.size > before ? 0 : sinceNew + 1;
    codes.push(counts.size);
  }
  return {
    items: items.length,
    codes,
    sinceNew,
    coverage: sampleCoverage([...counts.values()]),
    isQuiet: sinceNew >= QUIET,
  };
}
