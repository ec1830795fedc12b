// biome-ignore-all lint/performance/noBarrelFile: other modules enter here

export type {
  Admitted,
  Invitation,
  Member,
  People,
  Person,
} from './accounts/people.ts';
export { ROLES, type Role, scopesOf } from './accounts/role.ts';
export {
  LONGEST_PASSWORD,
  type Proven,
  type Provider,
  SHORTEST_PASSWORD,
  SIGNED_IN_PAGE,
  type SignIn,
} from './accounts/sign-in.ts';
export type {
  AnnotationStore,
  AnnotationUndo,
  AnswerResult,
  NewItem,
  NextTaxonomy,
} from './annotation/annotation-store.ts';
export type { AuditEntry, AuditFilter, AuditLog } from './audit.ts';
export {
  type Act,
  areDecided,
  changedBy,
  type DecisionLog,
  inverse,
  isLasting,
  type UndoResult,
  type ValueAt,
} from './decision-log.ts';
export {
  JOB_KINDS,
  JOB_STATES,
  type Job,
  type JobError,
  type JobKind,
  type JobOutcome,
  type JobQueue,
  type RunningJob,
} from './jobs/job-queue.ts';
export {
  type BudgetBound,
  boundReached,
  type CallSpend,
  type GivenScore,
  type JudgeCalls,
  type JudgePlace,
  type JudgeSpend,
  type JudgeStore,
  type JudgeUse,
  MOST_ATTEMPTS,
  type WantedCall,
  withCall,
} from './judging/judge-store.ts';
export { WORK_STATES, type WorkEnd, type WorkState } from './kept-work.ts';
export {
  type NarrativeStore,
  type NarrativeTold,
  overBudget,
  type StoredNarrative,
} from './narratives/narrative-store.ts';
export { openWorkspace } from './open-workspace.ts';
export { SCOPES, type Scope } from './scope.ts';
export type { SentRun, SentRuns } from './sent-run.ts';
export { EVENT_KINDS, type EventKind, type EventLog, type ServerEvent } from './server-event.ts';
export type { SharedLink, SharedLinks } from './shared-link.ts';
export type { BackfillStore, StoredBackfill } from './stored-backfill.ts';
export type { ComparisonResult, StoredComparison } from './stored-comparison.ts';
export type { ProposalStore, StoredProposals } from './stored-proposals.ts';
export type { SessionResult, SessionStore, StoredSession } from './stored-session.ts';
export type {
  Delivery,
  StoredIncident,
  StoredSchedule,
  StoredWatcherState,
  WatcherProgress,
  WatchStore,
} from './watch/watch-store.ts';
export {
  DEFAULT_SETTINGS,
  type Deploy,
  type Key,
  type Project,
  type ProjectSettings,
  type StoredAnalysis,
  type StoredModel,
  type Workspace,
} from './workspace-types.ts';
