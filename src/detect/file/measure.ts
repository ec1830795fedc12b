import type { Trace } from '../../contract/trace.ts';

/** What a run used up. */
export type Measure = 'cost' | 'latency' | 'token';
export const MEASURES: readonly Measure[] = ['cost', 'latency', 'token'];

/** USD, milliseconds or tokens; null when not recorded. */
export function measured({ usage, startTime, endTime }: Trace, measure: Measure): number | null {
  switch (measure) {
    case 'cost':
      return usage.cost;
    case 'latency':
      return startTime === null || endTime === null ? null : endTime - startTime;
    case 'token':
      return usage.inputTokens === null && usage.outputTokens === null
        ? null
        : (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0);
  }
}
