import type { Analysis } from '../../contract/analysis.ts';
import { CHANGE_STATES, type ChangeState } from '../../contract/change-state.ts';
import {
  type CauseChange,
  type CauseSide,
  DIFF_VERSION,
  type Diff,
  type DiffSide,
} from '../../contract/diff.ts';
import type { Ledger } from '../../contract/ledger.ts';
import { countedRate, perThousand, type Rate } from '../../rate/rate.ts';
import {
  adjust,
  rateChange,
  significantDigits,
  testOf,
  VERSION_FLOOR,
} from '../../rate/rate-change.ts';
import { tracesNeeded } from '../../rate/traces-needed.ts';
import { count } from '../../text/format.ts';
import { round } from '../../text/round.ts';
import { type CauseEvents, causeEvents } from '../causes/cause-events.ts';
import { mixShift } from '../mix/mix-shift.ts';
import { sampleRatio } from '../mix/sample-ratio.ts';
import { strataOf } from '../mix/strata.ts';
import { AFTER, BEFORE, type Sides } from '../sides/sides.ts';
import { attributeDifferences } from './attribute-differences.ts';
import { rateOn, sizesOf } from './cause-rates.ts';
import { diffHeadline } from './headline.ts';
import { standardizeCauses } from './standardize-causes.ts';

export interface CompareOptions {
  /** Intended share of the traces on the second side; null where there is none. */
  readonly expectedShare: number | null;
}

const MOST_EXEMPLARS = 5;

/** What changed between two sides of an input that was analyzed together. */
export function compareSides(
  analysis: Analysis,
  ledger: Ledger,
  sides: Sides,
  { expectedShare }: CompareOptions,
): Diff {
  const noRates = noRatesFor(analysis.options);
  const exposures = [BEFORE, AFTER].map((side) =>
    sides.of.reduce((sum, each) => sum + Number(each === side), 0),
  );
  const typical =
    analysis.failures.reduce((sum, { weight }) => sum + weight, 0) /
    Math.max(1, analysis.failures.length);
  const causes = causeEvents(analysis, ledger, sides.of)
    .map((events) => ({
      events,
      rates: [BEFORE, AFTER].map((side) =>
        rateOn(side, events, sides.of, exposures[side]!, typical),
      ) as [Rate, Rate],
    }))
    .filter(({ rates }) => rates[BEFORE].events + rates[AFTER].events > 0);
  const ps = causes.map(({ rates: [before, after] }) =>
    noRates === null ? testOf(before, after, VERSION_FLOOR) : null,
  );
  const qs = adjust(ps);
  const tested = ps.filter((p) => p !== null).length;
  const compared = causes.map(({ events, rates }, at) => ({
    ...{ events, rates, p: ps[at]!, q: qs[at]! },
    change: rateChange(...rates, qs[at]!),
  }));
  const strata = strataOf(ledger, sides.of, sides.by).map((each) => ({
    strata: each,
    sizes: sizesOf(each, sides.of),
  }));
  const standardized = standardizeCauses(compared, strata, sides.of);
  const grown = compared.flatMap(({ change }, at) =>
    change.state === 'new' || change.state === 'grown' ? [at] : [],
  );
  const differences = attributeDifferences(
    grown.map((at) => compared[at]!.events.rows),
    ledger,
    sides,
  );
  const idOf = new Map(ledger.failures.map(({ row, id }) => [row, id]));
  const sideOfTrace = new Map(ledger.failures.map(({ row, id }) => [id, sides.of[row]!]));
  const sideOf = (side: number, cause: (typeof compared)[number]): CauseSide => ({
    ...figuresOf(cause.rates[side as 0 | 1], noRates),
    exemplars: exemplarsOf(cause.events, side, sides, idOf, sideOfTrace),
  });
  const changes = compared.map((cause, at): CauseChange => {
    const { cluster, isEstimate } = cause.events;
    const { change, p, q, rates } = cause;
    return {
      id: cluster.id,
      title: cluster.title,
      category: cluster.category,
      layer: cluster.layer,
      severity: cluster.severity,
      isNamed: cluster.leftover === null,
      state: change.state,
      isMix: standardized[at]!.some(({ disagrees }) => disagrees),
      isEstimate,
      before: sideOf(BEFORE, cause),
      after: sideOf(AFTER, cause),
      ...(noRates === null
        ? {
            difference: round(1000 * change.difference),
            differenceInterval: [
              round(1000 * change.interval[0]),
              round(1000 * change.interval[1]),
            ] as const,
            ratio: change.ratio === null ? null : round(change.ratio),
          }
        : { difference: null, differenceInterval: null, ratio: null }),
      p: p === null ? null : significantDigits(p),
      q: q === null ? null : significantDigits(q),
      needed:
        noRates === null && change.state === 'cannot tell' ? tracesNeeded(...rates, tested) : null,
      standardized: standardized[at]!,
      differs: differences[grown.indexOf(at)] ?? [],
    };
  });
  return completed({
    toolVersion: analysis.toolVersion,
    by: sides.by,
    before: describeSide(BEFORE, sides.before, ledger, sides, noRates),
    after: describeSide(AFTER, sides.after, ledger, sides, noRates),
    noRates,
    tested,
    causes: changes,
    mix: strata.map(({ strata: each, sizes }) => mixShift(each, sizes)),
    sampleRatio:
      expectedShare === null
        ? null
        : sampleRatio(exposures[BEFORE]!, exposures[AFTER]!, expectedShare),
    failures: analysis.failures.flatMap(({ traceId, cluster }) => {
      const side = sideOfTrace.get(traceId) ?? -1;
      return side < 0
        ? []
        : [
            {
              traceId,
              side: side === BEFORE ? ('before' as const) : ('after' as const),
              cause: cluster,
            },
          ];
    }),
    remarks: [...sides.remarks, ...remarksOn(ledger, changes)],
  });
}

/** With the headline and the counts, in the order in which causes are listed. */
export function completed(parts: Omit<Diff, 'version' | 'headline' | 'counts' | 'mixed'>): Diff {
  const causes = parts.causes.toSorted(inOrder);
  const named = causes.filter(({ isNamed }) => isNamed);
  const mixed = named.filter(isMoved).length;
  const counts = Object.fromEntries(
    CHANGE_STATES.map((state) => [
      state,
      named.filter((cause) => cause.state === state && !isMoved(cause)).length,
    ]),
  ) as Record<ChangeState, number>;
  const { toolVersion, by, before, after, ...rest } = parts;
  const headline = diffHeadline({ before, after, causes, noRates: parts.noRates, mixed });
  return {
    version: DIFF_VERSION,
    toolVersion,
    by,
    before,
    after,
    headline,
    counts,
    mixed,
    ...rest,
    causes,
  };
}

/** Raw rates moved, and standardized ones did not. */
const isMoved = ({ isMix, state }: CauseChange): boolean =>
  isMix && state !== 'same' && state !== 'cannot tell';

function inOrder(a: CauseChange, b: CauseChange): number {
  const place = ({ isNamed, state }: CauseChange): number =>
    CHANGE_STATES.indexOf(state) + (isNamed ? 0 : CHANGE_STATES.length);
  const size = ({ difference, before, after }: CauseChange): number =>
    difference === null ? (before.events + after.events) / 1e6 : Math.abs(difference);
  return place(a) - place(b) || size(b) - size(a) || (a.id < b.id ? -1 : 1);
}

/** Groups of all traces are no rates of failures; what a score rule picks is no draw of the traffic. */
export function noRatesFor({
  all,
  scores,
}: Pick<Analysis['options'], 'all' | 'scores'>): string | null {
  if (all)
    return 'with --all, groups hold traces that did not fail, so there are no rates of failure';
  if (scores.length > 0)
    return 'a --score rule chose which traces count as failed, so there are no rates';
  return null;
}

/** Events, exposures and the rate of one side. */
export function figuresOf(rate: Rate, noRates: string | null): Omit<CauseSide, 'exemplars'> {
  const { events, exposures } = rate;
  const { rate: perTraces, interval } = perThousand(rate);
  return {
    events: round(events),
    exposures,
    ratePerThousand: noRates === null ? round(perTraces) : null,
    rateInterval: noRates === null ? [round(interval[0]), round(interval[1])] : null,
  };
}

/** Failures of the cause on one side: the typical ones of the whole cause first, then others. */
function exemplarsOf(
  { cluster, rows }: CauseEvents,
  side: number,
  { of }: Sides,
  idOf: ReadonlyMap<number, string>,
  sideOfTrace: ReadonlyMap<string, number>,
): readonly string[] {
  const typical = cluster.exemplars.filter((id) => sideOfTrace.get(id) === side);
  const found = new Set(typical);
  for (const row of rows) {
    if (found.size >= MOST_EXEMPLARS) break;
    if (of[row] === side) found.add(idOf.get(row)!);
  }
  return [...found].slice(0, MOST_EXEMPLARS);
}

function describeSide(
  side: number,
  name: string,
  ledger: Ledger,
  { of }: Sides,
  noRates: string | null,
): DiffSide {
  let traces = 0;
  let failed = 0;
  let firstSeen: number | null = null;
  let lastSeen: number | null = null;
  for (const [row, each] of of.entries()) {
    if (each !== side) continue;
    traces += 1;
    failed += ledger.failed[row]!;
    const time = ledger.startTime[row]!;
    if (Number.isNaN(time)) continue;
    firstSeen = Math.min(firstSeen ?? time, time);
    lastSeen = Math.max(lastSeen ?? time, time);
  }
  const { ratePerThousand, rateInterval } = figuresOf(countedRate(failed, traces), noRates);
  return { name, traces, failed, ratePerThousand, rateInterval, firstSeen, lastSeen };
}

function remarksOn({ rows, eligible }: Ledger, causes: readonly CauseChange[]): readonly string[] {
  const estimated = causes.filter(({ isEstimate }) => isEstimate).length;
  return [
    ...(rows < eligible
      ? [`of ${count(eligible)} traces a random draw of ${count(rows)} was compared`]
      : []),
    ...(estimated > 0
      ? [
          `${count(estimated)} ${estimated === 1 ? 'cause is' : 'causes are'} estimated from the sampled failures; --sample all counts every one`,
        ]
      : []),
  ];
}
