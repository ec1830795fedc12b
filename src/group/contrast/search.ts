import type { Candidate } from './condition-pool.ts';
import type { FactTable } from './fact-table.ts';
import type { Outcomes } from './weights.ts';

/** The data for naming causes. */
export interface Search {
  readonly table: FactTable;
  readonly pool: readonly Candidate[];
  readonly outcomes: Outcomes;
  /** G that a condition has to pass to count as tested. */
  readonly threshold: number;
  /** Facts are weighted by how they separate failed from passed rows. */
  readonly weighted: boolean;
  readonly groups: Int32Array;
  readonly failedRows: readonly number[];
}
