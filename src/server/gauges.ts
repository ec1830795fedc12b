import { readFileSync } from 'node:fs';
import type { TelemetryStore } from '../store/telemetry/telemetry.ts';
import type { LoopDelay } from './loop-delay.ts';
import type { ServerContext } from './server-context.ts';

/** Figures that are read when Prometheus asks. */
export function addGauges(context: ServerContext, delay: LoopDelay): void {
  const { metrics: counted, progress, store, bodies, decoders, sources } = context;
  const gauges: readonly [string, string, () => number][] = [
    ['open_traces', 'Traces that are still arriving.', () => progress().openTraces],
    ['open_bytes', 'Bytes of open traces in memory.', () => progress().openBytes],
    ['spool_bytes', 'Bytes of open traces in files.', () => progress().spoolBytes],
    ['backlog_traces', 'Traces that rest and are not judged.', () => progress().backlog.traces],
    ['backlog_seconds', 'How long the oldest waits.', () => progress().backlog.age / 1000],
    ['finished_traces', 'Traces assembled and judged.', () => progress().finished],
    ['failed_traces', 'Finished traces that failed.', () => progress().failed],
    ['broken_traces', 'Traces that could not be judged.', () => progress().broken],
    ['bodies_bytes', 'Bytes of requests in work.', bodies.bytes],
    ['undecoded_bodies', 'Requests that wait to be decoded.', decoders.waiting],
    ['queued_bytes', 'Bytes waiting to be stored.', () => store.status().queuedBytes],
    ['loop_delay_p50_seconds', LATENESS, () => delay.percentile(0.5) / 1000],
    ['loop_delay_p99_seconds', LATENESS, () => delay.percentile(0.99) / 1000],
    ['main_resident_bytes', 'Memory of the main process.', () => process.memoryUsage.rss()],
    ['store_resident_bytes', 'Memory of the embedded engine.', () => residentBytes(store)],
  ];
  for (const [name, help, read] of gauges) counted.gauge(`culprit_${name}`, help, read);
  counted.gauges('culprit_sources', 'Sources of traces, by state.', 'state', () =>
    sources.counts(),
  );
}

const LATENESS = 'How late the main thread is, in this minute or the one before.';

/** Not a number where there is no engine of our own, or no /proc. */
function residentBytes(store: TelemetryStore): number {
  const { pid } = store.status();
  if (pid === null) return Number.NaN;
  try {
    const pages = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1];
    return Number(pages) * PAGE_BYTES;
  } catch {
    return Number.NaN;
  }
}

const PAGE_BYTES = 4096;
