import { type ChecklistItem, SDKS, type Sdk } from '../../contract/readiness.ts';
import type { TraceSource } from '../../store/telemetry/telemetry.ts';
import { checklistOf } from '../../trace/checklist.ts';
import { SDK_NAMES } from '../../trace/sdk.ts';
import { type SourceActivity, sourceState } from './source-state.ts';

/** A source with its state and its checklist. */
export interface SourceView extends SourceActivity {
  readonly service: string;
  readonly sdk: Sdk;
  readonly sdkName: string;
  readonly environment: string;
  readonly traces: number;
  /** Epoch milliseconds. */
  readonly first: number;
  readonly last: number;
  /** Milliseconds; null where it sent in fewer than two slots. */
  readonly usualInterval: number | null;
  /** Traces that the checklist counts. */
  readonly checked: number;
  readonly checklist: readonly ChecklistItem[];
}

export function sourceView(source: TraceSource, now: number): SourceView {
  const { service, environment, traces, first, last, activity, checked, items } = source;
  const sdk = SDKS.find((each) => each === source.sdk) ?? 'other';
  return {
    ...{ service, sdk, sdkName: SDK_NAMES[sdk], environment, traces, first, last, checked },
    ...sourceState(source, now),
    usualInterval: activity.slots < 2 ? null : activity.usualInterval,
    checklist: checklistOf(sdk, items),
  };
}
