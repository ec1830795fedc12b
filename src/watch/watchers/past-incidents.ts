import {
  advance,
  type Incident,
  newWatcherState,
  type WatchEvent,
  type Watching,
} from './advance.ts';
import { HOUR, type Series, STRETCH, windowOf } from './series.ts';

/** An incident that a watcher would have had. */
interface PastIncident {
  readonly incident: Incident;
  /** Epoch milliseconds; null: it goes on. */
  readonly ended: number | null;
  readonly end: Exclude<WatchEvent['kind'], 'opened'> | null;
}

/** The incidents after a time that a watcher would have had, had it been there from the beginning of the series. */
export function pastIncidents(
  watching: Watching,
  series: Series,
  from: number,
): readonly PastIncident[] {
  const fresh = newWatcherState(series.start);
  const { events } = advance(watching, series, fresh, Number.POSITIVE_INFINITY);
  const found: PastIncident[] = [];
  for (const { kind, at, incident } of events) {
    if (kind === 'opened') found.push({ incident, ended: null, end: null });
    else {
      const open = found.findLastIndex((each) => each.incident.start === incident.start);
      if (open >= 0) found[open] = { incident, ended: at, end: kind };
    }
  }
  return found.filter(({ incident, ended }) => (ended ?? incident.start) >= from);
}

/** A point of the line that a page draws. */
interface HourlyValue {
  /** Beginning of the hour; epoch milliseconds. */
  readonly at: number;
  /** Count, rate or mean; null where there was nothing. */
  readonly value: number | null;
  readonly exposures: number;
}

/** The values of full hours from a time on. */
export function hourlyValues(
  { method }: Watching,
  series: Series,
  from: number,
): readonly HourlyValue[] {
  const values: HourlyValue[] = [];
  const first = Math.max(0, Math.ceil((from - series.start) / STRETCH / HOUR) * HOUR);
  for (let at = first; at + HOUR <= series.length; at += HOUR) {
    const { exposures, total } = windowOf(series, at, at + HOUR);
    const isCount = method === 'seasonal';
    values.push({
      at: series.start + at * STRETCH,
      value: isCount ? total : exposures > 0 ? total / exposures : null,
      exposures,
    });
  }
  return values;
}
