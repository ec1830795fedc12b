/** Where calls begin: above, at most `risk` of the sound lie; below, at most `risk` of the failed. */
export interface Bounds {
  readonly risk: number;
  readonly suspectAbove: number;
  readonly soundBelow: number;
}

/** Of either error, at most. */
const RISK = 0.1;

interface Judged {
  readonly p: number;
  readonly failed: boolean;
  readonly task: number;
}

/**
 * Conformal bounds per class (Vovk 2012) on probabilities out of fold. Tasks are exchangeable, runs of one task are not:
 * each task weighs 1 / (tasks + 1), its runs share it, and the rest stands for the task to come (Lee, Barber, Willett
 * 2023). Null where a class has fewer than 9 tasks, for which no bound at 10% holds.
 */
export function boundsOf(judged: readonly Judged[]): Bounds | null {
  const soundBelow = quantileOf(
    judged.filter(({ failed }) => failed),
    ({ p }) => p,
  );
  const suspectAbove = quantileOf(
    judged.filter(({ failed }) => !failed),
    ({ p }) => -p,
  );
  return soundBelow === null || suspectAbove === null
    ? null
    : { risk: RISK, soundBelow, suspectAbove: -suspectAbove };
}

/** The highest value below which at most `RISK` of the weight lies. */
function quantileOf(judged: readonly Judged[], sizeOf: (each: Judged) => number): number | null {
  const tasks = Map.groupBy(judged, ({ task }) => task);
  const share = 1 / (tasks.size + 1);
  if (share > RISK) return null;
  const weighed = judged
    .map((each) => ({ value: sizeOf(each), weight: share / tasks.get(each.task)!.length }))
    .sort((a, b) => a.value - b.value);
  let below = share;
  for (const { value, weight } of weighed) {
    below += weight;
    if (below > RISK + 1e-9) return value;
  }
  return null;
}

export type Call = 'suspect' | 'sound' | 'unsure';

/** Unsure where both classes are possible at the risk, or neither is. */
export function callOf(p: number, { suspectAbove, soundBelow }: Bounds): Call {
  const mayBeSound = p <= suspectAbove;
  const mayHaveFailed = p >= soundBelow;
  if (mayHaveFailed === mayBeSound) return 'unsure';
  return mayHaveFailed ? 'suspect' : 'sound';
}
