import type { Atom } from '../../contract/condition.ts';
import { permutation, seedRandom } from '../../numeric/random/random.ts';
import { type Bits, bitsFor, bitsOf, both, count, countBoth, hasBit, setBit } from './bits.ts';
import type { Candidate } from './condition-pool.ts';
import { failureGroups } from './failure-groups.ts';
import { type NamedCause, nameCauses } from './name-causes.ts';
import type { Search } from './search.ts';

const DRAWS = 10;
const SHARE = 0.7;
const MOST_ROWS = 1_400;
const MOST_LINKED = 400;
/** Two conditions are the same cause from this Jaccard overlap of their failures. */
const SAME = 0.5;
/** A draw with fewer failures of a cause cannot tell whether it returns. */
const LEAST = 2;

/**
 * The share of resamples in which each cause comes back: 10 draws of 70% of the rows, grouped and named again. A cause
 * comes back if a new one shares at least half of their failures. 1 if no draw could tell.
 */
export function returnRates(
  search: Search,
  named: readonly NamedCause[],
  seed: number,
): readonly number[] {
  if (named.length === 0) return [];
  const returned = named.map(() => 0);
  const judged = named.map(() => 0);
  const size = Math.min(MOST_ROWS, Math.floor(SHARE * search.table.rows));
  for (let draw = 0; draw < DRAWS; draw++) {
    const order = permutation(search.table.rows, seedRandom(seed, 1_000 + draw))
      .slice(0, size)
      .sort();
    const sub = subSearch(search, order, seed);
    const found = nameCauses(sub).map(({ candidate }) => both(candidate.bits, sub.outcomes.failed));
    for (const [index, { candidate }] of named.entries()) {
      const wanted = both(compact(candidate.bits, order), sub.outcomes.failed);
      if (count(wanted) < LEAST) continue;
      judged[index]!++;
      if (found.some((bits) => jaccard(bits, wanted) >= SAME)) returned[index]!++;
    }
  }
  return named.map((_, index) => (judged[index] === 0 ? 1 : returned[index]! / judged[index]!));
}

function jaccard(a: Bits, b: Bits): number {
  const shared = countBoth(a, b);
  return shared / (count(a) + count(b) - shared);
}

/** The same search over some of the rows, with the test threshold scaled to the smaller draw. */
function subSearch(
  { table, pool, outcomes, threshold, weighted }: Search,
  order: Int32Array,
  seed: number,
): Search {
  const atoms = table.atoms.map((atom) => {
    const bits = compact(atom.bits, order);
    return { atom: atom.atom, bits, support: count(bits) };
  });
  const bitsOfAtom = new Map<Atom, Bits>(atoms.map(({ atom, bits }) => [atom, bits]));
  const failedRows: number[] = [];
  for (let row = 0; row < order.length; row++) {
    if (hasBit(outcomes.failed, order[row]!)) failedRows.push(row);
  }
  const failures = failedRows.length;
  const sub = {
    failed: bitsOf(failedRows, order.length),
    failures,
    passes: order.length - failures,
  };
  const subTable = { rows: order.length, least: table.least, atoms };
  const weighting = weighted ? sub : { ...sub, passes: 0 };
  return {
    table: subTable,
    pool: pool.flatMap((candidate) => subCandidate(candidate, bitsOfAtom)),
    outcomes: sub,
    threshold: threshold * Math.min(1, order.length / (SHARE * table.rows)),
    weighted,
    groups: failureGroups(subTable, weighting, seed, MOST_LINKED),
    failedRows,
  };
}

function subCandidate(
  candidate: Candidate,
  bitsOfAtom: ReadonlyMap<Atom, Bits>,
): readonly Candidate[] {
  let bits: Bits | null = null;
  for (const atom of candidate.condition.atoms) {
    const own = bitsOfAtom.get(atom);
    if (own === undefined) return [];
    bits = bits === null ? own : both(bits, own);
  }
  const support = bits === null ? 0 : count(bits);
  return bits === null || support < LEAST ? [] : [{ ...candidate, bits, support }];
}

function compact(bits: Bits, order: Int32Array): Bits {
  const out = bitsFor(order.length);
  for (let row = 0; row < order.length; row++) if (hasBit(bits, order[row]!)) setBit(out, row);
  return out;
}
