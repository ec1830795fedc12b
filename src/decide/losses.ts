import type { FormulaMeasure } from '../contract/decision.ts';

/** What the failures of an analysis cost, column by column, each in the order of `analysis.failures`. */
export interface Losses {
  /** A number for each user; -1 where none is recorded. */
  readonly user: readonly number[];
  /** US dollars; 0 where not recorded. */
  readonly cost: readonly number[];
  readonly tokens: readonly number[];
  readonly milliseconds: readonly number[];
}

/** What the failures of one cause cost. All but users are estimates for the whole input, by the weights of the sample. */
export interface Lost {
  /** Users seen in the sample; at least so many are reached. */
  readonly users: number;
  readonly tenants: number;
  readonly cost: number;
  readonly tokens: number;
  readonly milliseconds: number;
}

interface Member {
  readonly weight: number;
  readonly tenant: string | null;
}

export function lostBy(
  losses: Losses,
  failures: readonly Member[],
  members: readonly number[],
): Lost {
  const users = new Set<number>();
  const tenants = new Set<string>();
  let [cost, tokens, milliseconds] = [0, 0, 0];
  for (const i of members) {
    const { weight = 0, tenant = null } = failures[i] ?? {};
    const user = losses.user[i] ?? -1;
    if (user >= 0) users.add(user);
    if (tenant !== null) tenants.add(tenant);
    cost += weight * (losses.cost[i] ?? 0);
    tokens += weight * (losses.tokens[i] ?? 0);
    milliseconds += weight * (losses.milliseconds[i] ?? 0);
  }
  return { users: users.size, tenants: tenants.size, cost, tokens, milliseconds };
}

/** What the formula counts, in its unit. */
export const measured = (
  { users, cost, tokens, milliseconds }: Lost,
  measure: Exclude<FormulaMeasure, 'failures'>,
): number => ({ users, cost, tokens: tokens / 1000, latency: milliseconds / 60_000 })[measure];
