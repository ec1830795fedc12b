import { normalTail } from '../../numeric/statistics/normal.ts';

/** Values of a score of the traces of one cause, before and in the window of an alert. */
export interface MeanPart {
  /** Null: traces without a cause. */
  readonly cause: string | null;
  readonly before: Values;
  readonly now: Values;
}

export interface Values {
  readonly count: number;
  readonly total: number;
  /** Sum of the squared values. */
  readonly squares: number;
}

/** How much of the change of a mean one cause explains. */
interface MeanShare {
  readonly cause: string;
  /** Of the change of the mean, in its unit. */
  readonly change: number;
  /** That there are more or fewer of its traces. */
  readonly byShare: number;
  /** That its traces score higher or lower. */
  readonly byMean: number;
  /** Standard error of `change`. */
  readonly error: number;
  /** Share of traces, before and now. */
  readonly shares: readonly [number, number];
}

export interface MeanDecomposition {
  readonly before: number;
  readonly now: number;
  /** Causes that moved the mean more than chance does, the largest change first. */
  readonly causes: readonly MeanShare[];
  /** What is left of the change: traces without a cause, and causes that may have moved it by chance. */
  readonly unexplained: number;
}

/** Of causes that moved nothing, so many are named at most by chance, as a share of decompositions (Bonferroni). */
const ALPHA = 0.05;

/**
 * Takes the change of a mean apart by cause (Kitagawa 1955): with shares p and means m of the parts and the average of
 * both sides in bars, a part changes the mean by Δp·(m̄ − M̄), its share, and by p̄·Δm, its own mean. M̄ is the mean of all
 * traces, so a cause that grows explains a fall of the mean as far as its traces score lower than the others. The parts
 * add up to the change exactly. Null where one side has no values.
 */
export function decomposeMean(parts: readonly MeanPart[]): MeanDecomposition | null {
  const all = {
    before: sumOf(parts.map(({ before }) => before)),
    now: sumOf(parts.map(({ now }) => now)),
  };
  if (all.before.count === 0 || all.now.count === 0) return null;
  const [before, now] = [meanOf(all.before), meanOf(all.now)];
  const middle = (before + now) / 2;
  const shares = parts.flatMap((part) => shareOf(part, all, middle));
  const limit = ALPHA / Math.max(1, shares.length);
  const causes = shares
    .filter(({ change, error }) => error > 0 && 2 * normalTail(Math.abs(change) / error) < limit)
    .sort(
      (left, right) =>
        Math.abs(right.change) - Math.abs(left.change) || (left.cause < right.cause ? -1 : 1),
    );
  const explained = causes.reduce((sum, { change }) => sum + change, 0);
  return { before, now, causes, unexplained: now - before - explained };
}

function shareOf(
  { cause, before, now }: MeanPart,
  all: { readonly before: Values; readonly now: Values },
  middle: number,
): readonly MeanShare[] {
  if (cause === null || before.count + now.count === 0) return [];
  const p = [before.count / all.before.count, now.count / all.now.count] as const;
  // Where one side has no trace of the cause, its mean there is that of the other.
  const m = [
    meanOf(before.count > 0 ? before : now),
    meanOf(now.count > 0 ? now : before),
  ] as const;
  const distance = (m[0] + m[1]) / 2 - middle;
  const share = (p[0] + p[1]) / 2;
  const byShare = (p[1] - p[0]) * distance;
  const byMean = share * (m[1] - m[0]);
  const shareVariance =
    (p[0] * (1 - p[0])) / all.before.count + (p[1] * (1 - p[1])) / all.now.count;
  const meanVariance = varianceOfMean(before) + varianceOfMean(now);
  const error = Math.sqrt(distance ** 2 * shareVariance + share ** 2 * meanVariance);
  return [{ cause, change: byShare + byMean, byShare, byMean, error, shares: p }];
}

const meanOf = ({ total, count }: Values): number => total / count;

const sumOf = (values: readonly Values[]): Values =>
  values.reduce(
    (sum, { count, total, squares }) => ({
      count: sum.count + count,
      total: sum.total + total,
      squares: sum.squares + squares,
    }),
    { count: 0, total: 0, squares: 0 },
  );

function varianceOfMean(values: Values): number {
  const { count, total, squares } = values;
  if (count < 2) return 0;
  return Math.max(0, squares - total ** 2 / count) / (count - 1) / count;
}
