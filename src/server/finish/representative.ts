import { createHmac } from 'node:crypto';

/** The representative sample of a project. */
export interface Sampling {
  /** A secret of the project: who chooses trace ids cannot choose what is looked at. */
  readonly salt: string;
  /** Share of all traces that is in the sample: above 0, at most 1. */
  readonly rate: number;
}

/**
 * Whether a trace is in the sample, which a hash of its id decides: not its time, not its content, and not who decides
 * it when. A trace in the sample at some rate is in it at every higher rate. Whatever else decides which traces are
 * kept, rates are computed from these, each of which stands for `1 / rate` traces.
 */
export const isRepresentative = (traceId: string, { salt, rate }: Sampling): boolean =>
  placeOf(traceId, salt) < rate;

/** A place in [0, 1): the first 48 bits of HMAC-SHA-256 of the trace id, keyed with the salt. */
export const placeOf = (traceId: string, salt: string): number =>
  createHmac('sha256', salt).update(traceId).digest().readUIntBE(0, 6) / 2 ** 48;
