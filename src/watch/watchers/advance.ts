import type { WatchDirection } from '../../contract/watcher.ts';
import { binomialRate, binomialSpread } from './binomial.ts';
import { type History, historyOf, readStretch, timeOf } from './history.ts';
import { type LevelSums, NO_SUMS, nextHour } from './level.ts';
import type { Measurement, Thresholds } from './measurement.ts';
import { seasonal, seasonalSpread } from './seasonal.ts';
import { DAY, HOUR, type Series, STRETCH } from './series.ts';
import { DWELL, nextStanding, type Standing, standingAt } from './state.ts';

/** How a series is watched. */
export interface Watching {
  /**
   * - `seasonal`: a count, against the same hours of the weeks before
   * - `binomial`: a rate, against that of two weeks
   * - `ewma`, `cusum`: the mean of values by hour, against that of two weeks; for levels and for slow shifts
   */
  readonly method: 'seasonal' | 'binomial' | 'ewma' | 'cusum';
  readonly direction: WatchDirection;
  /** Of `seasonal` and `binomial`. */
  readonly thresholds: Thresholds;
  /** Of `seasonal`, while there are less than two weeks to compare with. */
  readonly coldStart: number;
}

/** What is usual lies at most so many stretches back. */
export const MEMORY = 5 * 7 * DAY;
/** Milliseconds after which an incident that goes on is how things are now. */
export const LONGEST_INCIDENT = 72 * 3_600_000;

/** All that a watcher knows besides its series; plain data. Times are epoch milliseconds. */
export interface WatcherState {
  /** Everything before was read. */
  readonly until: number;
  readonly standing: Standing;
  readonly measurement: Measurement;
  readonly sums: LevelSums;
  readonly spread: number;
  /** Nothing before is an example of what is usual. */
  readonly begin: number;
  /** When it was in alert, from and to; no example of what is usual either. */
  readonly excluded: readonly (readonly [number, number])[];
  readonly incident: Incident | null;
}

/** From an alert to its end. */
export interface Incident {
  /** `level`: other values than usual; `stopped`: none any more; `blind`: all the same. */
  readonly why: 'level' | 'stopped' | 'blind';
  readonly start: number;
  /** The highest level so far; 1 is where it began. */
  readonly peak: number;
  /** What was seen and what is usual when it was highest. */
  readonly value: number;
  readonly usual: number;
}

/** What people are told: once when an incident opens, once when it ends. */
export interface WatchEvent {
  readonly kind: 'opened' | 'resolved' | 'unresolved';
  readonly at: number;
  /** What is seen at that time. */
  readonly value: number;
  readonly incident: Incident;
}

export const newWatcherState = (start: number): WatcherState => ({
  until: start,
  ...{ standing: standingAt(start), measurement: { kind: 'learning' }, sums: NO_SUMS },
  ...{ spread: 1, begin: start, excluded: [], incident: null },
});

/**
 * Reads a series on from where the state is up to `until`, stretch by stretch. It gives the same whether it is done in
 * one go or in many, as long as the series holds the `MEMORY` before the state, or everything since its `begin`.
 */
export function advance(
  watching: Watching,
  series: Series,
  before: WatcherState,
  until: number,
): { readonly state: WatcherState; readonly events: readonly WatchEvent[] } {
  let state = before;
  const history = recalled(series, state);
  const events: WatchEvent[] = [];
  while (history.at < series.length && timeOf(history) + STRETCH <= until) {
    readStretch(history, state.incident === null);
    const step = after(watching, history, state);
    if (step.event !== null) events.push(step.event);
    state = step.state;
  }
  return { state, events };
}

function recalled(series: Series, state: WatcherState): History {
  const history = historyOf(series);
  history.begin = Math.max(0, Math.round((state.begin - series.start) / STRETCH));
  while (history.at < series.length && timeOf(history) < state.until) {
    const time = timeOf(history);
    readStretch(history, !state.excluded.some(([from, to]) => time >= from && time < to));
  }
  return history;
}

function after(
  watching: Watching,
  history: History,
  before: WatcherState,
): { readonly state: WatcherState; readonly event: WatchEvent | null } {
  const at = timeOf(history);
  const spread = at % (DAY * STRETCH) === 0 ? spreadNow(watching, history) : before.spread;
  const sums = at % (HOUR * STRETCH) === 0 ? sumsNow(watching, history, before.sums) : before.sums;
  const measurement = measure(watching, history, spread, sums);
  const isCharted = watching.method === 'ewma' || watching.method === 'cusum';
  // A chart speaks once an hour: what it says has lasted.
  const standing = nextStanding(before.standing, measurement, at, isCharted ? 0 : DWELL);
  const next: WatcherState = {
    ...{ until: at, standing, measurement, sums, spread, begin: before.begin },
    excluded: excludedAfter(before, at),
    incident: before.incident,
  };
  return withIncident(next, history);
}

function excludedAfter({ incident, excluded }: WatcherState, at: number): WatcherState['excluded'] {
  const known = excluded.filter(([, to]) => to > at - MEMORY * STRETCH);
  if (incident === null) return known;
  const last = known.at(-1);
  return last !== undefined && last[1] === at - STRETCH
    ? [...known.slice(0, -1), [last[0], at]]
    : [...known, [at - STRETCH, at]];
}

function withIncident(
  state: WatcherState,
  history: History,
): { readonly state: WatcherState; readonly event: WatchEvent | null } {
  const { measurement, standing, until: at, incident } = state;
  if (incident === null) {
    const opened = openedBy(standing, measurement, at);
    if (opened === null) return { state, event: null };
    return {
      state: { ...state, incident: opened },
      event: { kind: 'opened', at, value: opened.value, incident: opened },
    };
  }
  const known =
    measurement.kind === 'measured' && measurement.level > incident.peak
      ? {
          ...incident,
          ...{ peak: measurement.level, value: measurement.value, usual: measurement.usual },
        }
      : incident;
  const value = measurement.kind === 'measured' ? measurement.value : known.value;
  if (standing.state === 'ok')
    return {
      state: { ...state, incident: null },
      event: { kind: 'resolved', at, value, incident: known },
    };
  if (at - incident.start < LONGEST_INCIDENT)
    return { state: { ...state, incident: known }, event: null };
  // What has lasted for so long is how things are now, and is learned from its beginning.
  const begin = incident.start;
  const relearned = { ...state, begin, excluded: [], incident: null };
  learnAgain(history, relearned);
  return {
    state: { ...relearned, ...{ standing: standingAt(at), sums: NO_SUMS, spread: 1 } },
    event: { kind: 'unresolved', at, value, incident: known },
  };
}

function openedBy(standing: Standing, measurement: Measurement, at: number): Incident | null {
  if (standing.since !== at) return null;
  if (standing.state === 'alert' && measurement.kind === 'measured') {
    const { level: peak, value, usual } = measurement;
    return { why: 'level', start: at, peak, value, usual };
  }
  if (standing.state === 'stopped' && measurement.kind === 'stopped')
    return {
      why: 'stopped',
      start: at,
      peak: 1,
      value: measurement.usual,
      usual: measurement.usual,
    };
  if (standing.state === 'uninformative' && measurement.kind === 'blind')
    return { why: 'blind', start: at, peak: 1, value: measurement.value, usual: measurement.usual };
  return null;
}

function learnAgain(history: History, { begin, until }: WatcherState): void {
  history.begin = Math.max(0, Math.round((begin - history.series.start) / STRETCH));
  history.at = history.begin;
  while (timeOf(history) < until) readStretch(history, true);
}

function measure(
  { method, ...rest }: Watching,
  history: History,
  spread: number,
  sums: LevelSums,
): Measurement {
  if (method === 'seasonal') return seasonal(history, spread, rest);
  if (method === 'binomial') return binomialRate(history, spread, rest);
  return sums.measurement;
}

const spreadNow = ({ method }: Watching, history: History): number =>
  method === 'seasonal'
    ? seasonalSpread(history)
    : method === 'binomial'
      ? binomialSpread(history)
      : 1;

const sumsNow = (
  { method, direction }: Watching,
  history: History,
  before: LevelSums,
): LevelSums =>
  method === 'ewma' || method === 'cusum'
    ? nextHour(history, before, { chart: method, direction })
    : before;
