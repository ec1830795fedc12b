import type { FrozenModel } from '../../contract/frozen-model.ts';
import type { Score } from '../../contract/trace.ts';
import type { DetectionOptions } from '../../detect/detect.ts';
import type {
  AssignmentRow,
  DefinitionRow,
  ScoreRow,
  SignalRow,
  StoredVerdict,
  TraceRow,
} from '../../store/telemetry/telemetry.ts';
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
  /** Of its present row, whatever it is found to be now; 1 for the first assembly. */
  readonly weight: number;
  /** What it was judged before. Where a model finds the same, there is no new row of the trace. Default: there is. */
  readonly known?: Pick<StoredVerdict, 'eligible' | 'failed' | 'signals'>;
}

/** A finished trace with its records, or with the places where they are. */
export interface TraceToFinish extends FinishedTrace {
  /** Where its rows are; null: among those that come with it from the store. */
  readonly places: readonly SpoolPlace[] | null;
  readonly scores: readonly Score[];
}

/** How the traces of a project are judged. */
export interface ProjectJudging {
  readonly options: Pick<DetectionOptions, 'scores' | 'stepBudget' | 'policy'>;
  /** Of the latest analysis; null before the first. */
  readonly model: JudgingModel | null;
  /** Names detectors and facts. */
  readonly version: string;
}

interface JudgingModel extends Pick<FrozenModel, 'facts' | 'causes'> {
  /** When the analysis was made; epoch milliseconds. */
  readonly at: number;
}

export interface FinishedRows {
  readonly traces: readonly TraceRow[];
  readonly signals: readonly SignalRow[];
  /** Scores that it holds about other traces. */
  readonly scores: readonly ScoreRow[];
  /** Of failures, once there are causes to assign them to; of traces that are judged again, whether they failed or not. */
  readonly assignments: readonly AssignmentRow[];
  /** Its prompt and its tools. */
  readonly definitions: readonly DefinitionRow[];
}
