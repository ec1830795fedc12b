import type { RawRecord } from '../../collect/collect.ts';
import type { EncodedRows, RowBatch } from './row-batch.ts';
import type { SignalRow } from './signal-row.ts';
import type { Page, PageRequest, TraceFacet, TraceFilter } from './trace-filter.ts';
import type { TraceRow } from './trace-row.ts';

/**
 * Spans, traces, scores and signals of all projects: ClickHouse, embedded in a child process or by URL.
 * Every method throws CulpritError: `store_unavailable` while the engine is away (answer 503 with Retry-After),
 * `store_busy` when too much waits to be written (429), `store_failed` for what the engine refused.
 */
export interface TelemetryStore {
  /**
   * Writes rows. Resolves when they are on disk (`fsync`); rows written twice count once. Rows of deleted traces are left out.
   * Waits for others to be written with (at most 200 ms).
   */
  insert(rows: RowBatch | readonly EncodedRows[]): Promise<void>;
  /** Records and scores of a trace in order of arrival, each once; [] for none. */
  recordsOf(project: string, traceId: string): Promise<readonly RawRecord[]>;
  /** The present version; null for none. */
  traceOf(project: string, traceId: string): Promise<TraceRow | null>;
  signalsOf(trace: TraceRow): Promise<readonly SignalRow[]>;
  /** Newest first. */
  newest(filter: TraceFilter, page: PageRequest): Promise<Page<TraceRow>>;
  count(filter: TraceFilter): Promise<number>;
  /** What the failed traces of the filter cost, in no order. */
  losses(filter: TraceFilter): Promise<readonly TraceLoss[]>;
  funnel(filter: TraceFilter): Promise<StoredFunnel>;
  /** Counts by each combination of values, most traces first, at most 10,000. */
  countsBy(filter: TraceFilter, facets: readonly TraceFacet[]): Promise<readonly FacetCount[]>;
  /** Every trace of the filter with its records, one at a time, in order of trace id. */
  stream(filter: TraceFilter): AsyncGenerator<StoredTrace>;
  /** Traces with records received since a time (epoch milliseconds) whose trace row is missing or older: what a restart has to assemble. */
  unassembled(since: number): AsyncGenerator<PendingTrace>;
  /** Deletes for good; resolves when the bytes are gone. What arrives for those traces later is left out. */
  forget(target: ForgetTarget): Promise<Forgotten>;
  /** Moves the expiry of all that is stored of a project by whole days, when its retention changes. Negative: sooner. */
  extend(project: string, days: number): Promise<void>;
  /** Writes a copy to a folder while serving. Embedded: below `backups` of the data folder. */
  backup(name: string): Promise<void>;
  /** Replaces everything by a copy. */
  restore(name: string): Promise<void>;
  status(): StoreStatus;
  /** Waits for what is being written, then stops the engine. */
  close(): Promise<void>;
}

export interface TraceLoss {
  readonly traceId: string;
  /** '' where not recorded. */
  readonly user: string;
  /** US dollars. */
  readonly cost: number;
  readonly tokens: number;
  readonly milliseconds: number;
}

export interface StoredFunnel {
  /** Traces stored, of them eligible, of them failed; failed ones with a named signal. */
  readonly stored: number;
  readonly eligible: number;
  readonly failed: number;
  readonly signaled: number;
}

export interface FacetCount {
  readonly values: Readonly<Partial<Record<TraceFacet, string>>>;
  readonly traces: number;
  readonly eligible: number;
  readonly failed: number;
}

export interface StoredTrace {
  readonly traceId: string;
  /** Of the first record. */
  readonly format: string;
  /** In order of arrival; scores last. */
  readonly records: readonly RawRecord[];
}

export interface PendingTrace {
  readonly project: string;
  readonly traceId: string;
  /** Epoch milliseconds of its last record. */
  readonly received: number;
}

export type ForgetTarget = {
  readonly project: string;
} & ({ readonly traceId: string } | { readonly user: string } | { readonly tenant: string });

export interface Forgotten {
  readonly traces: number;
}

export interface StoreStatus {
  /** `starting` and `away`: answer 503; `ready` otherwise. */
  readonly state: 'starting' | 'ready' | 'away' | 'closed';
  /** Why it is away. */
  readonly reason: string | null;
  readonly queuedRows: number;
  readonly queuedBytes: number;
  /** Times the engine was started again. */
  readonly restarts: number;
}
