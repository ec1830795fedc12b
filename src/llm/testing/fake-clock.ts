import type { Clock } from '../endpoint/clock.ts';

/** A clock whose time passes only in pauses. */
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
