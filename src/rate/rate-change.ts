import type { ChangeState } from '../contract/change-state.ts';
import { benjaminiHochberg } from '../numeric/statistics/benjamini-hochberg.ts';
import { compareProportions } from '../numeric/statistics/compare-proportions.ts';
import { newcombe } from '../numeric/statistics/newcombe.ts';
import { wilson } from '../numeric/statistics/wilson.ts';
import { type Rate, shareOf } from './rate.ts';

/** What must be there for a test: exposures on each side, and events together. */
export interface Floor {
  readonly exposures: number;
  readonly events: number;
}

export const VERSION_FLOOR: Floor = { exposures: 100, events: 5 };
export const TENANT_FLOOR: Floor = { exposures: 20, events: 5 };

/** A difference counts below this q. */
export const SIGNIFICANT = 0.05;

/** p-value that two rates are equal; null where there is too little to test. */
export function testOf(a: Rate, b: Rate, floor: Floor): number | null {
  const enough =
    a.among >= floor.exposures && b.among >= floor.exposures && a.seen + b.seen >= floor.events;
  return enough ? compareProportions(a.seen, a.among, b.seen, b.among) : null;
}

/** Benjamini and Hochberg's q of those that were tested. */
export function adjust(ps: readonly (number | null)[]): (number | null)[] {
  const adjusted = benjaminiHochberg(ps.filter((p) => p !== null)).values();
  return ps.map((p) => (p === null ? null : adjusted.next().value!));
}

export interface RateChange {
  readonly state: ChangeState;
  /** After − before, as shares, with Newcombe's 95% interval. */
  readonly difference: number;
  readonly interval: readonly [number, number];
  /** Null where there was none before. */
  readonly ratio: number | null;
}

/** @param q of the test; null where it was not tested. */
export function rateChange(before: Rate, after: Rate, q: number | null): RateChange {
  const [from, to] = [shareOf(before), shareOf(after)];
  const interval = newcombe(after.seen, after.among, before.seen, before.among);
  return {
    state: stateOf(before, after, interval, q),
    difference: to - from,
    interval,
    ratio: from > 0 ? to / from : null,
  };
}

function stateOf(
  before: Rate,
  after: Rate,
  interval: readonly [number, number],
  q: number | null,
): ChangeState {
  if (q === null) return 'cannot tell';
  if (q >= SIGNIFICANT) return isNarrow(interval, shareOf(before)) ? 'same' : 'cannot tell';
  if (shareOf(after) > shareOf(before)) return isAlone(after, before) ? 'new' : 'grown';
  return isAlone(before, after) ? 'gone' : 'shrunk';
}

/** Below this share of the rate on the other side, a cause counts as not there. */
const HARDLY = 0.1;

/** At least five events here, and the other side is surely below a tenth of this rate. */
function isAlone(here: Rate, there: Rate): boolean {
  const [, most] = wilson(shareOf(there), there.among);
  return here.seen >= VERSION_FLOOR.events && most < HARDLY * shareOf(here);
}

/** The interval of a difference excludes a doubling and a halving of the rate. */
export const isNarrow = ([low, high]: readonly [number, number], rate: number): boolean =>
  high < rate && low > -rate / 2;

/** Three digits say enough of a p-value. */
export const significantDigits = (value: number): number => Number(value.toPrecision(3));
