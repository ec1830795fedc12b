import type { Analysis } from '../../contract/analysis.ts';
import type { CauseSide, DiffSide } from '../../contract/diff.ts';
import type { Ledger } from '../../contract/ledger.ts';
import { countedRate, perThousand, type Rate } from '../../rate/rate.ts';
import { round } from '../../text/round.ts';

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

/** A whole side: its traces, how many failed, and when they began. */
export function describeSide(
  side: number,
  name: string,
  ledger: Ledger,
  sideOf: Int8Array,
  noRates: string | null,
): DiffSide {
  let traces = 0;
  let failed = 0;
  let firstSeen: number | null = null;
  let lastSeen: number | null = null;
  for (const [row, each] of sideOf.entries()) {
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
