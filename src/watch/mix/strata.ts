import { STRATIFICATIONS, type Stratification } from '../../contract/diff.ts';
import type { Ledger } from '../../contract/ledger.ts';
import { intentsOf } from './intents.ts';

/** Traces divided into groups that are compared like with like. */
export interface Strata {
  readonly by: Stratification;
  readonly names: readonly string[];
  /** Of each row of the ledger; -1 where it is not known, and for rows that were not asked for. */
  readonly of: Int32Array;
}

/**
 * The stratifications of the rows of a ledger that are in a group (`groupOf` 0 and up) and have two strata or more. `skip`:
 * the attribute that tells the groups apart, which cannot make them comparable.
 */
export function strataOf(
  ledger: Ledger,
  groupOf: ArrayLike<number>,
  skip: string,
): readonly Strata[] {
  return STRATIFICATIONS.filter((by) => by !== skip).flatMap((by): Strata[] => {
    const strata =
      by === 'intent' ? intentStrata(ledger, groupOf) : columnStrata(ledger, groupOf, by);
    const seen = new Set(strata.of.filter((stratum) => stratum >= 0));
    return seen.size < 2 ? [] : [strata];
  });
}

function columnStrata(ledger: Ledger, groupOf: ArrayLike<number>, by: Stratification): Strata {
  const column = ledger.columns.find(({ name }) => name === by);
  const of = new Int32Array(ledger.rows).fill(-1);
  if (column !== undefined)
    for (let row = 0; row < ledger.rows; row += 1)
      if (groupOf[row]! >= 0) of[row] = column.at[row]!;
  return { by, names: column?.values ?? [], of };
}

function intentStrata(ledger: Ledger, groupOf: ArrayLike<number>): Strata {
  const rows = ledger.inputs.flatMap((_, row) => (groupOf[row]! >= 0 ? [row] : []));
  const { names, of: found } = intentsOf(rows.map((row) => ledger.inputs[row]!));
  const of = new Int32Array(ledger.rows).fill(-1);
  for (const [at, row] of rows.entries()) of[row] = found[at]!;
  return { by: 'intent', names, of };
}
