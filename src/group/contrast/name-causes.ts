import { type Bits, bitsOf, count, countAll, countBoth, remove } from './bits.ts';
import { entropyTable, signedG } from './chance.ts';
import type { Candidate } from './condition-pool.ts';
import { refinements } from './refinements.ts';
import type { Search } from './search.ts';

export interface NamedCause {
  readonly candidate: Candidate;
  readonly tested: boolean;
}

const LEAST_F1 = 0.5;
/** A pair must name a group clearly better than a single fact. */
const PAIR = 0.85;
/** Wording and size name a group only if nothing the run did names it about as well. */
const STYLE = 0.8;
const MOST_CAUSES = 40;

/**
 * Finds conditions that name the groups of failures, then conditions that cover the rest, then errors by form and signals
 * that did not pass the test. In order of rank.
 */
export function nameCauses(search: Search): readonly NamedCause[] {
  const scorer = new Scorer(search);
  const named = new Set<Candidate>();
  const covering = new Set<Candidate>();
  const claims = new Set<Candidate>();
  for (const rows of groupRows(search)) {
    const best = scorer.forGroup(rows);
    if (best !== null && (isClaim(best) || scorer.passes(best))) named.add(best);
  }
  const left = bitsOf(
    Array.from({ length: search.table.rows }, (_, row) => row),
    search.table.rows,
  );
  for (const candidate of named) remove(left, candidate.bits);
  extend(covering, left, named, () => scorer.covering(left));
  extend(claims, left, named, () => scorer.claim(left));
  const all = [
    ...scorer.ranked([...named]),
    ...scorer.ranked([...covering]),
    ...scorer.ranked([...claims]),
  ].map((candidate) => ({
    candidate,
    tested: covering.has(candidate) || scorer.passes(candidate),
  }));
  const sorted = all.sort((a, b) => order(search, a) - order(search, b));
  const [first] = sorted;
  if (first !== undefined && order(search, first) === 0) return sorted;
  const broad = sorted.flatMap(({ candidate, tested }) => (tested ? [candidate] : []));
  const lead = scorer.leading([...search.pool, ...refinements(search, broad)]);
  return lead === null ? sorted : [{ candidate: lead, tested: true }, ...sorted];
}

/** Share of the traces meeting a condition that must have failed for it to come first. */
const LEADS = 0.85;

/** Conditions that few passed traces meet come first; wording or size alone comes last. */
function order({ outcomes, weighted }: Search, { candidate, tested }: NamedCause): number {
  if (candidate.isStyle) return 2;
  if (!tested && !candidate.byForm && weighted) return 1;
  return countBoth(candidate.bits, outcomes.failed) >= LEADS * candidate.support ? 0 : 1;
}

/** Adds conditions one by one and removes the rows that meet them, until none is left. */
function extend(
  into: Set<Candidate>,
  left: Bits,
  named: ReadonlySet<Candidate>,
  next: () => Candidate | null,
): void {
  while (named.size + into.size < MOST_CAUSES) {
    const candidate = next();
    if (candidate === null) return;
    into.add(candidate);
    remove(left, candidate.bits);
  }
}

/** Says by itself that something went wrong, so that it may name failures without passing the test. */
const isClaim = ({ byForm, bySignal }: Candidate): boolean => byForm || bySignal;

/** Rows of each group, largest first. */
function groupRows({ groups, failedRows, table }: Search): readonly Bits[] {
  const rows = new Map<number, number[]>();
  for (const [index, row] of failedRows.entries()) {
    const group = groups[index]!;
    const known = rows.get(group);
    if (known === undefined) rows.set(group, [row]);
    else known.push(row);
  }
  return [...rows.values()]
    .filter((members) => members.length >= 2)
    .sort((a, b) => b.length - a.length)
    .map((members) => bitsOf(members, table.rows));
}

class Scorer {
  readonly #search: Search;
  readonly #table: Float64Array;
  readonly #base: number;
  readonly #leastPrecision: number;

  constructor(search: Search) {
    this.#search = search;
    this.#table = entropyTable(search.table.rows);
    this.#base = search.outcomes.failures / Math.max(1, search.table.rows);
    this.#leastPrecision = Math.max(0.6, 1 - (1 - this.#base) / 2);
  }

  /** The condition with the highest F1 × √weight for a group of failed rows; null if none names it. */
  forGroup(group: Bits): Candidate | null {
    const { failed } = this.#search.outcomes;
    const size = count(group);
    let best: Candidate | null = null;
    let most = 0;
    for (const candidate of this.#search.pool) {
      const inFailed = countBoth(candidate.bits, failed);
      if (!this.#isPrecise(inFailed, candidate.support)) continue;
      const f1 = (2 * countBoth(candidate.bits, group)) / (inFailed + size);
      if (f1 < LEAST_F1) continue;
      const pair = candidate.condition.atoms.length > 1 ? PAIR : 1;
      const score = f1 * Math.sqrt(candidate.weight) * pair * (candidate.isStyle ? STYLE : 1);
      if (score > most) {
        most = score;
        best = candidate;
      }
    }
    return best;
  }

  /** The condition that covers most of the failures left; null where none passes the test. */
  covering(left: Bits): Candidate | null {
    const { failed } = this.#search.outcomes;
    const rows = count(left);
    const failures = countBoth(left, failed);
    let best: Candidate | null = null;
    let most = 0;
    for (const candidate of this.#search.pool) {
      const inFailed = countAll(candidate.bits, left, failed);
      if (inFailed < 3) continue;
      const support = countBoth(candidate.bits, left);
      if (!this.#isPrecise(inFailed, support)) continue;
      const score =
        coverScore(inFailed, support, failures, rows) *
        candidate.weight *
        (candidate.isStyle ? STYLE : 1);
      if (score <= most) continue;
      if (signedG(this.#table, inFailed, support, failures, rows) < this.#search.threshold)
        continue;
      most = score;
      best = candidate;
    }
    return best;
  }

  /** Of these, the condition that covers most failures and that hardly any passed trace meets; null where none passes the test. */
  leading(candidates: readonly Candidate[]): Candidate | null {
    const { failed, failures } = this.#search.outcomes;
    const { rows } = this.#search.table;
    let best: Candidate | null = null;
    let most = 0;
    for (const candidate of candidates) {
      if (candidate.isStyle) continue;
      const inFailed = countBoth(candidate.bits, failed);
      if (inFailed < LEADS * candidate.support) continue;
      const score = coverScore(inFailed, candidate.support, failures, rows) * candidate.weight;
      if (score <= most || !this.passes(candidate)) continue;
      most = score;
      best = candidate;
    }
    return best;
  }

  /** The error by form or the signal that covers most of the remaining failures. */
  claim(left: Bits): Candidate | null {
    const { failed } = this.#search.outcomes;
    let best: Candidate | null = null;
    let most = 0;
    for (const candidate of this.#search.pool) {
      if (!isClaim(candidate) || candidate.condition.atoms.length > 1) continue;
      const inFailed = countAll(candidate.bits, left, failed);
      if (inFailed < 3) continue;
      const support = countBoth(candidate.bits, left);
      if (!this.#isPrecise(inFailed, support)) continue;
      const score = this.#formScore(inFailed, candidate);
      if (score > most) {
        most = score;
        best = candidate;
      }
    }
    return best;
  }

  passes(candidate: Candidate): boolean {
    const { failed, failures } = this.#search.outcomes;
    const inFailed = countBoth(candidate.bits, failed);
    const g = signedG(this.#table, inFailed, candidate.support, failures, this.#search.table.rows);
    return g >= this.#search.threshold;
  }

  /** Sorted by how many failures they cover and how well they separate. */
  ranked(candidates: readonly Candidate[]): readonly Candidate[] {
    const { failed, failures } = this.#search.outcomes;
    const { rows } = this.#search.table;
    const score = (candidate: Candidate): number => {
      const inFailed = countBoth(candidate.bits, failed);
      if (failures === rows) return this.#formScore(inFailed, candidate);
      return coverScore(inFailed, candidate.support, failures, rows) * candidate.weight;
    };
    return candidates.toSorted((a, b) => score(b) - score(a));
  }

  #formScore(inFailed: number, { support, weight }: Candidate): number {
    return inFailed * Math.log((this.#search.table.rows + 1) / support) * weight;
  }

  #isPrecise(inFailed: number, support: number): boolean {
    return (inFailed + 0.5) / (support + 0.5) >= this.#leastPrecision;
  }
}

/** Share of the failures covered × log odds ratio, with half a row added to each cell. */
function coverScore(inFailed: number, support: number, failures: number, rows: number): number {
  const inPassed = support - inFailed;
  const odds =
    ((inFailed + 0.5) * (rows - failures - inPassed + 0.5)) /
    ((failures - inFailed + 0.5) * (inPassed + 0.5));
  return (inFailed / Math.max(1, failures)) * Math.log(odds);
}
