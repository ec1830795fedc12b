import type { WatchState } from '../../contract/watcher.ts';
import type { Measurement } from './measurement.ts';

/** A warning begins at this share of what begins an alert. */
const WARNING = 0.75;
/** A state is left below this share of what begins it. */
const LEAVE = 0.7;
/** Milliseconds for which another state must last until it counts. */
export const DWELL = 30 * 60_000;

/** What a watcher says, and since when; and what it will say if that lasts. */
export interface Standing {
  readonly state: WatchState;
  /** Epoch milliseconds. */
  readonly since: number;
  readonly next: { readonly state: WatchState; readonly since: number } | null;
}

export const standingAt = (at: number): Standing => ({ state: 'unknown', since: at, next: null });

/** The standing after a measurement at this time. Another state counts once it has lasted for `dwell`. */
export function nextStanding(
  before: Standing,
  measurement: Measurement,
  at: number,
  dwell = DWELL,
): Standing {
  const state = stateOf(before.state, measurement);
  if (state === before.state) return { ...before, next: null };
  const since = before.next?.state === state ? before.next.since : at;
  // There is nothing to wait for where nothing was known.
  if (before.state === 'unknown' && state !== 'alert') return { state, since: at, next: null };
  return at - since >= dwell
    ? { state, since: at, next: null }
    : { ...before, next: { state, since } };
}

function stateOf(before: WatchState, measurement: Measurement): WatchState {
  switch (measurement.kind) {
    case 'learning':
      return 'unknown';
    case 'too few':
      return measurement.isEmpty ? 'no data' : before === 'alert' ? 'alert' : 'unknown';
    case 'constant':
    case 'blind':
      return 'uninformative';
    case 'stopped':
      return 'stopped';
    case 'measured': {
      const { level } = measurement;
      if (level >= 1 || (before === 'alert' && level >= LEAVE)) return 'alert';
      const isWarned = before === 'warning' || before === 'alert';
      return level >= WARNING || (isWarned && level >= WARNING * LEAVE) ? 'warning' : 'ok';
    }
    default: {
      const never: never = measurement;
      return never;
    }
  }
}
