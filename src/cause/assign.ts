import type { FactRow } from '../contract/fact-rows.ts';
import type { KnownCause } from '../contract/frozen-model.ts';
import { conditionTest } from '../text/fact-row.ts';

/** Position of the cause that a failure belongs to, -1 for none. */
type Assign = (facts: FactRow) => number;

/**
 * Assigns failures to known causes: a failure belongs to the first cause in rank whose condition it meets, one that meets
 * none is novel. The facts must have been read by the file facts of the same analysis.
 * @param causes in order of rank.
 */
export function assigner(causes: readonly Pick<KnownCause, 'condition'>[]): Assign {
  const tests = causes.map(({ condition }) => condition && conditionTest(condition));
  return (facts) => tests.findIndex((test) => test?.(facts) ?? false);
}

/** Position of the cause that a failure belongs to, -1 for none, and how many causes it could belong to. */
interface Placing {
  readonly cause: number;
  readonly met: number;
}

/**
 * Assigns as `assigner` does, and counts the causes whose condition a failure meets: it lies at the edge of its cause where
 * it meets several.
 * @param causes in order of rank.
 */
export function placer(
  causes: readonly Pick<KnownCause, 'condition'>[],
): (facts: FactRow) => Placing {
  const tests = causes.map(({ condition }) => condition && conditionTest(condition));
  return (facts) => {
    const met = tests.flatMap((test, at) => (test?.(facts) === true ? [at] : []));
    return { cause: met[0] ?? -1, met: met.length };
  };
}
