import type { FileFacts } from '../../contract/file-facts.ts';
import type { Score } from '../../contract/trace.ts';
import type { DetectionOptions } from '../../detect/detect.ts';
import type { SignalRow, TraceRow } from '../../store/telemetry/telemetry.ts';
import type { SpoolPlace } from '../ingest/spool.ts';

/** What is known of a finished trace besides its records. */
export interface FinishedTrace {
  readonly project: string;
  readonly traceId: string;
  /** Of its first record; '' when not known. */
  readonly format: string;
  /** Of its present row; null for the first assembly. */
  readonly anchor: number | null;
  readonly version: number;
  /** Epoch milliseconds. */
  readonly received: number;
  /** When the store may drop it. */
  readonly expires: number;
}

/** A finished trace with the places of its records. */
export interface TraceToFinish extends FinishedTrace {
  /** Where its rows are; null: among those that come with it from the store. */
  readonly places: readonly SpoolPlace[] | null;
  readonly scores: readonly Score[];
}

/** How the traces of a project are judged. */
export interface ProjectJudging {
  readonly options: Pick<DetectionOptions, 'scores' | 'stepBudget' | 'policy'>;
  /** Facts of the traces before; null before the first analysis. */
  readonly facts: FileFacts | null;
  /** Names detectors and facts. */
  readonly version: string;
}

export interface FinishedRows {
  readonly traces: readonly TraceRow[];
  readonly signals: readonly SignalRow[];
}
