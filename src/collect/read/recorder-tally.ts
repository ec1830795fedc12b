import {
  READINESS_ITEMS,
  type ReadinessItem,
  type Recorder,
  SDKS,
  type Sdk,
} from '../../contract/readiness.ts';
import type { Trace } from '../../contract/trace.ts';
import { checklistOf, type ItemCount } from '../../trace/checklist.ts';
import { readinessOf } from '../../trace/readiness.ts';
import { SDK_NAMES, sdkOf } from '../../trace/sdk.ts';

/** Counts what traces carry and lack, by the SDK that recorded them. Sums alone, so parts may be merged in any order. */
export interface RecorderTally {
  add(trace: Trace): void;
  /** As structured clone copies it. */
  state(): RecorderCounts;
  merge(state: RecorderCounts): void;
  /** The SDK of most traces first. */
  report(): readonly Recorder[];
}

export type RecorderCounts = ReadonlyMap<Sdk, RecorderCount>;

interface RecorderCount {
  readonly traces: number;
  readonly items: ReadonlyMap<ReadinessItem, ItemCount>;
}

export function recorderTally(): RecorderTally {
  const counts = new Map<Sdk, { traces: number; items: Map<ReadinessItem, MutableCount> }>();

  const of = (sdk: Sdk) => {
    let found = counts.get(sdk);
    if (found === undefined) {
      const items = READINESS_ITEMS.map((item) => [item, { carry: 0, lack: 0 }] as const);
      found = { traces: 0, items: new Map(items) };
      counts.set(sdk, found);
    }
    return found;
  };

  return {
    add(trace) {
      const sdk = sdkOf(trace);
      if (sdk === 'other' && saysNothing(trace)) return;
      const count = of(sdk);
      count.traces++;
      const { carries, lacks } = readinessOf(trace);
      for (const item of carries) count.items.get(item)!.carry++;
      for (const item of lacks) count.items.get(item)!.lack++;
    },
    state: () => counts,
    merge(state) {
      for (const [sdk, { traces, items }] of state) {
        const count = of(sdk);
        count.traces += traces;
        for (const [item, { carry, lack }] of items) {
          const sum = count.items.get(item)!;
          sum.carry += carry;
          sum.lack += lack;
        }
      }
    },
    report: () =>
      SDKS.flatMap((sdk) => {
        const count = counts.get(sdk);
        if (count === undefined) return [];
        const checklist = checklistOf(sdk, Object.fromEntries(count.items));
        return [{ sdk, name: SDK_NAMES[sdk], traces: count.traces, checklist }];
      }).toSorted((a, b) => b.traces - a.traces),
  };
}

type MutableCount = { -readonly [K in keyof ItemCount]: ItemCount[K] };

/** Of an application without models, as far as can be told. */
const saysNothing = ({ messages, scores, input, output }: Trace): boolean =>
  messages.length + scores.length === 0 && input === '' && output === '';
