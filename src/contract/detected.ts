import * as z from 'zod';
import type { Failure } from './failure.ts';
import type { Judging } from './judging.ts';
import type { GapKind, Trace } from './trace.ts';

export const detectorCountSchema = z
  .object({
    id: z.string(),
    yes: z.number(),
    no: z.number(),
    unknown: z.number(),
    unverified: z.number().describe('findings dropped because their quote is not in the trace'),
    errors: z.number().describe('traces on which it failed; they count as unknown too'),
    firstError: z.string().nullable(),
  })
  .readonly();

/** How often a detector gave each verdict. */
export type DetectorCount = z.infer<typeof detectorCountSchema>;

/** What `detect` found in a population of traces. */
export interface Detected {
  /** The drawn sample, in an order that depends on ids and seed alone. */
  readonly failures: readonly Failure[];
  /** A sample of traces without any signal, for contrast; at most half the sample's size. */
  readonly passing: readonly Trace[];
  readonly traces: number;
  readonly eligible: number;
  readonly failed: number;
  readonly detectors: readonly DetectorCount[];
  /** What a model was asked; null when none was. */
  readonly judging: Judging | null;
  readonly gaps: readonly { readonly kind: GapKind; readonly count: number }[];
}
