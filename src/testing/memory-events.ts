import type { EventLog, ServerEvent } from '../store/workspace/workspace.ts';

/** Events in memory. */
export function memoryEvents(kept = 10_000): EventLog {
  let events: ServerEvent[] = [];
  let last = 0;
  return {
    async add(event) {
      last += 1;
      events = [...events, { ...event, id: last }].slice(-kept);
    },
    after: async (id) => events.filter((event) => event.id > id).slice(0, 1_000),
    range: async () => ({ first: events[0]?.id ?? 0, last }),
  };
}
