import type { Analysis } from '../src/contract/analysis.ts';
import { adjustedMutualInformation } from '../src/numeric/numeric.ts';
import { permutation, seedRandom } from '../src/numeric/random/random.ts';
import { type BenchTrace, isKnownFailure } from './open-bench.ts';

/** Agreement of the causes of one run with the truth; null where the failures of known kind are of one kind. */
export interface CauseAgreement {
  /** With the root cause, leftovers as one group. */
  readonly oneRest: number | null;
  /** With the root cause, leftovers by their parts. */
  readonly parts: number | null;
  /** The same with the primary kind. */
  readonly primary: number | null;
  /** Standard deviation of `parts` over 100 draws of 63% of the failures. */
  readonly spread: number | null;
}

const DRAWS = 100;
const SHARE = 0.63;

/** Compares the clusters of a run, and those of its finest level, with the truth. */
export function agreementOf(
  analysis: Analysis | null,
  truth: ReadonlyMap<string, BenchTrace>,
): CauseAgreement {
  const finest = analysis?.levels.at(-1);
  if (analysis === null || finest === undefined)
    return { oneRest: null, parts: null, primary: null, spread: null };
  const left = new Set(
    analysis.clusters.filter(({ leftover }) => leftover !== null).map(({ id }) => id),
  );
  const known = analysis.failures.flatMap(({ traceId, cluster }, row) => {
    const of = truth.get(traceId);
    if (of === undefined || !isKnownFailure(of)) return [];
    const at = finest.assignments[row]!;
    const named = cluster === null ? 'none' : left.has(cluster) ? 'left' : cluster;
    return [{ of, cluster: named, part: at < 0 ? `alone ${row}` : String(at) }];
  });
  type Known = (typeof known)[number];
  const rootCause = ({ of }: Known): string => of.rootCause ?? '';
  const part = (each: Known): string => each.part;
  const draws = Array.from({ length: DRAWS }, (_, draw) =>
    scoreOf(drawn(known, draw), rootCause, part),
  );
  return {
    oneRest: scoreOf(known, rootCause, ({ cluster }) => cluster),
    parts: scoreOf(known, rootCause, part),
    primary: scoreOf(known, ({ of }) => of.primary ?? '', part),
    spread: deviation(draws.filter((score) => score !== null)),
  };
}

function scoreOf<Item>(
  items: readonly Item[],
  kind: (item: Item) => string,
  cluster: (item: Item) => string,
): number | null {
  const kinds = items.map(kind);
  if (new Set(kinds).size < 2) return null;
  return adjustedMutualInformation(numbered(kinds), numbered(items.map(cluster)));
}

const drawn = <Item>(items: readonly Item[], draw: number): readonly Item[] =>
  [...permutation(items.length, seedRandom(63, draw)).slice(0, Math.round(SHARE * items.length))]
    .sort((a, b) => a - b)
    .map((at) => items[at]!);

/** Standard deviation; null for fewer than two values. */
export function deviation(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

function numbered(labels: readonly string[]): Int32Array {
  const place = new Map([...new Set(labels)].map((label, index) => [label, index]));
  return Int32Array.from(labels, (label) => place.get(label) ?? 0);
}
