/** Counts what an address asks for; at most so many within a minute. */
export interface RateLimit {
  /** Seconds to wait; null where the address may go on. */
  take(address: string): number | null;
}

const MINUTE = 60_000;
/** Addresses that are kept track of; beyond that all begin anew. */
const MOST = 10_000;

/** @param clock milliseconds as by a clock that nobody sets. */
export function rateLimit(most: number, clock: () => number): RateLimit {
  const counts = new Map<string, { readonly since: number; readonly count: number }>();
  return {
    take(address) {
      const now = clock();
      const known = counts.get(address);
      const open = known !== undefined && now - known.since < MINUTE ? known : null;
      if (open !== null && open.count >= most) return Math.ceil((open.since + MINUTE - now) / 1000);
      if (open === null && counts.size >= MOST) counts.clear();
      counts.set(address, { since: open?.since ?? now, count: (open?.count ?? 0) + 1 });
      return null;
    },
  };
}
