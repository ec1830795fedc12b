import type { TraceRow } from '../../store/telemetry/telemetry.ts';
import type { EventFeed } from './event-feed.ts';

/** Tells how many traces were finished, every few seconds at most and never one by one. */
export interface FinishedCounts {
  add(traces: readonly Pick<TraceRow, 'project' | 'failed' | 'version'>[]): void;
  /** Tells what was counted, if the last time was long enough ago. */
  tell(): Promise<void>;
}

/** Milliseconds between two events. */
const PAUSE = 2_000;

export function finishedCounts(feed: Pick<EventFeed, 'add'>, clock: () => number): FinishedCounts {
  let counts = new Map<string, { finished: number; superseded: number; failed: number }>();
  let told = 0;
  return {
    add(traces) {
      for (const { project, failed, version } of traces) {
        const count = counts.get(project) ?? { finished: 0, superseded: 0, failed: 0 };
        count.finished += 1;
        if (version > 1) count.superseded += 1;
        if (failed) count.failed += 1;
        counts.set(project, count);
      }
    },
    async tell() {
      if (counts.size === 0 || clock() - told < PAUSE) return;
      told = clock();
      const present = counts;
      counts = new Map();
      for (const [project, count] of present) await feed.add(project, 'traces', count);
    },
  };
}
