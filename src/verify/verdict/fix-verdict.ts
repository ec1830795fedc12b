import type { FixTrial } from '../../contract/fix.ts';
import type { Comparison, RunJudgment } from '../../contract/verdict.ts';
import { casesNeeded } from '../../numeric/statistics/power.ts';
import { percent } from '../../text/format.ts';
import { ALPHA } from './judge-cases.ts';

/** What a run says of the hypothesis that it tried: its verdict, in one sentence, and what would decide. */
export type FixJudgment = Pick<FixTrial, 'verdict' | 'sentence' | 'needed'>;

interface Registered {
  /** Smallest rise of the slice that is worth having. */
  readonly smallestEffect: number;
  /** Hypotheses that are tried on the same slice. */
  readonly family: number;
}

/**
 * The verdict of a hypothesis by that of its run. What made something worse is refuted; so is what leaves the slice as it
 * is, where the interval of the difference excludes the smallest effect worth having. Where it does not, there is no
 * evidence, and `needed` says about how many more slice cases would decide.
 */
export function fixVerdict(judgment: RunJudgment, registered: Registered): FixJudgment {
  const { verdict, sentence } = judgment;
  const [cause] = judgment.causes;
  if (verdict === 'incomplete' || verdict === 'infrastructure' || cause === undefined)
    return { verdict: 'incomplete', sentence, needed: null };
  const said = { sentence: cause.sentence, needed: null };
  switch (cause.verdict) {
    case 'improved':
      return { verdict: 'works', ...said };
    case 'relocated':
      return { verdict: 'relocated', ...said };
    case 'regressed':
    case 'fail':
      return { verdict: 'refuted', ...said };
    case 'pass':
      return {
        verdict: 'no_evidence',
        sentence: 'the suite has no slice that could show a rise',
        needed: casesNeeded(registered.smallestEffect, 0, alphaOf(registered)),
      };
    case 'no_evidence':
      return cause.step === 'slice' && cause.comparison !== null
        ? bySlice(cause.comparison, cause.sentence, registered)
        : { verdict: 'no_evidence', ...said };
  }
}

function bySlice(comparison: Comparison, sentence: string, registered: Registered): FixJudgment {
  const { smallestEffect } = registered;
  const [, most] = comparison.interval;
  if (most < smallestEffect)
    return {
      verdict: 'refuted',
      sentence: `the slice rises by less than the ${percent(smallestEffect)} that is worth having (at most ${percent(Math.max(0, most))}): ${comparison.better} better, ${comparison.worse} worse of ${comparison.cases}`,
      needed: null,
    };
  return { verdict: 'no_evidence', sentence, needed: moreNeeded(comparison, registered) };
}

/** More slice cases that would decide in four of five runs, if they turned out like these; else if the change had the smallest effect. */
function moreNeeded({ cases, better, worse }: Comparison, registered: Registered): number | null {
  const isRising = better > worse;
  const all = isRising
    ? casesNeeded(better / cases, worse / cases, alphaOf(registered))
    : casesNeeded(registered.smallestEffect, 0, alphaOf(registered));
  return all === null ? null : Math.max(1, all - cases);
}

const alphaOf = ({ family }: Registered): { readonly alpha: number } => ({ alpha: ALPHA / family });
