import type { JsonObject } from '../../contract/json.ts';
import type { JobProgress } from './jobs/job-queue.ts';
import type { WorkEnd, WorkState } from './kept-work.ts';

/** One sitting of error analysis: which traces, how they are analyzed, what came of it, and what people note down. */
export interface StoredSession extends SessionNotes {
  readonly id: string;
  readonly project: string;
  /** Epoch milliseconds. */
  readonly created: number;
  /** Id of who made it; `local` on an open server. */
  readonly by: string;
  /** The session that it was made from; null for none. It may be deleted. */
  readonly parent: string | null;
  /** Which traces, as the API takes it, with its end fixed. */
  readonly filter: JsonObject;
  /** Options of the analysis, with the defaults filled in. */
  readonly options: JsonObject;
  readonly state: WorkState;
  /** Null unless it is running and has said where it is. */
  readonly progress: JobProgress | null;
  readonly started: number | null;
  readonly ended: number | null;
  /** Null unless it is done. */
  readonly traces: number | null;
  readonly failed: number | null;
  /** Why it failed. */
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** What people change while they work. */
interface SessionNotes {
  readonly name: string;
  readonly agenda: readonly {
    readonly text: string;
    readonly isDone: boolean;
    /** Path of a page below that of the project. */
    readonly link?: string | undefined;
  }[];
  readonly people: readonly string[];
  /** Time spent. */
  readonly minutes: number;
  readonly notes: string;
}

/** What an analysis has found. */
export interface SessionResult {
  readonly traces: number;
  readonly failed: number;
  /** `ReportData` as JSON, compressed with zstd. */
  readonly report: Uint8Array;
}

/** Sessions of projects. */
export interface SessionStore {
  /** False, and nothing changes, where the id is taken. */
  addSession(session: StoredSession): Promise<boolean>;
  session(project: string, id: string): Promise<StoredSession | null>;
  /** Newest first, at most 500. */
  sessions(project: string): Promise<readonly StoredSession[]>;
  /** The one to be worked on: running, as it was when a process died, or waiting for the longest. */
  nextSession(project: string): Promise<StoredSession | null>;
  /** Null where there is no such session. `addMinutes` is added to the time spent. */
  changeNotes(
    project: string,
    id: string,
    change: Partial<Omit<SessionNotes, 'minutes'>> & { readonly addMinutes?: number },
  ): Promise<StoredSession | null>;
  /** False where the session has ended already, or is not there. */
  moveSession(project: string, id: string, to: WorkEnd<SessionResult>): Promise<boolean>;
  /** The state it is in; null where it was deleted. */
  setProgress(project: string, id: string, progress: JobProgress): Promise<WorkState | null>;
  /** `report` of the result; null unless it is done. */
  sessionReport(project: string, id: string): Promise<Uint8Array | null>;
  /** False where there is no such session. */
  removeSession(project: string, id: string): Promise<boolean>;
}

export const MOST_SESSIONS = 500;
