import { randomBytes } from 'node:crypto';
import { systemClock } from '../llm/endpoint/clock.ts';

/** The id of a new run. Sorts by time, to the millisecond. */
export function runId(): string {
  const time = new Date(systemClock.now())
    .toISOString()
    .replace(/[-:.Z]/g, '')
    .replace('T', '-');
  return `run-${time}-${randomBytes(3).toString('hex')}`;
}
