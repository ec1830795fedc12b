import type { Cluster } from '../../contract/cluster.ts';
import type { AttributeDifference, CauseChange, Standardized } from '../../contract/diff.ts';
import type { Rate } from '../../rate/rate.ts';
import {
  adjust,
  type RateChange,
  rateChange,
  significantDigits,
  testOf,
  VERSION_FLOOR,
} from '../../rate/rate-change.ts';
import { tracesNeeded } from '../../rate/traces-needed.ts';
import { round } from '../../text/round.ts';
import { AFTER, BEFORE } from '../sides/sides.ts';
import { figuresOf } from './figures.ts';

/** A cause with its rates before and after. */
export interface ComparedCause {
  readonly cluster: Pick<Cluster, 'id' | 'title' | 'category' | 'layer' | 'severity'>;
  readonly isNamed: boolean;
  readonly isEstimate: boolean;
  readonly rates: readonly [Rate, Rate];
  /** Of each side, trace ids. */
  readonly exemplars: readonly [readonly string[], readonly string[]];
  /** Rows of the ledger that failed by it. */
  readonly rows: readonly number[];
}

/** A cause with its raw comparison. */
interface TestedCause {
  readonly rates: readonly [Rate, Rate];
  readonly change: RateChange;
  /** Null where it was not tested. */
  readonly p: number | null;
  readonly q: number | null;
}

interface Deps {
  /** Why no rates can be computed; null where they are. */
  readonly noRates: string | null;
  /** What failures of the second side have that others have not, for these causes. */
  readonly differencesOf: (
    rows: readonly (readonly number[])[],
  ) => readonly (readonly AttributeDifference[])[];
  /** The rates of each cause with one mix of traffic. Default: not known. */
  readonly standardize?: (tested: readonly TestedCause[]) => readonly (readonly Standardized[])[];
}

/** The state of each cause, tested together; and how many could be tested. */
export function causeChanges(
  causes: readonly ComparedCause[],
  { noRates, differencesOf, standardize }: Deps,
): { readonly changes: readonly CauseChange[]; readonly tested: number } {
  const ps = causes.map(({ rates: [before, after] }) =>
    noRates === null ? testOf(before, after, VERSION_FLOOR) : null,
  );
  const qs = adjust(ps);
  const tested = causes.map(({ rates }, at): TestedCause => {
    const q = qs[at] ?? null;
    return { rates, p: ps[at] ?? null, q, change: rateChange(...rates, q) };
  });
  const count = ps.filter((p) => p !== null).length;
  const standardized = standardize?.(tested);
  const rising = tested.flatMap(({ change: { state } }, at) =>
    state === 'new' || state === 'grown' ? [at] : [],
  );
  const differences = differencesOf(rising.map((at) => causes[at]!.rows));
  const changes = causes.map((cause, at): CauseChange => {
    const own = standardized?.[at] ?? [];
    return {
      ...describe(cause),
      ...changeFigures(tested[at]!, noRates, count),
      isMix: own.some(({ disagrees }) => disagrees),
      before: { ...figuresOf(cause.rates[BEFORE], noRates), exemplars: cause.exemplars[BEFORE] },
      after: { ...figuresOf(cause.rates[AFTER], noRates), exemplars: cause.exemplars[AFTER] },
      standardized: own,
      differs: differences[rising.indexOf(at)] ?? [],
    };
  });
  return { changes, tested: count };
}

const describe = ({ cluster, isNamed, isEstimate }: ComparedCause) => ({
  id: cluster.id,
  title: cluster.title,
  category: cluster.category,
  layer: cluster.layer,
  severity: cluster.severity,
  isNamed,
  isEstimate,
});

function changeFigures(
  { rates, change, p, q }: TestedCause,
  noRates: string | null,
  tested: number,
) {
  const { state, difference, interval, ratio } = change;
  const isOpen = noRates === null && state === 'cannot tell';
  return {
    state,
    difference: noRates === null ? round(1000 * difference) : null,
    differenceInterval:
      noRates === null ? ([round(1000 * interval[0]), round(1000 * interval[1])] as const) : null,
    ratio: noRates === null && ratio !== null ? round(ratio) : null,
    p: p === null ? null : significantDigits(p),
    q: q === null ? null : significantDigits(q),
    needed: isOpen ? tracesNeeded(...rates, tested) : null,
  };
}
