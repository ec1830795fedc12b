import type { TelemetryStore } from '../../store/telemetry/telemetry.ts';
import type { Ingest } from './ingest.ts';

/**
 * Joins scores that name a session, a response or a run alone to their traces, whichever came first. What a score is
 * about may still arrive, and a session may go on: it is looked for as long as the score is young.
 */
export interface ScorePlacing {
  /** Gives the scores that found their traces to them, which are then judged again. */
  run(): Promise<void>;
}

export interface ScorePlacingDeps {
  readonly store: Pick<TelemetryStore, 'placements' | 'insert'>;
  readonly ingest: Pick<Ingest, 'reopen'>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** What failed is tried again with the next run. */
  readonly onError: (error: unknown) => void;
}

/** Scores older than this are given up; they stay stored. */
const YOUNG = 7 * 86_400_000;

export function scorePlacing({ store, ingest, clock, onError }: ScorePlacingDeps): ScorePlacing {
  let running: Promise<void> | null = null;
  const place = async (): Promise<void> => {
    const scores = await store.placements(clock() - YOUNG);
    if (scores.length === 0) return;
    await store.insert({ scores });
    for (const { project, traceId, version } of scores) ingest.reopen(project, traceId, version);
  };
  return {
    run() {
      running ??= place()
        .catch(onError)
        .finally(() => {
          running = null;
        });
      return running;
    },
  };
}
