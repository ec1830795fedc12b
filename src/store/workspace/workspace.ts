// biome-ignore lint/performance/noBarrelFile: other modules enter here
export { EVENT_KINDS, type EventKind, type EventLog, type ServerEvent } from './event-log.ts';
export {
  JOB_KINDS,
  JOB_STATES,
  type Job,
  type JobKind,
  type JobOutcome,
  type JobProgress,
  type JobQueue,
} from './jobs/job-queue.ts';
export { openWorkspace } from './open-workspace.ts';
export {
  DEFAULT_SETTINGS,
  type Deploy,
  type Key,
  type Project,
  type ProjectSettings,
  SCOPES,
  type Scope,
  type StoredAnalysis,
  type Workspace,
} from './workspace-types.ts';
