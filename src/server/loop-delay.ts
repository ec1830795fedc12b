import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How late the main thread gets to what is due, lately. */
export interface LoopDelay {
  /** Milliseconds; of this minute and of the one before, the worse. */
  readonly percentile: (share: number) => number;
  close(): void;
}

/** Milliseconds between two looks, which the measured times include. */
const RESOLUTION = 10;
const MINUTE = 60_000;

export function loopDelay(): LoopDelay {
  const started = () => {
    const histogram = monitorEventLoopDelay({ resolution: RESOLUTION });
    histogram.enable();
    return histogram;
  };
  let [before, now] = [started(), started()];
  const timer = setInterval(() => {
    before.disable();
    before = now;
    now = started();
  }, MINUTE).unref();
  return {
    percentile: (share) =>
      Math.max(0, ...[before, now].map((each) => each.percentile(share * 100) / 1e6 - RESOLUTION)),
    close() {
      clearInterval(timer);
      for (const each of [before, now]) each.disable();
    },
  };
}
