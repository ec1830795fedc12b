import type { TelemetryStore } from '../store/telemetry/telemetry.ts';
import type { Workspace } from '../store/workspace/workspace.ts';
import type { Accounts } from './accounts/accounts.ts';
import type { Note, NotePerson } from './accounts/note.ts';
import type { Analyses } from './analysis/analyses.ts';
import type { Routing } from './annotation/routing.ts';
import type { Backfills } from './backfill/backfills.ts';
import type { Comparisons } from './comparisons/comparisons.ts';
import type { Decoders } from './decode/decoders.ts';
import type { DiskFull } from './disk-space.ts';
import type { EventFeed } from './events/event-feed.ts';
import type { Exports } from './export/exports.ts';
import type { Guards } from './guarding/guards.ts';
import type { CheckAccess } from './http/access.ts';
import type { BodyReader } from './http/body.ts';
import type { ClientAddress } from './http/client-address.ts';
import type { Imports } from './import/imports.ts';
import type { Backlog, FinishCounts } from './ingest/finishing.ts';
import type { Ingest } from './ingest/ingest.ts';
import type { ProjectJobs } from './jobs/project-jobs.ts';
import type { Judges } from './judging/judges.ts';
import type { Metrics } from './metrics.ts';
import type { Narratives } from './narratives/narratives.ts';
import type { ProjectRules } from './project-rules.ts';
import type { Proposals } from './proposals/proposals.ts';
import type { Sessions } from './sessions/sessions.ts';
import type { Sources } from './sources/sources.ts';
import type { Suites } from './suites/suites.ts';
import type { Watching } from './watching/watching.ts';

/** What the groups of routes share. */
export interface ServerContext {
  readonly version: string;
  /** Start of the process; epoch milliseconds. */
  readonly since: number;
  /** Whether requests without a key may do everything. */
  readonly isOpen: boolean;
  readonly store: TelemetryStore;
  readonly workspace: Workspace;
  readonly ingest: Ingest;
  readonly decoders: Decoders;
  readonly imports: Imports;
  readonly exports: Exports;
  readonly bodies: BodyReader;
  readonly checkAccess: CheckAccess;
  /** Who asked before is looked up again. */
  readonly forgetAccess: () => void;
  /** Null where nobody signs in. */
  readonly accounts: Accounts | null;
  readonly note: Note;
  readonly notePerson: NotePerson;
  readonly addressOf: ClientAddress;
  readonly projects: ProjectRules;
  readonly analyses: Analyses;
  readonly backfills: Backfills;
  readonly routing: Routing;
  readonly jobs: ProjectJobs;
  readonly feed: EventFeed;
  readonly sessions: Sessions;
  readonly comparisons: Comparisons;
  readonly proposals: Proposals;
  readonly narratives: Narratives;
  readonly sources: Sources;
  readonly suites: Suites;
  readonly watching: Watching;
  readonly judges: Judges;
  readonly guards: Guards;
  readonly metrics: Metrics;
  /** Of the disk that traces are stored on; never where a server elsewhere has it. */
  readonly diskFull: DiskFull;
  /** What the server does with traces at the moment. */
  readonly progress: () => Progress;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Something went wrong that no client caused. */
  readonly onError: (error: unknown) => void;
  /** A new id: letters and digits. */
  readonly newId: () => string;
}

interface Progress extends FinishCounts {
  readonly backlog: Backlog;
  readonly openTraces: number;
  readonly openBytes: number;
  readonly spoolBytes: number;
}
