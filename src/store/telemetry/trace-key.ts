import { hash53 } from '../../text/hash.ts';

/** A number for a trace of a project; two of a million do not meet. */
export const traceKey = (project: string, traceId: string): number =>
  hash53(`${project}\n${traceId}`);
