import type { Trace } from '../contract/trace.ts';

/** Milliseconds from start to end; null when either is missing or the end lies before the start. */
export function latency({
  startTime,
  endTime,
}: Pick<Trace, 'startTime' | 'endTime'>): number | null {
  if (startTime === null || endTime === null || endTime < startTime) return null;
  return endTime - startTime;
}
