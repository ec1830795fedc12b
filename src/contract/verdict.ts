import * as z from 'zod';
import { intervalSchema } from './interval.ts';
import { ROLES } from './suite.ts';

/**
 * `pass`: all attempts; `flaky`: some; `fail`: none; `error`: the target or the harness failed; `inconclusive`: no
 * deciding check could tell; `broken`: the recorded output does not prove the case; `missing`: attempts were not made.
 */
const CASE_VERDICTS = [
  'pass',
  'flaky',
  'fail',
  'error',
  'inconclusive',
  'broken',
  'missing',
] as const;
export type CaseVerdict = (typeof CASE_VERDICTS)[number];

/** Of a cause. `pass` and `fail`: without a baseline, by its guards and controls alone. */
const CAUSE_VERDICTS = [
  'pass',
  'fail',
  'improved',
  'relocated',
  'regressed',
  'no_evidence',
] as const;
export type CauseVerdict = (typeof CAUSE_VERDICTS)[number];

/** Of a whole run: that of its worst cause, or that it is no result. */
const RUN_VERDICTS = [...CAUSE_VERDICTS, 'incomplete', 'infrastructure'] as const;
export type RunVerdict = (typeof RUN_VERDICTS)[number];

/** The steps in which a cause is judged; the first that says no decides. */
const STEPS = ['integrity', 'guards', 'controls', 'slice', 'relocation', 'veto'] as const;

const countSchema = z
  .object({
    passed: z.number().int().describe('cases that passed every attempt'),
    cases: z.number().int().describe('cases that were decided'),
    rate: z.number().nullable().describe('mean of the pass rates of the cases; null without any'),
    interval: intervalSchema.describe('of passed out of cases, Wilson, 95%'),
    undecided: z.number().int().describe('cases in error, inconclusive, broken or missing'),
  })
  .readonly();

/** How the cases of one role did. */
export type RoleCount = z.infer<typeof countSchema>;

const judgedCaseSchema = z
  .object({
    id: z.string(),
    role: z.enum(ROLES),
    verdict: z.enum(CASE_VERDICTS),
    rate: z.number().nullable().describe('share of attempts that passed; null where none decided'),
    attempts: z.number().int().describe('attempts that were decided'),
    baseline: z
      .object({ verdict: z.enum(CASE_VERDICTS), rate: z.number().nullable() })
      .readonly()
      .nullable(),
    isRegression: z.boolean().describe('it passed before and does not any more'),
    isQuarantined: z.boolean(),
  })
  .readonly();

/** What all attempts at one case amount to. */
export type JudgedCase = z.infer<typeof judgedCaseSchema>;

const comparisonSchema = z
  .object({
    cases: z.number().int().describe('cases decided on both sides'),
    better: z.number().int(),
    worse: z.number().int(),
    before: z.number().describe('mean pass rate of the baseline'),
    after: z.number(),
    difference: z.number(),
    interval: intervalSchema.describe('of the difference, Newcombe for pairs, 95%'),
    p: z
      .number()
      .nullable()
      .describe(
        'exact McNemar, for several attempts the sign test of the rates; null where no case differs: undefined',
      ),
    midP: z.number().nullable().describe('secondary'),
    adjusted: z.number().nullable().describe('p by Holm over the causes of the run'),
    power: z.number().describe('chance that this many cases show the smallest effect'),
  })
  .readonly();

/** Candidate against baseline on the slice; the case is the unit. */
export type Comparison = z.infer<typeof comparisonSchema>;

const relocationSchema = z
  .object({
    cause: z.string().describe('what the failures are now'),
    fell: z.number().describe('how much the share of the fixed cause fell'),
    rose: z.number().describe('how much the share of this one rose'),
    p: z.number().describe('that it did not rise, by Holm over the causes that rose'),
  })
  .readonly();

export type Relocation = z.infer<typeof relocationSchema>;

const causeJudgmentSchema = z
  .object({
    cause: z.string(),
    verdict: z.enum(CAUSE_VERDICTS),
    step: z.enum(STEPS).describe('the step that decided'),
    sentence: z.string().describe('the verdict in one sentence'),
    guards: countSchema,
    controls: countSchema,
    slice: countSchema,
    comparison: comparisonSchema.nullable().describe('null without a baseline or a slice'),
    relocation: relocationSchema.nullable(),
    cases: z.array(judgedCaseSchema).readonly(),
  })
  .readonly();

export type CauseJudgment = z.infer<typeof causeJudgmentSchema>;

export const runJudgmentSchema = z
  .object({
    verdict: z.enum(RUN_VERDICTS),
    sentence: z.string(),
    exitCode: z.number().int(),
    integrity: z
      .object({
        planned: z.number().int().describe('attempts that the run was to make, on both sides'),
        attempted: z.number().int(),
        completed: z.number().int().describe('attempts that the target answered'),
        judged: z.number().int().describe('attempts that a check decided'),
        errors: z
          .array(z.object({ code: z.string(), cases: z.number().int() }).readonly())
          .readonly()
          .describe('most frequent first'),
      })
      .readonly(),
    causes: z.array(causeJudgmentSchema).readonly(),
  })
  .readonly();

/** What a run says, in the order of the rules. */
export type RunJudgment = z.infer<typeof runJudgmentSchema>;
