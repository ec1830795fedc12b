import { permutation, seedRandom } from '../../numeric/random/random.ts';
import { averageLink, cut, meanSilhouette } from './average-link.ts';
import { rowsIn } from './bits.ts';
import type { FactTable } from './fact-table.ts';
import { lift, type Outcomes } from './weights.ts';

/** The most failures to link; the rest join the nearest group. */
const MOST_LINKED = 1_000;

/** Facts of one failure with their weights, of unit length. */
interface Row {
  readonly facts: Int32Array;
  readonly weights: Float32Array;
}

/**
 * Groups the failed rows by similar facts: average link on the cosine of facts weighted by `lift`, with the number of
 * groups chosen by silhouette. Returns a label from 0 for each failed row, in order.
 */
export function failureGroups(
  table: FactTable,
  outcomes: Outcomes,
  seed: number,
  mostLinked: number = MOST_LINKED,
): Int32Array {
  const failures = rowsIn(outcomes.failed);
  if (failures.length < 4) return new Int32Array(failures.length);
  const rows = weightedRows(table, outcomes, failures);
  const linked =
    rows.length <= mostLinked
      ? rows.map((_, index) => index)
      : [...permutation(rows.length, seedRandom(seed)).slice(0, mostLinked)].sort((a, b) => a - b);
  const labels = link(
    linked.map((index) => rows[index]!),
    table.atoms.length,
    failures.length,
  );
  if (linked.length === rows.length) return labels;
  return joinNearest(rows, linked, labels, table.atoms.length);
}

function weightedRows(table: FactTable, outcomes: Outcomes, failures: readonly number[]): Row[] {
  const facts: number[][] = failures.map(() => []);
  const weights: number[][] = failures.map(() => []);
  const place = new Map(failures.map((row, index) => [row, index]));
  for (const [column, atom] of table.atoms.entries()) {
    if (!atom.atom.fact.grouped) continue;
    const weight =
      lift(atom, outcomes) * (atom.atom.least === null && atom.atom.most === null ? 1 : OF_BOUND);
    if (weight === 0) continue;
    for (const row of rowsIn(atom.bits)) {
      const index = place.get(row);
      if (index === undefined) continue;
      facts[index]!.push(column);
      weights[index]!.push(weight);
    }
  }
  return failures.map((_, index) => {
    const length = Math.hypot(...weights[index]!) || 1;
    return {
      facts: Int32Array.from(facts[index]!),
      weights: Float32Array.from(weights[index]!, (weight) => weight / length),
    };
  });
}

/** A quantity becomes 14 bounds, and a row meets half of them, so together they count as one fact. */
const OF_BOUND = 1 / Math.sqrt(7);

/** The most groups to try for a number of failures. */
const mostGroups = (failures: number): number => (failures < 100 ? 12 : failures < 1_000 ? 25 : 35);

function link(rows: readonly Row[], columns: number, failures: number): Int32Array {
  const n = rows.length;
  const distances = cosineDistances(rows, columns);
  const merges = averageLink(distances.slice(), n);
  let best: { readonly score: number; readonly labels: Int32Array } | null = null;
  for (let k = 2; k <= Math.min(mostGroups(failures), n - 1); k++) {
    const labels = cut(merges, n, k);
    const score = meanSilhouette(distances, n, labels, k);
    if (best === null || score > best.score) best = { score, labels };
  }
  return best?.labels ?? new Int32Array(n);
}

function cosineDistances(rows: readonly Row[], columns: number): Float32Array {
  const n = rows.length;
  const distances = new Float32Array(n * n);
  const dense = new Float32Array(columns);
  for (let a = 0; a < n; a++) {
    const { facts, weights } = rows[a]!;
    for (let at = 0; at < facts.length; at++) dense[facts[at]!] = weights[at]!;
    for (let b = a + 1; b < n; b++) {
      const other = rows[b]!;
      let sum = 0;
      for (let at = 0; at < other.facts.length; at++)
        sum += dense[other.facts[at]!]! * other.weights[at]!;
      const distance = Math.max(0, 1 - sum);
      distances[a * n + b] = distance;
      distances[b * n + a] = distance;
    }
    for (let at = 0; at < facts.length; at++) dense[facts[at]!] = 0;
  }
  return distances;
}

/** Rows that were not linked join the group with the highest mean similarity. */
function joinNearest(
  rows: readonly Row[],
  linked: readonly number[],
  labels: Int32Array,
  columns: number,
): Int32Array {
  const k = labels.reduce((most, label) => Math.max(most, label + 1), 0);
  const centers = new Float32Array(k * columns);
  const sizes = new Int32Array(k);
  for (const [index, row] of linked.entries()) {
    const label = labels[index]!;
    sizes[label]!++;
    const { facts, weights } = rows[row]!;
    for (let at = 0; at < facts.length; at++)
      centers[label * columns + facts[at]!]! += weights[at]!;
  }
  const all = new Int32Array(rows.length).fill(-1);
  for (const [index, row] of linked.entries()) all[row] = labels[index]!;
  for (const [row, { facts, weights }] of rows.entries()) {
    if (all[row] !== -1) continue;
    let best = 0;
    let most = -1;
    for (let label = 0; label < k; label++) {
      let sum = 0;
      for (let at = 0; at < facts.length; at++)
        sum += centers[label * columns + facts[at]!]! * weights[at]!;
      const mean = sum / Math.max(1, sizes[label]!);
      if (mean > most) {
        most = mean;
        best = label;
      }
    }
    all[row] = best;
  }
  return all;
}
