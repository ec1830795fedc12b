import * as z from 'zod';
import type { Analysis } from './analysis.ts';
import type { Embedder } from './embedder.ts';
import type { FileFacts } from './file-facts.ts';
import { givenCommandSchema } from './given-command.ts';
import type { Judge } from './judge.ts';
import type { Progress } from './progress.ts';
import type { Proposer } from './proposer.ts';

const detectors = z.array(z.unknown()).readonly().optional();

/** Checks the options of `analyze` that are code; the others are kept as they are. */
export const codeOptionsSchema = z.looseObject({
  detectors,
  embedder: z
    .custom<Embedder | string>(
      (value) => typeof value === 'string' || hasIdAnd(value, 'embed'),
      "must be a name such as 'static', or an object with id and embed, as openAiEmbedder makes",
    )
    .optional(),
  judge: z
    .custom<Judge>(
      (value) => hasIdAnd(value, 'ask'),
      'must be an object with id and ask, as openAiJudge makes',
    )
    .optional(),
  labelModel: z
    .custom<Proposer>((value) => hasIdAnd(value, 'ask'), 'must be an object with id and ask')
    .optional(),
  command: givenCommandSchema.optional(),
  progress: z.custom<Progress>(isFunction, 'must be a function').optional(),
  signal: z
    .custom<AbortSignal>((value) => value instanceof AbortSignal, 'must be an AbortSignal')
    .optional(),
});

/** Checks the options of `detect` that are not data. */
export const detectCodeOptionsSchema = z.looseObject({
  detectors,
  file: z
    .custom<FileFacts>(hasFacts, 'must be the facts of an analysis: analysis.facts')
    .optional(),
});

/** Checks the options of `promote` that are not those of an analysis. */
export const promoteCodeOptionsSchema = z.looseObject({
  cause: z.union([z.string().min(1), z.int().min(1)], {
    error: 'must be the id of a cause, such as c-1a2b3c4d, or its rank',
  }),
  pick: z.array(z.string().min(1)).readonly().optional(),
  suites: z.array(z.unknown()).readonly().optional(),
  script: z.custom(isFunction, 'must be a function').optional(),
  added: z.strictObject({ at: z.string().min(1), by: z.string().min(1) }).optional(),
});

/** Checks the options of `diff` that are not those of an analysis. */
export const diffCodeOptionsSchema = z.looseObject({
  by: z.string().min(1).nullable().default(null),
  from: z.string().min(1).nullable().default(null),
  to: z.string().min(1).nullable().default(null),
  against: z
    .custom<Analysis>(
      isAnalysis,
      'must be an analysis: analysis of a result, or what parseAnalysis returns',
    )
    .nullable()
    .default(null),
  expectedShare: z.number().gt(0).lt(1).nullable().default(null),
});

function isAnalysis(value: unknown): boolean {
  return isObject(value) && isObject(value['facts']) && Array.isArray(value['clusters']);
}

function hasIdAnd(value: unknown, method: string): boolean {
  return isObject(value) && typeof value['id'] === 'string' && isFunction(value[method]);
}

/** Detectors ask about one trace at a time, often with the same facts, so only the outer form is checked. */
function hasFacts(value: unknown): boolean {
  return isObject(value) && Array.isArray(value['norms']) && isObject(value['model']);
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
