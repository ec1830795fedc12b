import { fisherExact } from '../../numeric/statistics/fisher-exact.ts';
import { holm } from '../../numeric/statistics/holm.ts';
import { percent } from '../../text/format.ts';
import type { Divergence } from './first-divergence.ts';
import type { Run } from './run.ts';
import type { PathStep } from './tool-path.ts';

const SIGNIFICANT = 0.05;
const CLEAR_DIFFERENCE = 0.3;
const SENTENCES = 2;

/**
 * Finds tools that are called or fail clearly more or less often than in the nearest passing runs: 30 points
 * apart and p < 0.05 by Fisher's exact test, Holm-corrected over all steps. At most two, largest difference first,
 * without the step already reported as the first divergence.
 */
export function stepContrast(
  members: readonly Run[],
  nearest: readonly Run[],
  reported: Pick<Divergence, 'step' | 'share'> | null,
): string[] {
  const reportedStep = reported?.step ? keysOf(reported.step).at(-1) : null;
  const here = counts(members);
  const there = counts(nearest);
  const steps = [...new Set([...here.keys(), ...there.keys()])].sort().map((step) => {
    const inside = here.get(step) ?? 0;
    const outside = there.get(step) ?? 0;
    return {
      step,
      inside: inside / members.length,
      outside: outside / nearest.length,
      p: fisherExact(inside, members.length, outside, nearest.length),
    };
  });
  const corrected = holm(steps.map(({ p }) => p));
  return steps
    .filter((_, index) => corrected[index]! < SIGNIFICANT)
    .map((step) => ({ ...step, difference: Math.abs(step.inside - step.outside) }))
    .filter(({ difference }) => difference >= CLEAR_DIFFERENCE)
    .filter(({ step, inside }) => !(step === reportedStep && inside === reported?.share))
    .sort((a, b) => b.difference - a.difference)
    .slice(0, SENTENCES)
    .map(
      ({ step, inside, outside }) =>
        `${step} in ${percent(inside)} of these failures and in ${percent(outside)} of the nearest passing traces`,
    );
}

/** Number of runs in which each tool was called or failed. */
function counts(runs: readonly Run[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { steps } of runs)
    for (const step of new Set(steps.flatMap(keysOf))) found.set(step, (found.get(step) ?? 0) + 1);
  return found;
}

const keysOf = ({ tool, failed }: PathStep): string[] => [
  `\`${tool}\` is called`,
  ...(failed ? [`\`${tool}\` fails`] : []),
];
