import type { TraceSource } from '../../store/telemetry/telemetry.ts';
import { READINESS_ITEMS, READINESS_TEXT, type ReadinessItem } from '../../trace/readiness.ts';
import { SDK_NAMES, SDKS, type Sdk } from '../../trace/sdk.ts';
import { type SdkLine, sdkLines } from '../../trace/sdk-line.ts';
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

interface ChecklistItem {
  readonly item: ReadinessItem;
  readonly label: string;
  readonly why: string;
  /** Traces to which it applies, and those that carry it. */
  readonly applies: number;
  readonly carried: number;
  /** The lines that add it; [] where nothing is missing, or no line is known. */
  readonly lines: readonly SdkLine[];
}

export function sourceView(source: TraceSource, now: number): SourceView {
  const { service, environment, traces, first, last, activity, checked, items } = source;
  const sdk = SDKS.find((each) => each === source.sdk) ?? 'other';
  return {
    ...{ service, sdk, sdkName: SDK_NAMES[sdk], environment, traces, first, last, checked },
    ...sourceState(source, now),
    usualInterval: activity.slots < 2 ? null : activity.usualInterval,
    checklist: READINESS_ITEMS.flatMap((item) => {
      const { carry = 0, lack = 0 } = items[item] ?? {};
      if (carry + lack === 0) return [];
      const lines = lack === 0 ? [] : sdkLines(sdk, item);
      return [{ item, ...READINESS_TEXT[item], applies: carry + lack, carried: carry, lines }];
    }),
  };
}
