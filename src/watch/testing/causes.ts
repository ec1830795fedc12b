import type { ListedCause } from '../causes/listed-causes.ts';

/** Causes `c0`, `c1`, … with the failures given as rows of a ledger and positions of causes, each standing for one. */
export function makeCauses(
  count: number,
  events: readonly (readonly [row: number, cause: number])[],
): readonly ListedCause[] {
  const rows = Array.from({ length: count }, () => [] as number[]);
  for (const [row, cause] of events) rows[cause]!.push(row);
  return rows.map((own, index) => ({
    id: `c${index}`,
    title: `Cause c${index}`,
    category: 'agent_loop',
    layer: 'prompt',
    severity: 3,
    isNamed: true,
    rows: own,
    weights: own.map(() => 1),
    isEstimate: false,
  }));
}
