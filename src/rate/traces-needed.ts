import { tracesPerArm } from '../numeric/statistics/power.ts';
import { addedRate, type Rate, shareOf } from './rate.ts';
import { SIGNIFICANT, VERSION_FLOOR } from './rate-change.ts';

/**
 * How many more traces each side needs to tell, at 80% power when as many causes are `tested`: a doubling of the rate of
 * both sides together; where there are enough for that, a halving; and where there are enough for both, the difference that
 * is seen. Never fewer than a test takes. Null where nothing was seen at all, and where the rates are equal.
 */
export function tracesNeeded(before: Rate, after: Rate, tested: number): number | null {
  const alpha = SIGNIFICANT / Math.max(1, tested);
  const pooled = shareOf(addedRate(before, after));
  if (pooled <= 0) return null;
  const there = Math.min(before.exposures, after.exposures);
  // Of a sample, each exposure that counts takes several.
  const each = Math.max(1, there / Math.max(1, Math.min(before.among, after.among)));
  const more = (from: number, to: number): number =>
    Math.ceil(each * tracesPerArm(from, Math.min(1, to), { alpha }) - there);
  const untested = Math.ceil(each * VERSION_FLOOR.exposures - there);
  const doubled = Math.max(untested, more(pooled, 2 * pooled));
  if (doubled > 0) return doubled;
  const halved = more(pooled, pooled / 2);
  if (halved > 0) return halved;
  const [from, to] = [shareOf(before), shareOf(after)];
  if (from === to) return null;
  const seen = more(from, to);
  return seen > 0 && Number.isSafeInteger(seen) ? seen : null;
}
