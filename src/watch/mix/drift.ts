import { sameDistribution } from '../../numeric/statistics/chi-square.ts';
import { intentsOf } from './intents.ts';
import { ALARM } from './mix-shift.ts';

/** A trace as far as drift heeds it. */
export interface DriftTrace {
  readonly operation: string;
  /** What was asked; its first words count. */
  readonly input: string;
}

/** The traffic has another mix than before. */
export interface Shift {
  /** `operation`: what is run; `input`: what is asked, grouped by words. */
  readonly by: 'operation' | 'input';
  /** Share of the traces that would have to be others for the mix to be the one before, beyond what chance makes. */
  readonly distance: number;
  /** χ² test that both have the same mix. */
  readonly p: number;
  /** The value whose share changed most. */
  readonly most: { readonly value: string; readonly before: number; readonly after: number };
}

/** Fewer traces on a side say nothing. */
const LEAST = 200;
const DISTANCE = 0.1;

/**
 * How the traffic differs from that before, in what is run and what is asked: where at least a tenth of the traces is
 * another mix, beyond chance (p < 0.001). Says nothing below 200 traces on either side.
 */
export function shiftsOf(
  before: readonly DriftTrace[],
  after: readonly DriftTrace[],
): readonly Shift[] {
  if (Math.min(before.length, after.length) < LEAST) return [];
  const all = [...before, ...after];
  const { names, of } = intentsOf(all.map(({ input }) => input));
  const sides = [
    { by: 'operation' as const, values: all.map(({ operation }) => operation) },
    { by: 'input' as const, values: [...of].map((at) => names[at] ?? '') },
  ];
  return sides.flatMap(({ by, values }) => {
    const found = shiftOf(values, before.length);
    return found !== null && found.p < ALARM && found.distance >= DISTANCE
      ? [{ by, ...found }]
      : [];
  });
}

/** Null where nothing is recorded. @param first how many of the values are from before. */
function shiftOf(values: readonly string[], first: number): Omit<Shift, 'by'> | null {
  const known = [...new Set(values)].filter((value) => value !== '').sort();
  const counts = known.map((value) => {
    const at = values.flatMap((each, place) => (each === value ? [place] : []));
    const early = at.filter((place) => place < first).length;
    return { value, before: early, after: at.length - early };
  });
  const [n1, n2] = [sum(counts.map(({ before }) => before)), sum(counts.map(({ after }) => after))];
  if (Math.min(n1, n2) < LEAST) return null;
  const shares = counts
    .map((each) => ({ ...each, before: each.before / n1, after: each.after / n2 }))
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
  // Half the sum of the differences, less what two draws of one mix have on average.
  const seen = sum(shares.map(({ before, after }) => Math.abs(after - before))) / 2;
  const byChance = sum(
    counts.map(({ before, after }) => {
      const share = (before + after) / (n1 + n2);
      return Math.sqrt((share * (1 - share) * (1 / n1 + 1 / n2)) / (2 * Math.PI));
    }),
  );
  return {
    distance: seen - byChance,
    p: sameDistribution(
      counts.map(({ before }) => before),
      counts.map(({ after }) => after),
    ),
    most: shares[0]!,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
