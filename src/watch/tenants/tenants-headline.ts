import type { Statement } from '../../contract/signal.ts';
import type { Tenant, TenantCell, TenantRow } from '../../contract/tenants.ts';
import { inWords } from '../../text/headline.ts';
import { sentence, word } from '../../text/statement.ts';

/** Where a cause occurs, by the standings of the cells that are shown. */
export function reachOf(
  cells: readonly TenantCell[],
  tenants: readonly { readonly name: string }[],
): Pick<TenantRow, 'reach' | 'where'> {
  const standOut = cells
    .flatMap(({ standing, lift }, column) =>
      standing === 'more' || standing === 'only here'
        ? [{ name: tenants[column]!.name, lift: lift ?? Number.POSITIVE_INFINITY }]
        : [],
    )
    .sort((a, b) => b.lift - a.lift);
  const where = standOut.map(({ name }) => name);
  if (cells.some(({ standing }) => standing === 'only here')) return { reach: 'only here', where };
  if (where.length > 0) return { reach: 'stands out', where };
  const isEverywhere =
    cells.length > 1 && cells.every(({ failures }) => failures !== null && failures > 0);
  return { reach: isEverywhere ? 'everywhere' : 'cannot tell', where };
}

const MOST_NAMED = 3;

/** `acme: two causes stand out, one of them only there`. */
export function tenantsHeadline(
  rows: readonly Pick<TenantRow, 'isNamed' | 'reach' | 'where'>[],
  tenants: readonly Tenant[],
  noRates: string | null,
): Statement {
  if (tenants.length === 0) return sentence('No trace names a tenant');
  if (noRates !== null) return sentence('Counts by tenant, without rates');
  if (tenants.length === 1)
    return sentence('There are too few traces of each tenant to compare them');
  const named = rows.filter(({ isNamed }) => isNamed);
  const counts = new Map<string, { more: number; alone: number }>();
  for (const { reach, where } of named)
    for (const name of where) {
      const count = counts.get(name) ?? { more: 0, alone: 0 };
      count.more += 1;
      if (reach === 'only here') count.alone += 1;
      counts.set(name, count);
    }
  const most = [...counts].sort(([, a], [, b]) => b.more - a.more || b.alone - a.alone);
  if (most.length === 0)
    return {
      template: '{0} tenants: no cause stands out at any of them',
      slots: [word(String(tenants.reduce((sum, { pooled }) => sum + pooled, 0)))],
    };
  const slots = most
    .slice(0, MOST_NAMED)
    .flatMap(([name, { more }]) => [word(name), word(inWords(more))]);
  const parts = most.slice(0, MOST_NAMED).map(([, { more, alone }], at) => {
    const noun = more === 1 ? 'cause stands' : 'causes stand';
    const only =
      alone === 0 ? '' : alone === more ? ', only there' : `, ${inWords(alone)} only there`;
    return `{${2 * at}}: {${2 * at + 1}} ${noun} out${only}`;
  });
  const others = most.length - MOST_NAMED;
  const rest = others > 0 ? `; and at ${inWords(others)} more` : '';
  return { template: `${parts.join('; ')}${rest}`, slots };
}
