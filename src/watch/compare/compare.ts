import type { Analysis } from '../../contract/analysis.ts';
import type { Detected } from '../../contract/detected.ts';
import type { CauseChange, Diff } from '../../contract/diff.ts';
import type { Ledger } from '../../contract/ledger.ts';
import { count } from '../../text/format.ts';
import { type CauseEvents, causeEvents } from '../causes/cause-events.ts';
import { mixShift } from '../mix/mix-shift.ts';
import { sampleRatio } from '../mix/sample-ratio.ts';
import { strataOf } from '../mix/strata.ts';
import { AFTER, BEFORE, type Sides } from '../sides/sides.ts';
import { attributeDifferences } from './attribute-differences.ts';
import { type ComparedCause, causeChanges } from './cause-changes.ts';
import { rateOn, sizesOf } from './cause-rates.ts';
import { completed } from './completed.ts';
import { describeSide, noRatesFor } from './figures.ts';
import { standardizeCauses } from './standardize-causes.ts';

/** An analysis with the ledger of its traces. */
export interface ComparedRun {
  readonly analysis: Analysis;
  readonly detected: Pick<Detected, 'ledger'>;
}

export interface CompareOptions {
  /** Intended share of the traces on the second side; null if none was planned. */
  readonly expectedShare: number | null;
}

const MOST_EXEMPLARS = 5;

/** What changed between two sides of an input that was analyzed together. */
export function compareSides(
  { analysis, detected }: ComparedRun,
  sides: Sides,
  { expectedShare }: CompareOptions,
): Diff {
  const ledger = detected.ledger!;
  const noRates = noRatesFor(analysis.options);
  const before = describeSide(BEFORE, sides.before, ledger, sides.of, noRates);
  const after = describeSide(AFTER, sides.after, ledger, sides.of, noRates);
  const sideOfTrace = new Map(ledger.failures.map(({ row, id }) => [id, sides.of[row]!]));
  const idOf = new Map(ledger.failures.map(({ row, id }) => [row, id]));
  const weight = analysis.failures.reduce((sum, each) => sum + each.weight, 0);
  const typical = weight / Math.max(1, analysis.failures.length);
  const events = causeEvents(analysis, ledger, sides.of).filter(({ rows }) => rows.length > 0);
  const causes = events.map((each): ComparedCause => {
    const { cluster, isEstimate, rows } = each;
    const exemplars = (side: number) => exemplarsOf(each, side, sides, idOf, sideOfTrace);
    return {
      ...{ cluster, isEstimate, rows, isNamed: cluster.leftover === null },
      rates: [
        rateOn(BEFORE, each, sides.of, before.traces, typical),
        rateOn(AFTER, each, sides.of, after.traces, typical),
      ],
      exemplars: [exemplars(BEFORE), exemplars(AFTER)],
    };
  });
  const strata = strataOf(ledger, sides.of, sides.by).map((each) => ({
    strata: each,
    sizes: sizesOf(each, sides.of),
  }));
  const { changes, tested } = causeChanges(causes, {
    noRates,
    differencesOf: (rows) => attributeDifferences(rows, ledger, sides),
    standardize: (found) =>
      standardizeCauses(
        found.map((each, at) => ({ ...each, events: events[at]! })),
        strata,
        sides.of,
      ),
  });
  return completed({
    ...{ toolVersion: analysis.toolVersion, by: sides.by, before, after, noRates, tested },
    causes: changes,
    mix: strata.map(({ strata: each, sizes }) => mixShift(each, sizes)),
    sampleRatio:
      expectedShare === null ? null : sampleRatio(before.traces, after.traces, expectedShare),
    failures: analysis.failures.flatMap(({ traceId, cluster: cause }) => {
      const side = sideOfTrace.get(traceId) ?? -1;
      return side < 0 ? [] : [{ traceId, side: side === BEFORE ? 'before' : 'after', cause }];
    }),
    remarks: [...sides.remarks, ...remarksOn(ledger, changes)],
  });
}

/** Failures of the cause on one side: the typical ones of the whole cause first, then others. */
function exemplarsOf(
  { cluster, rows }: CauseEvents,
  side: number,
  { of }: Sides,
  idOf: ReadonlyMap<number, string>,
  sideOfTrace: ReadonlyMap<string, number>,
): readonly string[] {
  const found = new Set(cluster.exemplars.filter((id) => sideOfTrace.get(id) === side));
  for (const row of rows) {
    if (found.size >= MOST_EXEMPLARS) break;
    if (of[row] === side) found.add(idOf.get(row)!);
  }
  return [...found].slice(0, MOST_EXEMPLARS);
}

function remarksOn({ rows, eligible }: Ledger, causes: readonly CauseChange[]): readonly string[] {
  const estimated = causes.filter(({ isEstimate }) => isEstimate).length;
  return [
    ...(rows < eligible
      ? [`of ${count(eligible)} traces, a random draw of ${count(rows)} was compared`]
      : []),
    ...(estimated > 0
      ? [
          `the failures of ${count(estimated)} ${estimated === 1 ? 'cause are' : 'causes are'} estimated from a sample; --sample all counts every one`,
        ]
      : []),
  ];
}
