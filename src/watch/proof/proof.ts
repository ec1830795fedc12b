import { alwaysValid, isExcluded } from '../../numeric/statistics/always-valid.ts';
import { countedRate, perThousand, shareOf } from '../../rate/rate.ts';

/** Failures by a cause among the traces that could have failed by it. */
export interface Counted {
  readonly events: number;
  readonly exposures: number;
}

/** Whether a fix holds: what happened before and after it, with rates per 1,000 traces and 95% intervals. */
export interface Proof {
  /**
   * `proved`: less than a third of before is left. `open`: too few traces yet. `regressed`: surely more than a third is left.
   * `no rate before`: nothing failed by it, so there is nothing to compare with.
   */
  readonly state: 'proved' | 'open' | 'regressed' | 'no rate before';
  readonly before: ProofSide;
  /** Its interval holds at all looks together. */
  readonly after: ProofSide;
  /** A third of the rate before. */
  readonly target: number;
  /** More traces that prove it, if none fails by it; 0 when it is proved, null where nothing can be said. */
  readonly needed: number | null;
}

interface ProofSide extends Counted {
  readonly rate: number;
  readonly interval: readonly [number, number];
}

/** The share of the rate before that may be left. */
const LEFT = 1 / 3;
/** Without a recurrence, so many traces times the target rate prove it at 95%: the rule of three. */
const OF_THREE = 3;
const MOST_NEEDED = 1e9;

/**
 * Judges a fix by its traces since then, at every look anew. Without a recurrence it is proved after 9 ÷ rate-before traces (the
 * rule of three: fewer than a third are left); after one, when the always-valid upper bound is below the target. It has
 * regressed only when the always-valid lower bound is above the target: a fix that leaves a third or less is ever called
 * regressed in at most 5%, however often one looks.
 */
export function proofOf(before: Counted, after: Counted): Proof {
  const { events, exposures } = after;
  const target = targetOf(before);
  const state = proofState(before, after);
  return {
    state,
    before: { ...before, ...perThousand(countedRate(before.events, before.exposures)) },
    after: {
      ...after,
      rate: exposures > 0 ? (1000 * events) / exposures : 0,
      interval: perMille(alwaysValid(events, exposures)),
    },
    target: 1000 * target,
    needed: state === 'open' ? tracesNeeded(after, target) : state === 'proved' ? 0 : null,
  };
}

/** The state alone. */
export function proofState(before: Counted, after: Counted): Proof['state'] {
  const target = targetOf(before);
  if (target === 0) return 'no rate before';
  if (isProved(after, target)) return 'proved';
  return isBeyond(after, target) ? 'regressed' : 'open';
}

const targetOf = ({ events, exposures }: Counted): number =>
  LEFT * shareOf(countedRate(events, exposures));

const isProved = ({ events, exposures }: Counted, target: number): boolean =>
  events === 0
    ? exposures >= budgetOf(target)
    : events < target * exposures && isExcluded(target, events, exposures);

const isBeyond = ({ events, exposures }: Counted, target: number): boolean =>
  events > target * exposures && isExcluded(target, events, exposures);

const budgetOf = (target: number): number => Math.ceil(OF_THREE / target - 1e-9);

const perMille = ([low, high]: readonly [number, number]): readonly [number, number] => [
  1000 * low,
  1000 * high,
];

/** More traces without a failure until less than the target is left. */
function tracesNeeded({ events, exposures }: Counted, target: number): number {
  const budget = budgetOf(target);
  if (events === 0) return Math.max(0, budget - exposures);
  let [few, enough] = [0, budget];
  const isEnough = (more: number): boolean =>
    isProved({ events, exposures: exposures + more }, target);
  while (!isEnough(enough) && enough < MOST_NEEDED) enough *= 2;
  while (enough - few > 1) {
    const middle = Math.floor((few + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else few = middle;
  }
  return enough;
}
