import type { TelemetryStore, TraceFilter } from '../../store/telemetry/telemetry.ts';

const DAY = 86_400_000;

/** Milliseconds of the stretch of time whose traces are analyzed as a rule. */
export const ROLLING = 30 * DAY;

/** With as many failures, or as many traces, the last 30 days say something by themselves. */
const ENOUGH_FAILURES = 20;
const ENOUGH_TRACES = 1_000;

/** When an analysis was made, and from when on it looked at traces; epoch milliseconds. */
export interface RollingWindow {
  readonly at: number;
  /** Null: from the first trace that is stored. */
  readonly from: number | null;
}

/**
 * The traces that an analysis at that time looks at: those of the last 30 days, or all as long as these are few traces with few
 * failures, as after an import of what is older.
 */
export async function rollingWindow(
  store: Pick<TelemetryStore, 'funnel'>,
  project: string,
  at: number,
): Promise<RollingWindow> {
  const recent = { at, from: at - ROLLING };
  const { stored, failed } = await store.funnel(windowFilter(project, recent));
  return failed >= ENOUGH_FAILURES || stored >= ENOUGH_TRACES ? recent : { at, from: null };
}

/** The end is fixed, so that the same traces are found again. */
export const windowFilter = (project: string, { at, from }: RollingWindow): TraceFilter => ({
  project,
  ...(from !== null && { from }),
  to: at + DAY,
});
