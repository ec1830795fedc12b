import * as z from 'zod';
import type { Population } from './fact-rows.ts';
import type { Failure } from './failure.ts';
import type { Judging } from './judging.ts';
import type { Ledger } from './ledger.ts';
import type { MeasureRange, RuleCount } from './measured.ts';
import type { GapKind, Trace } from './trace.ts';
import type { TrafficCounts } from './traffic.ts';

export const detectorCountSchema = z
  .object({
    id: z.string(),
    yes: z.number(),
    no: z.number(),
    unknown: z.number(),
    unverified: z.number().describe('findings dropped because their quote is not in the trace'),
    errors: z.number().describe('traces on which it failed; they count as unknown too'),
    firstError: z.string().nullable(),
    precision: z
      .object({
        flagged: z.number().int().describe('traces with a recorded outcome that it says yes to'),
        failed: z.number().int().describe('of them, those that failed by their outcome'),
        lift: z
          .number()
          .nullable()
          .describe('share of flagged that failed, divided by the share of all that failed'),
      })
      .readonly()
      .nullable()
      .describe('measured on this input; null where no such trace has an outcome'),
    openData: z
      .object({
        flagged: z.number().int().describe('traces that it says yes to'),
        right: z.number().int().describe('of them, those that had this failure'),
      })
      .readonly()
      .nullable()
      .describe('measured on open failure data (docs/quality.md); null where it was not'),
  })
  .readonly();

/** How often a detector gave each verdict, and how often the trace had failed. */
export type DetectorCount = z.infer<typeof detectorCountSchema>;

export const suspectsSchema = z
  .object({
    count: z.number().int(),
    byCategory: z
      .array(z.object({ category: z.string(), count: z.number().int() }).readonly())
      .readonly()
      .describe('by the first signal, most first; for a signal without a category the detector'),
  })
  .readonly()
  .describe('traces with symptoms only, or with signals that a recorded outcome contradicts');

/** Traces that may have failed. They never count as failures. */
type Suspects = z.infer<typeof suspectsSchema>;

export const outcomeCountsSchema = z
  .object({
    judged: z.number().int().describe('traces with a recorded outcome'),
    failed: z.number().int().describe('of them, those that failed by it'),
  })
  .readonly();

/** How many traces have a recorded outcome. */
type OutcomeCounts = z.infer<typeof outcomeCountsSchema>;

/** What `detect` found in a population of traces. */
export interface Detected {
  /** The drawn sample, in an order that depends on ids and seed alone. */
  readonly failures: readonly Failure[];
  /** A sample of traces that passed: without any signal, or by their outcome; at most half the sample's size. */
  readonly passing: readonly Trace[];
  readonly traces: number;
  readonly eligible: number;
  readonly failed: number;
  /** Traces that the sample stands for: those that failed, or with `--all` every eligible one. */
  readonly sampledFrom: number;
  readonly suspects: Suspects;
  readonly outcomes: OutcomeCounts;
  /** What each score rule caught, and what a rule could name. */
  readonly rules: readonly RuleCount[];
  readonly measures: readonly MeasureRange[];
  readonly population: Population;
  readonly traffic: TrafficCounts;
  /** A row for every trace; null unless groups of traces are to be compared. */
  readonly ledger: Ledger | null;
  readonly detectors: readonly DetectorCount[];
  /** What a model was asked; null when none was. */
  readonly judging: Judging | null;
  readonly gaps: readonly { readonly kind: GapKind; readonly count: number }[];
}
