import type { RawConversation, RawRecord } from '../../collect/collect.ts';
import type { Score } from '../../contract/trace.ts';
import type { MeasureQuery, QueryRow } from '../../contract/trace-query.ts';
import type { AssignmentRow } from './assignment-row.ts';
import type { DefinitionKind, DefinitionRow } from './definition-row.ts';
import type { JudgedCount, Unjudged, UnjudgedRequest } from './judged.ts';
import type { EncodedRows, RowBatch } from './row-batch.ts';
import type { ScoreRow } from './score-row.ts';
import type { SignalRow } from './signal-row.ts';
import type {
  CauseFacet,
  Page,
  PageRequest,
  TimeFacet,
  TraceFacet,
  TraceFilter,
  VersionFacet,
} from './trace-filter.ts';
import type { TraceRow } from './trace-row.ts';
import type { CauseValues, WatchedFigure, WatchedStretches } from './watched-figure.ts';

/**
 * Spans, traces, scores and signals of all projects: ClickHouse, embedded in a child process or by URL.
 * Every method throws CulpritError: `store_unavailable` while the engine is away (answer 503 with Retry-After),
 * `store_busy` when too much waits to be written (429), `store_failed` for what the engine refused.
 */
export interface TelemetryStore {
  /**
   * Writes rows. Resolves when they are on disk (`fsync`); rows written twice count once. Rows of deleted traces are left out.
   * Waits for others to be written with (at most 200 ms).
   * @throws RowsRefused where the engine took some rows and refused others.
   */
  insert(rows: RowBatch | readonly EncodedRows[]): Promise<void>;
  /** Records and scores of a trace in order of arrival, each once; [] for none. */
  recordsOf(project: string, traceId: string): Promise<readonly RawRecord[]>;
  /** What traces are assembled from anew, many at a time. */
  unfinished(project: string, traceIds: readonly string[]): Promise<UnfinishedTraces>;
  /** Which of these traces have records, at most 2,000 asked for. */
  storedAmong(project: string, traceIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** The runs without spans among these traces, at most 2,000 asked for. */
  conversationsOf(
    project: string,
    traceIds: readonly string[],
  ): Promise<ReadonlyMap<string, RawConversation>>;
  /** The present version; null for none. */
  traceOf(project: string, traceId: string): Promise<TraceRow | null>;
  signalsOf(trace: TraceRow): Promise<readonly SignalRow[]>;
  /** Newest first. */
  newest(filter: TraceFilter, page: PageRequest): Promise<Page<TraceRow>>;
  count(filter: TraceFilter): Promise<number>;
  /** What these traces of the filter cost, in no order; at most 2,000 asked for. */
  losses(filter: TraceFilter, traceIds: readonly string[]): Promise<readonly TraceLoss[]>;
  funnel(filter: TraceFilter): Promise<StoredFunnel>;
  /** Every source of a project, the one that sent last first; at most 1,000. `now` is epoch milliseconds. */
  sources(project: string, now: number): Promise<readonly TraceSource[]>;
  /** Counts by each combination of values, most traces first, at most 10,000. */
  countsBy(filter: TraceFilter, facets: readonly TraceFacet[]): Promise<readonly FacetCount[]>;
  /** Counts and measures of the traces of a filter by groups; a row more than asked for where there are more. */
  measured(filter: TraceFilter, query: MeasureQuery): Promise<readonly QueryRow[]>;
  /** The values that traces have, with their counts: of each kind the 50 most frequent. */
  valueCounts(filter: TraceFilter): Promise<readonly ValueCount[]>;
  /**
   * Failures by the cause that they count for in the rolling clustering, and by the values of a facet; at most 100,000 counts,
   * the highest first. Together they are all failures of the filter.
   */
  failuresByCause(filter: TraceFilter, facet: CauseFacet | null): Promise<readonly CauseFailures[]>;
  /** The traffic by the values of a facet, with when each was first and last seen; at most 10,000, most traces first. */
  trafficBy(filter: TraceFilter, facet: CauseFacet): Promise<readonly ValueTraffic[]>;
  /** The traffic of each version, in each environment and of each prompt, most traces first; at most 10,000. */
  versions(filter: TraceFilter, by: VersionFacet): Promise<readonly VersionTraffic[]>;
  /** The traffic of each version by stretches of time, in order of both; at most 50,000 counts. */
  versionsOverTime(
    filter: TraceFilter,
    by: VersionFacet,
    unit: TimeFacet,
  ): Promise<readonly TimedTraffic[]>;
  /** Sums of every score by versions or by time, in order of both, of the eligible traffic, over its effective size. */
  scoreSums(filter: TraceFilter, by: VersionFacet | TimeFacet): Promise<readonly ScoreSums[]>;
  /** Eligible traces of the traffic in which a detector said yes, by version, in order of both. */
  signalsBy(filter: TraceFilter, by: VersionFacet): Promise<readonly SignalCount[]>;
  /**
   * The cause of each of these failures in the rolling clustering, by trace id; without those that no analysis has looked at.
   * Traces that did not fail have one, of no cause, where they were judged again.
   */
  assignmentsOf(
    project: string,
    traceIds: readonly string[],
  ): Promise<ReadonlyMap<string, StoredAssignment>>;
  /** Scores by name of each of these traces, by trace id. */
  scoresOf(
    project: string,
    traceIds: readonly string[],
  ): Promise<ReadonlyMap<string, Readonly<Record<string, number>>>>;
  /** What watchers look at, by stretches of five minutes of the anchor; those without traces have zeros. */
  stretches(
    filter: TraceFilter & { readonly from: number; readonly to: number },
    figure: WatchedFigure,
  ): Promise<WatchedStretches>;
  /** The values of a score of the traffic by the cause that traces belong to, over their effective size. */
  valuesByCause(filter: TraceFilter, score: string): Promise<readonly CauseValues[]>;
  /** Eligible traces without a score of an online judge, at most `most` ids. */
  unjudged(request: UnjudgedRequest, most: number): Promise<Unjudged>;
  /** The scores of an online judge since two times, by label. */
  judgedCounts(
    project: string,
    judge: string,
    since: { readonly hour: number; readonly day: number },
  ): Promise<readonly JudgedCount[]>;
  /** What is known of traces that another version judged, in order of trace id: of the next 20,000 after `after`. */
  verdicts(project: string, notBy: string, after: string | null): Promise<VerdictPage>;
  /** How many traces another version judged. */
  judgedByOthers(project: string, version: string): Promise<number>;
  /** Names of prompts or tools, the one seen last first; at most 1,000. */
  definitionNames(project: string, kind: DefinitionKind): Promise<readonly DefinitionName[]>;
  /** Texts of a name, or of a version of it (or the text with that hash), the one seen last first; at most 100. */
  definitions(
    project: string,
    kind: DefinitionKind,
    name: string,
    version?: string,
  ): Promise<readonly StoredDefinition[]>;
  /** Texts of all names that were seen within a time (epoch milliseconds), the one seen last first; at most 300. */
  definitionsSeen(
    project: string,
    kind: DefinitionKind,
    from: number,
    to: number,
  ): Promise<readonly SeenDefinition[]>;
  /**
   * Scores since a time (epoch milliseconds) that name no trace, once for each trace that their session, response or span
   * is found in, as rows of those traces; without those that were written before.
   */
  placements(since: number): Promise<readonly ScoreRow[]>;
  /** Every trace of the filter with its records, one at a time, in order of trace id. */
  stream(filter: TraceFilter): AsyncGenerator<StoredTrace>;
  /** The records of these traces, a share at a time that takes some megabytes, or one trace. */
  shares(project: string, traceIds: readonly string[]): AsyncGenerator<StoredShare>;
  /**
   * Traces with records received since a time (epoch milliseconds) whose trace row is missing or older: what a restart has
   * to assemble. Those that have waited longest, at most `most`.
   */
  unassembled(since: number, most: number): Promise<PendingTraces>;
  /** Deletes for good; resolves when the bytes are gone. What arrives for those traces later is left out. */
  forget(target: ForgetTarget): Promise<Forgotten>;
  /** Moves the expiry of all that is stored of a project by whole days, when its retention changes. Negative: sooner. */
  extend(project: string, days: number): Promise<void>;
  /**
   * Writes a copy to a folder while serving. Embedded: below `backups` of the data folder. Copies, restores and deletions of a process
   * run one after the other.
   */
  backup(name: string): Promise<void>;
  /** Copies that are whole, newest first; null where a server of ClickHouse keeps them. */
  backups(): Promise<readonly StoredBackup[] | null>;
  /** Replaces everything by a copy. */
  restore(name: string): Promise<void>;
  status(): StoreStatus;
  /** Waits for what is being written, then stops the engine. */
  close(): Promise<void>;
}

/** A whole copy of the store. */
export interface StoredBackup {
  readonly name: string;
  /** When it was whole; epoch milliseconds. */
  readonly made: number;
  readonly bytes: number;
}

export interface TraceLoss {
  readonly traceId: string;
  /** '' where not recorded. */
  readonly user: string;
  /** US dollars. */
  readonly cost: number;
  readonly tokens: number;
  readonly milliseconds: number;
  /** '' where not recorded. */
  readonly environment: string;
  /** Values by the name of the score. */
  readonly scores: Readonly<Record<string, number>>;
}

export interface StoredFunnel extends TrafficCount {
  /** Rows, each counted once; all other counts are of the traffic. */
  readonly stored: number;
  /** Failed traces with a named signal. */
  readonly signaled: number;
  /** Eligible traces with a signal that did not fail. */
  readonly suspects: number;
}

/** Counts of the traffic, whatever was kept of it: each trace is counted for all that it stands for (`TraceRow.weight`). */
export interface TrafficCount {
  readonly traces: number;
  readonly eligible: number;
  readonly failed: number;
}

export interface ValueTraffic extends TrafficCount {
  /** '' where it was not recorded. */
  readonly value: string;
  /** Start of its first and last trace; epoch milliseconds. */
  readonly first: number;
  readonly last: number;
}

/** A version of a prompt or a release, as it runs in an environment. */
export interface VersionTraffic extends ValueTraffic {
  /** '' where it was not recorded. */
  readonly environment: string;
  /** Name of the prompt; '' where it was not recorded, and for releases. */
  readonly prompt: string;
}

export interface TimedTraffic extends TrafficCount {
  /** The version; '' where it was not recorded. */
  readonly value: string;
  /** Beginning of the stretch of time; epoch milliseconds. */
  readonly start: number;
}

export interface ScoreSums {
  readonly score: string;
  /** The version, or the beginning of the stretch of time in epoch milliseconds. */
  readonly value: string;
  readonly count: number;
  readonly total: number;
  readonly squares: number;
  /** Every value is 0 or 1. */
  readonly isBinary: boolean;
}

export interface SignalCount {
  readonly signal: string;
  readonly value: string;
  readonly traces: number;
}

export interface FacetCount extends TrafficCount {
  readonly values: Readonly<Partial<Record<TraceFacet, string>>>;
}

/** Traces that have a value. */
export interface ValueCount {
  /** `signal`: a detector that said yes; `score`: one of that name is there. */
  readonly of: TraceFacet | 'signal' | 'score';
  readonly value: string;
  readonly traces: number;
  readonly failed: number;
}

/** An application as one SDK in one environment records it. Texts that were not recorded are ''. */
export interface TraceSource {
  readonly service: string;
  readonly sdk: string;
  readonly environment: string;
  /** Traces that are stored. */
  readonly traces: number;
  /** Epoch milliseconds of receipt. */
  readonly first: number;
  readonly last: number;
  /** When it sent within the last 28 days. */
  readonly activity: Activity;
  /** Of its last traces, at most 1,000. */
  readonly checked: number;
  /** Of those, how many carry and lack each item of the readiness. */
  readonly items: Readonly<Record<string, { readonly carry: number; readonly lack: number }>>;
}

/** When a source sent, in slots of five minutes. */
export interface Activity {
  /** Slots in which something came. */
  readonly slots: number;
  /** Milliseconds from one slot with traces to the next: the middle one, and the longest. 0 with fewer than two slots. */
  readonly usualInterval: number;
  readonly longestInterval: number;
}

export interface DefinitionName {
  /** '' where more names came than are kept. */
  readonly name: string;
  readonly versions: number;
  /** The version that was seen last. */
  readonly latest: string;
  /** Epoch milliseconds; to the hour. */
  readonly first: number;
  readonly last: number;
}

/** Of several rows of the same, together. */
export type StoredDefinition = Pick<
  DefinitionRow,
  'version' | 'hash' | 'text' | 'size' | 'first' | 'last'
>;

export type SeenDefinition = StoredDefinition & Pick<DefinitionRow, 'name'>;

export interface CauseFailures {
  /** '' for failures that belong to no cause, or that no analysis has looked at yet. */
  readonly cause: string;
  /** Of the facet; '' without one. */
  readonly value: string;
  readonly failures: number;
}

/** Of the present version. */
export type StoredAssignment = Pick<AssignmentRow, 'cluster' | 'distance' | 'detectorVersion'>;

/** Of the present version. */
export type StoredVerdict = Pick<
  TraceRow,
  | 'traceId'
  | 'anchor'
  | 'version'
  | 'received'
  | 'expires'
  | 'source'
  | 'eligible'
  | 'failed'
  | 'signals'
  | 'weight'
>;

export interface VerdictPage {
  readonly verdicts: readonly StoredVerdict[];
  /** Where the next page begins; null where there is none. */
  readonly last: string | null;
}

export interface StoredTrace {
  readonly traceId: string;
  /** Of the first record. */
  readonly format: string;
  /** In order of arrival; scores last. */
  readonly records: readonly RawRecord[];
}

export interface StoredShare {
  /** In order. */
  readonly traceIds: readonly string[];
  /** Rows of `records`, which `recordRows` reads; copies that the engine has not merged yet are among them. */
  readonly rows: Uint8Array<ArrayBuffer>;
  /** By trace id. */
  readonly scores: ReadonlyMap<string, readonly RawRecord[]>;
}

export interface UnfinishedTraces {
  /** Rows of `records`, which `recordRows` reads; copies that the engine has not merged yet are among them. */
  readonly rows: Uint8Array<ArrayBuffer>;
  readonly scores: ReadonlyMap<string, readonly Score[]>;
  /** What is known of traces that were assembled before. */
  readonly present: ReadonlyMap<string, PresentTrace>;
}

export type PresentTrace = Pick<TraceRow, 'anchor' | 'version' | 'received' | 'source' | 'weight'>;

export interface PendingTraces {
  readonly traces: readonly PendingTrace[];
  /** With those that are left out. */
  readonly total: number;
}

interface PendingTrace {
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
  /** Process of the embedded engine; null with an engine elsewhere, or while it is away. */
  readonly pid: number | null;
  /** Times the engine was started again. */
  readonly restarts: number;
}
