import type { TraceSource } from '../../store/telemetry/telemetry.ts';

/** Whether a source sends. */
export const SOURCE_STATES = ['receiving', 'stopped', 'no_data'] as const;
export type SourceState = (typeof SOURCE_STATES)[number];

export interface SourceActivity {
  readonly state: SourceState;
  /** Milliseconds of silence from which on it counts as stopped; null where it never sent regularly. */
  readonly stoppedAfter: number | null;
}

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
/** Slots of five minutes with traces that make a source a regular one. */
const REGULAR_SLOTS = 10;
const USUAL_INTERVALS = 3;
const LONGEST_INTERVALS = 1.5;
/** The least that a source sends regularly. */
const SLOT = 5 * MINUTE;
/** A source that is not regular is without data after this long. */
const NO_DATA = 7 * DAY;

/** The rule in words, for whoever sees its verdict. */
export const STATE_RULE =
  'A source is stopped when it sent in at least 10 of the five-minute slots of the last 28 days and has been silent for longer than 3 of its usual intervals (at least 15 minutes) and than 1.5 times its longest pause in those days. A source that never sent regularly has no data after 7 silent days.';

/** The state of a source at a time; epoch milliseconds. */
export function sourceState(
  { last, activity }: Pick<TraceSource, 'last' | 'activity'>,
  now: number,
): SourceActivity {
  const silence = now - last;
  if (activity.slots < REGULAR_SLOTS)
    return { state: silence > NO_DATA ? 'no_data' : 'receiving', stoppedAfter: null };
  const stoppedAfter = Math.max(
    USUAL_INTERVALS * Math.max(SLOT, activity.usualInterval),
    LONGEST_INTERVALS * activity.longestInterval,
  );
  return { state: silence > stoppedAfter ? 'stopped' : 'receiving', stoppedAfter };
}

/** The state of a whole project: that of its liveliest source; no data where it has none. */
export function projectState(states: readonly SourceState[]): SourceState {
  return SOURCE_STATES.find((state) => states.includes(state)) ?? 'no_data';
}
