import type { Clock } from '../endpoint/clock.ts';

/** Time passes only by pausing. */
export function fakeClock(): Clock & { readonly pauses: number[] } {
  const pauses: number[] = [];
  let now = Date.parse('2026-01-01T00:00:00Z');
  return {
    pauses,
    now: () => now,
    pause: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      pauses.push(milliseconds);
      now += milliseconds;
    },
  };
}
