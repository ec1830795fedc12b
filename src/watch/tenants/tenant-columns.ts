import type { Ledger } from '../../contract/ledger.ts';
import { count } from '../../text/format.ts';

/** The columns of a table by tenant. */
export interface TenantColumns {
  /** Most traces first, the pool last. `traces` are rows of the ledger. */
  readonly columns: readonly {
    readonly name: string;
    readonly pooled: number;
    readonly traces: number;
  }[];
  /** Of each row of the ledger its column; -1 where no tenant was recorded. */
  readonly at: Int32Array;
}

/** Tenants with fewer traces are counted together. */
export const TENANT_TRACES = 20;
const MOST_COLUMNS = 50;

/**
 * One column for each tenant with 20 traces, at most 50, and one for all others together. The others are at least two
 * tenants and 20 traces: otherwise the next smallest joins them, since the totals minus the columns would be that one alone.
 */
export function tenantColumns({ rows, columns }: Ledger): TenantColumns {
  const tenants = columns.find(({ name }) => name === 'tenant');
  const at = new Int32Array(rows).fill(-1);
  if (tenants === undefined) return { columns: [], at };
  const traces = new Int32Array(tenants.values.length);
  for (const place of tenants.at) if (place >= 0) traces[place]! += 1;
  const order = tenants.values.map((_, place) => place);
  // Values are in natural order, which decides between equals.
  order.sort((a, b) => traces[b]! - traces[a]! || a - b);

  let alone = order.filter((place) => traces[place]! >= TENANT_TRACES).slice(0, MOST_COLUMNS);
  let pool = order.slice(alone.length);
  const together = (): number => pool.reduce((sum, place) => sum + traces[place]!, 0);
  while (pool.length > 0 && alone.length > 0 && (pool.length < 2 || together() < TENANT_TRACES)) {
    alone = alone.slice(0, -1);
    pool = order.slice(alone.length);
  }
  const columnOf = new Int32Array(tenants.values.length).fill(alone.length);
  for (const [column, place] of alone.entries()) columnOf[place] = column;
  for (let row = 0; row < rows; row += 1)
    if (tenants.at[row]! >= 0) at[row] = columnOf[tenants.at[row]!]!;
  return {
    columns: [
      ...alone.map((place) => ({
        name: tenants.values[place]!,
        pooled: 1,
        traces: traces[place]!,
      })),
      ...(pool.length === 0
        ? []
        : [
            {
              name: `${count(pool.length)} ${alone.length === 0 ? 'tenants' : 'others'}`,
              pooled: pool.length,
              traces: together(),
            },
          ]),
    ],
    at,
  };
}
