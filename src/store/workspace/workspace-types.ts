import type { JsonObject } from '../../contract/json.ts';
import type { Redaction } from '../../contract/redaction.ts';
import type { People } from './accounts/people.ts';
import type { SignIn, SignInOptions } from './accounts/sign-in.ts';
import type { AnnotationStore } from './annotation/annotation-store.ts';
import type { AuditLog } from './audit.ts';
import type { DecisionLog } from './decision-log.ts';
import type { JobQueue } from './jobs/job-queue.ts';
import type { JudgeStore } from './judging/judge-store.ts';
import type { NarrativeStore } from './narratives/narrative-store.ts';
import type { Scope } from './scope.ts';
import type { SentRuns } from './sent-run.ts';
import type { EventLog } from './server-event.ts';
import type { SharedLinks } from './shared-link.ts';
import type { BackfillStore } from './stored-backfill.ts';
import type { ComparisonStore } from './stored-comparison.ts';
import type { ProposalStore } from './stored-proposals.ts';
import type { SessionStore } from './stored-session.ts';
import type { WatchStore } from './watch/watch-store.ts';

export interface Project {
  /** Letters, digits and hyphens; part of every row of the telemetry store. */
  readonly id: string;
  readonly name: string;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly settings: ProjectSettings;
}

export interface ProjectSettings {
  /** What becomes of personal data before anything is stored. */
  readonly redact: Redaction['mode'];
  /** Days that traces are kept. */
  readonly keepDays: number;
  /** Rules such as `groundedness<0.7`. */
  readonly scores: readonly string[];
}

export const DEFAULT_SETTINGS: ProjectSettings = { redact: 'off', keepDays: 90, scores: [] };

/** A key without its secret, of which only a hash is stored. */
export interface Key {
  readonly id: string;
  readonly project: string;
  readonly name: string;
  /** The first letters of the secret, to recognize it by. */
  readonly prefix: string;
  readonly scopes: readonly Scope[];
  readonly created: number;
  /** Null while it is valid. */
  readonly revoked: number | null;
}

/** A change of the application, to which failures can be traced. */
export interface Deploy {
  readonly id: string;
  readonly project: string;
  readonly at: number;
  /** At least one of them is not ''. */
  readonly release: string;
  readonly promptVersion: string;
  readonly model: string;
  readonly environment: string;
  readonly note: string;
}

/** What an analysis looked at, and when. */
interface AnalysisSummary {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Start of the stretch of time that it looked at; epoch milliseconds, null for all that is stored. */
  readonly from: number | null;
  readonly traces: number;
  readonly failed: number;
}

/** An analysis of what a project has stored. */
export interface StoredAnalysis extends AnalysisSummary {
  readonly project: string;
  /** Traces that the project had then. */
  readonly stored: number;
  /** `ReportData` as JSON, compressed with zstd. */
  readonly report: Uint8Array;
  /** `FrozenModel` as JSON, compressed with zstd: what other traces are judged by and assigned with. */
  readonly model: Uint8Array;
  /** `Tenants` as JSON, compressed with zstd: causes by tenant; null where no trace names one. */
  readonly tenants: Uint8Array | null;
}

/** What other traces are judged by. */
export type StoredModel = Pick<StoredAnalysis, 'id' | 'at' | 'stored' | 'model'>;

/**
 * Projects, keys, settings, deploys, analyses, decisions, sessions, comparisons and sent runs: PostgreSQL, embedded or by URL. Every method rejects with
 * CulpritError `store_unavailable` while the database is away.
 */
export interface Workspace extends DecisionLog, SessionStore, ComparisonStore, SentRuns {
  projects(): Promise<readonly Project[]>;
  project(id: string): Promise<Project | null>;
  /** The project of that id, made with default settings where there is none. */
  ensureProject(id: string, name: string): Promise<Project>;
  /** A new project with default settings; null where there is one of that id, also for the later of two at once. */
  addProject(id: string, name: string): Promise<Project | null>;
  /** Null where there is no such project. */
  changeSettings(id: string, change: Partial<ProjectSettings>): Promise<Project | null>;
  /** The secret that hashes of personal data in a project are keyed with. */
  redactionSalt(id: string): Promise<string>;
  keys(project: string): Promise<readonly Key[]>;
  /** @param hash SHA-256 of the secret, in hex. */
  addKey(key: Omit<Key, 'revoked'>, hash: string): Promise<void>;
  /** False where the project has no such valid key. */
  revokeKey(project: string, id: string, at: number): Promise<boolean>;
  /** The valid key with that hash. */
  keyOf(hash: string): Promise<Key | null>;
  addDeploy(deploy: Deploy): Promise<void>;
  /** Newest first, at most 1,000. */
  deploys(project: string): Promise<readonly Deploy[]>;
  /** Keeps the last ten of the project. */
  addAnalysis(analysis: StoredAnalysis): Promise<void>;
  latestAnalysis(project: string): Promise<StoredAnalysis | null>;
  /** Without what it found, which is large. */
  latestSummary(project: string): Promise<AnalysisSummary | null>;
  /** Causes by tenant of the latest; `tenants` is null where no trace names one. */
  latestTenants(
    project: string,
  ): Promise<(AnalysisSummary & Pick<StoredAnalysis, 'tenants'>) | null>;
  /** Null where it is not kept any more. */
  analysisOf(project: string, id: string): Promise<StoredAnalysis | null>;
  /** That of the latest analysis. */
  latestModel(project: string): Promise<StoredModel | null>;
  /** Taxonomies, queues and labels. */
  readonly annotation: AnnotationStore;
  /** Watchers, incidents and messages about them. */
  readonly watch: WatchStore;
  /** Online judges, and what they spent. */
  readonly judges: JudgeStore;
  /** What the label model said of causes, and what it spent. */
  readonly narratives: NarrativeStore;
  /** Reports that were given to customers. */
  readonly links: SharedLinks;
  /** What re-clusterings propose. */
  readonly proposals: ProposalStore;
  /** How far stored traces are judged by one version. */
  readonly backfills: BackfillStore;
  /** How far the history of a source was imported; null before the first time. */
  importState(project: string, source: string): Promise<JsonObject | null>;
  keepImportState(project: string, source: string, state: JsonObject, at: number): Promise<void>;
  readonly jobs: JobQueue;
  readonly audit: AuditLog;
  readonly people: People;
  /** Called where people sign in. */
  openSignIn(options: Omit<SignInOptions, 'secret'>): Promise<SignIn>;
  readonly events: EventLog;
  /** Stops the jobs that run here, then the database. */
  close(): Promise<void>;
}
