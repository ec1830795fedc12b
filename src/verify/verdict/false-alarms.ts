import type { Interval } from '../../contract/interval.ts';
import { permutation, type RandomState, seedRandom } from '../../numeric/random/random.ts';
import { wilson } from '../../numeric/statistics/wilson.ts';
import { judgeRun } from './judge-run.ts';
import type { CaseOutcomes, CauseOutcomes } from './outcomes.ts';

export interface FalseAlarms {
  readonly trials: number;
  /** Trials whose verdict was *improved*, *regressed* or *relocated*. */
  readonly alarms: number;
  readonly rate: number;
  /** Wilson, 95%. */
  readonly interval: Interval;
}

const ALARMS: ReadonlySet<string> = new Set(['improved', 'regressed', 'relocated']);

/**
 * How often a gate raises an alarm where nothing changed: the attempts of a target at each case, of both sides together,
 * are dealt to the two sides at random, and judged. The same seed gives the same figure.
 */
export function falseAlarms(
  causes: readonly CauseOutcomes[],
  seed: number,
  trials = 1_000,
): FalseAlarms {
  const random = seedRandom(seed);
  let alarms = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const dealt = causes.map((each) => ({
      ...each,
      cases: each.cases.map((one) => deal(one, random)),
    }));
    if (ALARMS.has(judgeRun(dealt).verdict)) alarms += 1;
  }
  const rate = alarms / trials;
  return { trials, alarms, rate, interval: wilson(rate, trials) };
}

function deal(each: CaseOutcomes, random: RandomState): CaseOutcomes {
  const all = [...each.candidate, ...(each.baseline ?? [])];
  const mixed = [...permutation(all.length, random)].map((index) => all[index]!);
  const half = Math.floor(all.length / 2);
  return { ...each, candidate: mixed.slice(0, half), baseline: mixed.slice(half) };
}
