import type { Relocation } from '../../contract/verdict.ts';
import { holm } from '../../numeric/statistics/holm.ts';
import { mcnemar } from '../../numeric/statistics/mcnemar.ts';
import { ALPHA, type CountedCase } from './judge-cases.ts';
import { type AttemptOutcome, FIXED_CAUSE } from './outcomes.ts';

/** Another cause rose by as much as the fixed one fell when it took at least this share of its cases. */
const AS_MUCH = 0.5;

/**
 * Whether the failures of the slice moved to another cause: the cause of the suite fell, and another rose by as much.
 * Both by the sign test over the cases, in each of which a cause has the share of its attempts; the rise by Holm over
 * the causes that rose. Null where they did not.
 */
export function relocationOf(counted: readonly CountedCase[]): Relocation | null {
  const shares = counted.flatMap(({ outcomes: { role, broken, candidate, baseline } }) => {
    if (role !== 'slice' || broken !== null || baseline === null) return [];
    const [before, after] = [causeShares(baseline), causeShares(candidate)];
    return before === null || after === null ? [] : [{ before, after }];
  });
  const changeOf = (cause: string): Change => {
    const changes = shares.map(
      ({ before, after }) => (after.get(cause) ?? 0) - (before.get(cause) ?? 0),
    );
    const rose = changes.filter((change) => change > 0).length;
    const fell = changes.filter((change) => change < 0).length;
    return {
      mean: changes.reduce((sum, change) => sum + change, 0) / Math.max(1, changes.length),
      p: mcnemar(rose, fell)?.p ?? 1,
    };
  };
  const fixed = changeOf(FIXED_CAUSE);
  if (fixed.mean >= 0 || fixed.p >= ALPHA) return null;
  const others = [...new Set(shares.flatMap(({ after }) => [...after.keys()]))]
    .filter((cause) => cause !== FIXED_CAUSE)
    .sort()
    .map((cause) => ({ cause, ...changeOf(cause) }))
    .filter(({ mean }) => mean > 0);
  const adjusted = holm(others.map(({ p }) => p));
  const [most] = others
    .map((other, index) => ({ ...other, p: adjusted[index]! }))
    .filter(({ mean, p }) => p < ALPHA && mean >= AS_MUCH * -fixed.mean)
    .sort((a, b) => b.mean - a.mean);
  return most === undefined
    ? null
    : { cause: most.cause, fell: -fixed.mean, rose: most.mean, p: most.p };
}

interface Change {
  readonly mean: number;
  readonly p: number;
}

/** Share of the decided attempts that show each cause; null where none was decided. */
function causeShares(attempts: readonly AttemptOutcome[]): ReadonlyMap<string, number> | null {
  const decided = attempts.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail');
  if (decided.length === 0) return null;
  const shares = new Map<string, number>();
  for (const { causes = [] } of decided)
    for (const cause of new Set(causes))
      shares.set(cause, (shares.get(cause) ?? 0) + 1 / decided.length);
  return shares;
}
