import type { TelemetryStore } from '../../store/telemetry/telemetry.ts';
import type { Ingest } from './ingest.ts';

/** Traces to finish that are not kept in memory: the store tells which they are. */
export interface PutOff {
  /** @param received Of its last record, epoch milliseconds. */
  add(received: number, traces: number): void;
  /** Reopens those that have waited longest. */
  takeUp(): Promise<void>;
  /** About how many; exact after each `takeUp`. */
  readonly traces: () => number;
  /** When the oldest of them got its last record; null for none. */
  readonly since: () => number | null;
}

export interface PutOffDeps {
  readonly store: Pick<TelemetryStore, 'unassembled'>;
  readonly ingest: Pick<Ingest, 'reopen'>;
  /** It is being finished at the moment. */
  readonly isInWork: (project: string, traceId: string) => boolean;
  /** Traces that are taken up at a time. */
  readonly most: number;
}

export function putOff({ store, ingest, isInWork, most }: PutOffDeps): PutOff {
  let since: number | null = null;
  let traces = 0;
  const add = (received: number, count: number): void => {
    since = Math.min(since ?? received, received);
    traces += count;
  };
  return {
    add,
    async takeUp() {
      if (since === null) return;
      const [from, before] = [since, traces];
      // Others may be put off while the store is asked.
      since = null;
      traces = 0;
      try {
        const found = await store.unassembled(from, most);
        for (const { project, traceId, received } of found.traces)
          if (!isInWork(project, traceId)) ingest.reopen(project, traceId, received);
        const last = found.traces.at(-1);
        const left = found.total - found.traces.length;
        if (left > 0 && last !== undefined) add(last.received, left);
      } catch (error) {
        add(from, before);
        throw error;
      }
    },
    traces: () => traces,
    since: () => since,
  };
}
