import { sqlText } from '../engine/sql-text.ts';
import type { CauseRules } from '../trace-filter.ts';

/**
 * The cause that a failure counts for, from `cluster` (what it is assigned to) and `trace_id`. Values stand in the statement,
 * not among its parameters: thousands would not fit into an address.
 */
export function countsFor({ merged, placed }: CauseRules = NO_RULES): string {
  const own =
    merged.size === 0
      ? 'toString(cluster)'
      : `transform(toString(cluster), ${texts(merged.keys())}, ${texts(merged.values())}, toString(cluster))`;
  return placed.size === 0
    ? own
    : `transform(trace_id, ${texts(placed.keys())}, ${texts(placed.values())}, ${own})`;
}

const NO_RULES: CauseRules = { merged: new Map(), placed: new Map() };

/**
 * A condition on `traces` for the failures that count for a cause, '' for none.
 * @param assigned selects the anchors and trace ids of assignments; a condition on them follows
 */
export function inCause(
  cause: string,
  { merged, placed }: CauseRules = NO_RULES,
  assigned: string,
): string {
  const ids = [cause, ...merged.keys()].filter((id) => (merged.get(id) ?? id) === cause);
  // Failures that no analysis has looked at yet belong to none.
  const isAssigned =
    cause === ''
      ? `(anchor, trace_id) NOT IN (${assigned} AND notEmpty(cluster))`
      : ids.length === 0
        ? 'false'
        : `(anchor, trace_id) IN (${assigned} AND cluster IN ${texts(ids)})`;
  if (placed.size === 0) return `failed AND ${isAssigned}`;
  const put = [...placed].flatMap(([trace, to]) => (to === cause ? [trace] : []));
  const others = `trace_id NOT IN ${texts(placed.keys())} AND ${isAssigned}`;
  return put.length === 0
    ? `failed AND ${others}`
    : `failed AND (trace_id IN ${texts(put)} OR ${others})`;
}

const texts = (values: Iterable<string>): string => `[${[...values].map(sqlText).join(', ')}]`;
