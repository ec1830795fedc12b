import type { Dimension, Traits } from '../contract/dimension.ts';
import type { Trace } from '../contract/trace.ts';

const LONGEST = 200;

/** What a trace is compared by. Values are cut at 200 characters. */
export function traitsOf(trace: Pick<Trace, Dimension | 'startTime'>): Traits {
  const valueIn = (dimension: Dimension): string | null =>
    trace[dimension]?.slice(0, LONGEST) || null;
  const { startTime } = trace;
  return {
    promptVersion: valueIn('promptVersion'),
    release: valueIn('release'),
    model: valueIn('model'),
    tenant: valueIn('tenant'),
    startTime: startTime !== null && Number.isFinite(startTime) ? startTime : null,
  };
}
