import * as z from 'zod';
import { checkRecordSchema } from './check-use.ts';
import { REPLAY_MODES } from './replay.ts';
import { budgetSchema, registerSchema } from './suite.ts';
import type { Trace } from './trace.ts';
import { runJudgmentSchema } from './verdict.ts';

/** Version of the form of a run's file. */
export const RUN_VERSION = 1;

const targetSchema = z
  .object({
    spec: z.string().describe('as it was named, without secrets'),
    kind: z.enum(['command', 'http', 'model', 'module', 'traces', 'run']),
    version: z.string().nullable().describe('prompt or release, where known'),
    hash: z.string().nullable().describe('of the file, prompt or module; null where it has none'),
  })
  .readonly();

/** What was tested. */
export type TargetRecord = z.infer<typeof targetSchema>;

const headerLine = z
  .object({
    kind: z.literal('run'),
    version: z.literal(RUN_VERSION),
    id: z.string(),
    createdAt: z.string(),
    toolVersion: z.string(),
    suites: z
      .array(
        z
          .object({
            file: z.string(),
            hash: z.string(),
            cause: z.string(),
            register: registerSchema.describe(
              'as it was for this run, with the repeats of the command line',
            ),
            cases: z
              .array(z.string())
              .readonly()
              .describe('ids of the cases that the run attempts'),
            reused: z
              .array(z.string())
              .readonly()
              .describe('slice cases that an earlier run had spent and this one was forced to use'),
          })
          .readonly(),
      )
      .readonly(),
    labels: z.array(z.string()).readonly(),
    seed: z.number().int(),
    toolResults: z
      .enum(['live', ...REPLAY_MODES])
      .nullable()
      .describe('how calls of tools were answered; null: as the kind of target does'),
    budget: budgetSchema.describe('of the whole run, the smallest of suites and command line'),
    attemptLimit: budgetSchema
      .optional()
      .describe('what one attempt takes at most, as it was declared'),
    judge: z
      .string()
      .nullable()
      .optional()
      .describe('model and address that judge checks ask; null without one'),
    isAa: z.boolean().describe('the target was run against itself, to measure false alarms'),
    family: z
      .number()
      .int()
      .min(1)
      .optional()
      .describe(
        'fixes that were registered to be tried on the same slice: p-values are multiplied by their number; missing for 1',
      ),
    target: targetSchema,
    baseline: targetSchema.nullable(),
  })
  .readonly();

/** The first line of a run's file: everything that was fixed before the first attempt. */
export type RunHeader = z.infer<typeof headerLine>;

const attemptKey = {
  arm: z.enum(['candidate', 'baseline']),
  cause: z.string(),
  case: z.string(),
  repeat: z.number().int().min(0),
};

const startedLine = z
  .object({ kind: z.literal('started'), ...attemptKey, at: z.string() })
  .readonly();

const attemptLine = z
  .object({
    kind: z.literal('attempt'),
    ...attemptKey,
    at: z.string(),
    status: z.enum(['completed', 'error']),
    error: z
      .object({
        code: z.string().describe('stable word: the same failure has the same code'),
        message: z.string(),
        isInfrastructure: z.boolean().describe('not the fault of the answer; was tried again'),
      })
      .readonly()
      .nullable(),
    cached: z.literal(false).describe('no attempt is served from a cache'),
    isLive: z.boolean().describe('tools ran; false where recorded results were replayed'),
    replay: z
      .object({
        unused: z.number().int().describe('recorded results that were not asked for'),
        different: z.number().int().describe('calls whose arguments differ from the recorded ones'),
        divergedAt: z.number().int().nullable().describe('the call that has no recording'),
      })
      .readonly()
      .nullable(),
    trace: z.custom<Trace>((value) => typeof value === 'object').nullable(),
    checks: z.array(checkRecordSchema).readonly(),
    causes: z
      .array(z.string())
      .readonly()
      .describe(
        'causes found in a failing output: `fixed` for that of the suite, else detector and kind',
      ),
    usage: z
      .object({
        calls: z.number().int(),
        tokens: z.number().nullable(),
        dollars: z.number().nullable(),
        latencyMs: z.number().nullable(),
        judge: z
          .object({ tokens: z.number().nullable(), dollars: z.number().nullable() })
          .readonly()
          .optional()
          .describe(
            'what judge checks took, answers from the cache too; missing where none was asked',
          ),
      })
      .readonly(),
    tries: z.number().int().describe('1, and one for each time infrastructure failed'),
    maybeChargedTwice: z.boolean().describe('it was in flight when an earlier process was killed'),
  })
  .readonly();

/** One execution of one case. */
export type AttemptRecord = z.infer<typeof attemptLine>;

const endLine = z
  .object({
    kind: z.literal('end'),
    at: z.string(),
    isComplete: z.boolean(),
    reason: z.string().nullable().describe('why it is incomplete'),
    judgment: runJudgmentSchema,
  })
  .readonly();

/** A run's file is JSON Lines: the header, attempts as they end, the end. */
export const runLineSchema = z.discriminatedUnion('kind', [
  headerLine,
  startedLine,
  attemptLine,
  endLine,
]);

export type RunLine = z.infer<typeof runLineSchema>;
