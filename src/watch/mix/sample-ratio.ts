import type { Diff } from '../../contract/diff.ts';
import { chiSquareTail } from '../../numeric/statistics/chi-square.ts';
import { significantDigits } from '../../rate/rate-change.ts';
import { round } from '../../text/round.ts';
import { ALARM } from './mix-shift.ts';

/**
 * Whether the traces of both sides came in the ratio that was intended, by Pearson's χ² with one degree of freedom. An
 * experiment that lost traces on one side lost them for a reason.
 * @param expected share of the traces that should be on the second side.
 */
export function sampleRatio(
  before: number,
  after: number,
  expected: number,
): NonNullable<Diff['sampleRatio']> {
  const total = before + after;
  const wanted = total * expected;
  const statistic =
    (after - wanted) ** 2 / wanted + (before - (total - wanted)) ** 2 / (total - wanted);
  const p = chiSquareTail(statistic, 1);
  return { expected, found: round(after / total), p: significantDigits(p), isAlarm: p < ALARM };
}
