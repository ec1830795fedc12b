import type { Condition } from '../../contract/condition.ts';
import type { FactColumn } from '../../contract/fact.ts';
import type { FactRow } from '../../contract/fact-rows.ts';
import { bitsOf, countBoth, rowsIn } from './bits.ts';
import { chanceThreshold, tracesToSettle } from './chance.ts';
import { conditionPool } from './condition-pool.ts';
import { factTable } from './fact-table.ts';
import { failureGroups } from './failure-groups.ts';
import { type NamedCause, nameCauses } from './name-causes.ts';
import { returnRates } from './returns.ts';
import type { Search } from './search.ts';
import type { Outcomes } from './weights.ts';

export interface ContrastInput {
  /** Facts of each trace. */
  readonly rows: readonly FactRow[];
  /** What is known of each fact, by id. */
  readonly columns: ReadonlyMap<number, FactColumn>;
  readonly failed: readonly boolean[];
  readonly seed: number;
  /**
   * `recorded`: failed or not comes from the file, so facts are weighted by it and conditions tested against chance. `signals`: it comes
   * from the facts themselves, so that a test would be circular.
   */
  readonly outcomes: 'recorded' | 'signals';
}

/** A cause of failures, as a condition that its members meet. */
export interface Cause {
  readonly condition: Condition;
  /** Failed rows that meet its condition and that of no cause before it. */
  readonly members: readonly number[];
  readonly failed: number;
  readonly passed: number;
  /** It separates failed from passed traces better than the best condition found by chance. */
  readonly tested: boolean;
  /** One of its facts says by its form that something went wrong. */
  readonly byForm: boolean;
  /** All its facts are about wording or size: it describes failures and never comes first. */
  readonly isStyle: boolean;
  /** If it is not tested: how many such traces would settle it; null if no number can. */
  readonly toSettle: number | null;
  /** Share of resamples in which it came back. */
  readonly returns: number;
}

export interface Contrast {
  /** In order of rank. */
  readonly causes: readonly Cause[];
  /** Failed rows without a cause: one unranked group, split into suggested parts. */
  readonly leftovers: readonly (readonly number[])[];
  /** How many failed traces, with no passed one, would pass the test; null if no number can. */
  readonly toSettle: number | null;
  /** Group of each failed row before naming, in order of the failed rows. */
  readonly groups: Int32Array;
}

/**
 * Finds what failed traces share and passed traces lack: groups the failures on weighted facts, names each group by a condition of
 * one or two facts, covers the rest, and tests every condition against the best one found by chance.
 */
export function contrast(input: ContrastInput): Contrast {
  const table = factTable(input.rows, input.columns);
  const failedRows = input.failed.flatMap((failed, row) => (failed ? [row] : []));
  const failures = failedRows.length;
  const outcomes: Outcomes = {
    failed: bitsOf(failedRows, table.rows),
    failures,
    passes: table.rows - failures,
  };
  const weighting: Outcomes = input.outcomes === 'recorded' ? outcomes : { ...outcomes, passes: 0 };
  const groups = failureGroups(table, weighting, input.seed);
  const pool = conditionPool(table);
  const threshold =
    input.outcomes === 'recorded'
      ? chanceThreshold(pool, table.rows, failures, input.seed)
      : Number.POSITIVE_INFINITY;
  const weighted = input.outcomes === 'recorded';
  const search = { table, pool, outcomes, threshold, weighted, groups, failedRows };
  const named = nameCauses(search);
  const rates = returnRates(search, named, input.seed);
  const kept = named.filter((_, index) => rates[index]! >= 0.5);
  const toSettle = tracesToSettle(threshold, failures / Math.max(1, table.rows));
  return { ...assigned(kept, named, rates, search), toSettle, groups };
}

function assigned(
  kept: readonly NamedCause[],
  named: readonly NamedCause[],
  rates: readonly number[],
  { outcomes, threshold, failedRows, groups, table }: Search,
): Pick<Contrast, 'causes' | 'leftovers'> {
  const taken = new Set<number>();
  const base = outcomes.failures / Math.max(1, table.rows);
  const causes = kept.map(({ candidate, tested }): Cause => {
    const failed = countBoth(candidate.bits, outcomes.failed);
    const members = rowsIn(candidate.bits).filter((row) => {
      const isNew = failedRows.length > 0 && !taken.has(row) && isFailed(outcomes, row);
      if (isNew) taken.add(row);
      return isNew;
    });
    return {
      condition: candidate.condition,
      members,
      failed,
      passed: candidate.support - failed,
      tested,
      byForm: candidate.byForm,
      isStyle: candidate.isStyle,
      toSettle: tested ? null : tracesToSettle(threshold, base),
      returns: rates[named.findIndex((cause) => cause.candidate === candidate)] ?? 0,
    };
  });
  const left = new Map<number, number[]>();
  for (const [index, row] of failedRows.entries()) {
    if (taken.has(row)) continue;
    const group = groups[index]!;
    left.set(group, [...(left.get(group) ?? []), row]);
  }
  return {
    causes: causes.filter(({ members }) => members.length > 0),
    leftovers: [...left.values()].sort((a, b) => b.length - a.length),
  };
}

const isFailed = ({ failed }: Outcomes, row: number): boolean =>
  ((failed[row >>> 5]! >>> (row & 31)) & 1) === 1;
