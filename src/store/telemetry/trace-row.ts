import type { JsonObject } from '../../contract/json.ts';
import type { TraceStatus } from '../../contract/trace.ts';

/**
 * What is known of an assembled trace: what lists, filters and counts need, and the texts that search reads.
 * Identity: (project, anchor, trace id); the highest `version` wins. Texts that were not recorded are ''.
 */
export interface TraceRow {
  readonly project: string;
  readonly traceId: string;
  /** Start as first assembled (epoch milliseconds), else time of receipt. Never changes: a new version of the row repeats it. */
  readonly anchor: number;
  /** 1, and one more with each assembly. Of two rows of one version, the later counts: it was judged again. */
  readonly version: number;
  /** Epoch milliseconds; the anchor when not recorded. */
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly status: TraceStatus;
  readonly errorType: string;
  readonly tenant: string;
  readonly user: string;
  readonly session: string;
  readonly environment: string;
  readonly release: string;
  readonly promptName: string;
  readonly promptVersion: string;
  readonly model: string;
  readonly provider: string;
  readonly tags: readonly string[];
  readonly metadata: JsonObject;
  readonly input: string;
  readonly output: string;
  readonly rootSpan: string;
  readonly spanCount: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** USD. */
  readonly cost: number;
  /** Scores with a value, the last of each name. */
  readonly scores: Readonly<Record<string, number>>;
  /** Detectors that said yes. */
  readonly signals: readonly string[];
  /** Kinds of gaps. */
  readonly gaps: readonly string[];
  /** Can be judged: holds enough to tell whether it failed. */
  readonly eligible: boolean;
  readonly failed: boolean;
  /** Where it came from: `otlp`, `langfuse`, name of an import. */
  readonly source: string;
  /** The application that sent it; '' when not recorded. */
  readonly service: string;
  /** What recorded it, as `sdkOf` names it. */
  readonly sdk: string;
  /** What of `readinessOf` it carries and lacks. */
  readonly carries: readonly string[];
  readonly lacks: readonly string[];
  /** How many traces of the traffic it stands for: a whole number from 1 on, more than 1 where others like it were dropped. */
  readonly weight: number;
  /** Version of the detectors that judged it; '' when none did. */
  readonly detectorVersion: string;
  /** `received` of the last record it was assembled from. */
  readonly received: number;
  /** Epoch milliseconds from which on the store drops it (to the day): receipt and the days that its project keeps. */
  readonly expires: number;
}
