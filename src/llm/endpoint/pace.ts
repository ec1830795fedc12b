import type { Clock } from './clock.ts';

/** Resolves when the next request may start: starts are at least `60 / perMinute` seconds apart. */
export function pace(
  perMinute: number | null,
  clock: Clock,
): (signal?: AbortSignal) => Promise<void> {
  if (perMinute === null) return async () => {};
  const gap = 60_000 / perMinute;
  let next = Number.NEGATIVE_INFINITY;
  return async (signal) => {
    const start = Math.max(clock.now(), next);
    next = start + gap;
    const wait = start - clock.now();
    if (wait > 0) await clock.pause(wait, signal);
  };
}

/** Runs `task` over the items, at most `width` at a time. The first failure stops the rest from starting. */
export async function inParallel<Item>(
  items: readonly Item[],
  width: number,
  task: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    while (next < items.length && !failed) {
      const item = items[next++]!;
      try {
        await task(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}
