import type { RawRecord } from '../../collect/collect.ts';
import type { FileFacts } from '../../contract/file-facts.ts';
import type { DetectionOptions } from '../../detect/detect.ts';
import type { SignalRow, TraceRow } from '../../store/telemetry/telemetry.ts';
import type { Sampling } from './representative.ts';

/** What is known of a finished trace besides its records. */
export interface FinishedTrace {
  readonly project: string;
  readonly traceId: string;
  readonly format: string;
  readonly records: readonly RawRecord[];
  /** Of its present row; null for the first assembly. */
  readonly anchor: number | null;
  readonly version: number;
  /** Epoch milliseconds. */
  readonly received: number;
  /** When the store may drop it. */
  readonly expires: number;
}

/** How the traces of a project are judged. */
export interface ProjectJudging {
  readonly options: Pick<DetectionOptions, 'scores' | 'stepBudget' | 'policy'>;
  /** Facts of the traces before; null before the first analysis. */
  readonly facts: FileFacts | null;
  /** Names detectors and facts. */
  readonly version: string;
  /** Which traces are in the representative sample. */
  readonly sampling: Sampling;
}

export interface FinishedRows {
  readonly traces: readonly TraceRow[];
  readonly signals: readonly SignalRow[];
}
