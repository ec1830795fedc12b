import type { RawEvent } from '../record.ts';

/** Streaming recorders write an event per chunk; the first and the last tell enough. */
const MAX_EVENTS = 256;

/** At most 256 events: the first and the last half of them. */
export function cappedEvents(events: readonly RawEvent[]): readonly RawEvent[] {
  if (events.length <= MAX_EVENTS) return events;
  return [...events.slice(0, MAX_EVENTS / 2), ...events.slice(-MAX_EVENTS / 2)];
}
