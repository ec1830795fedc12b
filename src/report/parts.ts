import type { Category } from '../contract/category.ts';
import type { CollectReport } from '../contract/collection.ts';
import type { Detected } from '../contract/detected.ts';
import type { FileFacts } from '../contract/file-facts.ts';
import type { IdentifiedCause } from '../contract/frozen-model.ts';
import type { GivenCommandRecord } from '../contract/given-command.ts';
import type { Grouping, LevelCluster, PointCluster } from '../contract/grouping.ts';
import type { ClusterLabel } from '../contract/label.ts';
import type { RecordedOptions } from '../contract/options.ts';
import type { Ranked } from '../contract/ranked.ts';

/** The results of the steps of a run, from which the record is made. */
export interface RecordParts {
  /** Version of the tool. */
  readonly version: string;
  readonly command: GivenCommandRecord | null;
  /** Takes out of a value what must not be written. */
  readonly redact: <Value>(value: Value) => Value;
  readonly collected: CollectReport;
  readonly facts: FileFacts;
  readonly detected: Detected;
  readonly vectors: Float32Array;
  readonly dimensions: number;
  readonly options: RecordedOptions;
  readonly grouping: Grouping;
  /** Of every cluster of the grouping. */
  readonly labels: ReadonlyMap<PointCluster, ClusterLabel>;
  /** The clusters of each level of the grouping, in order of rank. */
  readonly ranked: readonly (readonly Ranked<LevelCluster>[])[];
  readonly formula: string;
  readonly categories: readonly Category[];
  /** Causes of the analysis before, whose ids are kept. Default: none. */
  readonly earlier?: readonly IdentifiedCause[];
}
