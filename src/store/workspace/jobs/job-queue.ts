import type { Json } from '../../../contract/json.ts';

/** Work that takes longer than a request. Never one job per trace. */
export const JOB_KINDS = [
  ...(['analysis', 'session', 'comparison', 'judging', 'backfill', 'narrative'] as const),
] as const;
export type JobKind = (typeof JOB_KINDS)[number];

export const JOB_STATES = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];

export interface Job {
  readonly id: string;
  readonly kind: JobKind;
  readonly project: string;
  readonly state: JobState;
  /** Who asked for it: the id of a person or key, `schedule`, or `local` on an open server. */
  readonly by: string;
  /** Epoch milliseconds; null for what has not happened. */
  readonly created: number;
  readonly started: number | null;
  readonly ended: number | null;
  /** Null unless it is running and has said where it is. */
  readonly progress: JobProgress | null;
  /** What it made, once it is done. */
  readonly result: Json;
  /** Why it failed. */
  readonly error: JobError | null;
}

export interface JobProgress {
  readonly step: string;
  readonly done: number;
  /** Null while unknown. */
  readonly total: number | null;
}

export interface JobError {
  readonly code: string;
  readonly message: string;
}

/** How a job ended. */
export type JobOutcome =
  | { readonly result: Json; readonly error: null }
  | { readonly result: null; readonly error: JobError };

export interface RunningJob {
  readonly id: string;
  readonly project: string;
  readonly by: string;
  /** Aborted when the job is cancelled, by whatever process, or this one stops. */
  readonly signal: AbortSignal;
  readonly progress: (progress: JobProgress) => Promise<void>;
}

/** Jobs of all projects. Of each kind, a project has one at a time, whatever the number of processes. */
export interface JobQueue {
  /** Adds a job, or gives the one of that kind which waits or runs in the project. */
  add(kind: JobKind, project: string, by: string): Promise<Job>;
  find(project: string, id: string): Promise<Job | null>;
  /** Newest first, of one kind or of all; ended ones are kept for a week. */
  list(project: string, limit: number, kind?: JobKind): Promise<readonly Job[]>;
  /** False for a job that has ended, or is not there. One that runs stops within seconds. */
  cancel(project: string, id: string): Promise<boolean>;
  /**
   * Does jobs of a kind, one at a time, here and in other processes. A job whose process died is done again.
   * @param work Rejects only where it should be done again.
   */
  work(kind: JobKind, work: (job: RunningJob) => Promise<JobOutcome>): Promise<void>;
  /** Stops working; what runs is left to others, or to the next start. */
  stop(): Promise<void>;
}
