import { rateDispersion, ratePenalty } from '../../numeric/statistics/change-penalty.ts';
import { pelt } from '../../numeric/statistics/pelt.ts';
import { binomialCost } from '../../numeric/statistics/segment-cost.ts';
import type { Rate } from '../../rate/rate.ts';

/** Fewer groups, traces or failures do not show a change. */
export const FEWEST_GROUPS = 6;
const FEWEST_TRACES = 100;
const FEWEST_FAILURES = 10;

/**
 * Where the rates of several causes over the same time moved to another level; null for a cause with too little to look at.
 * If no rate changes, the chance that any cause shows a change is at most 5%.
 */
export function rateChanges(
  causes: readonly (readonly Rate[])[],
): readonly (readonly number[] | null)[] {
  const isEnough = causes.map(hasEnough);
  const series = isEnough.filter(Boolean).length;
  const penalties = new Map<string, number>();
  return causes.map((rates, index) => {
    if (!isEnough[index]) return null;
    const events = rates.map(({ seen }) => seen);
    const exposures = rates.map(({ among }) => among);
    const total = events.reduce((sum, each) => sum + each, 0);
    // The penalty hardly depends on the number of failures: steps of two to the half are enough.
    const step = Math.round(2 * Math.log2(total));
    const key = `${step} ${exposures.join()}`;
    let penalty = penalties.get(key);
    if (penalty === undefined) {
      penalty = ratePenalty(exposures, 2 ** (step / 2), { series });
      penalties.set(key, penalty);
    }
    return pelt(
      rates.length,
      binomialCost(events, exposures),
      penalty * rateDispersion(events, exposures),
    );
  });
}

function hasEnough(rates: readonly Rate[]): boolean {
  const used = rates.filter(({ among }) => among > 0);
  const sum = (of: (rate: Rate) => number): number =>
    used.reduce((total, each) => total + of(each), 0);
  return (
    used.length >= FEWEST_GROUPS &&
    sum(({ among }) => among) >= FEWEST_TRACES &&
    sum(({ seen }) => seen) >= FEWEST_FAILURES
  );
}
