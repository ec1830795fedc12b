import * as z from 'zod';
import { CulpritError } from '../contract/culprit-error.ts';
import type { LabelSource, LearnedModel } from '../contract/learned-model.ts';
import { optionsShape, parseOptions } from '../contract/options.ts';
import type { PolicyInput } from '../contract/policy.ts';
import { learnTraces } from '../learn/learn.ts';
import type { TraceInput } from '../platform/trace-input.ts';
import { asNamed } from './as-named.ts';
import { withBatches } from './batches-of.ts';
import { learnDeps } from './learn-deps.ts';
import type { TraceReader } from './read-traces.ts';

export interface LearnOptions {
  /** Whether traces failed, by id. Default: what is recorded in the traces. */
  readonly labels?: ReadonlyMap<string, boolean>;
  /** Who gave `labels`. Default: people. */
  readonly labeledBy?: LabelSource;
  /** Rules of scores that say which traces failed, such as `rating<3`. */
  readonly scores?: readonly string[];
  /** The score of a judge to learn from instead of labels of people. */
  readonly imitate?: string;
  readonly stepBudget?: number;
  readonly policy?: PolicyInput | null;
  readonly seed?: number;
}

const learnSchema = z.strictObject({
  labels: z
    .custom<ReadonlyMap<string, boolean>>(isLabels, 'must be a Map from trace ids to true or false')
    .nullable()
    .default(null),
  labeledBy: z
    .strictObject({ kind: z.enum(['people', 'program', 'recorded', 'judge']), name: z.string() })
    .default({ kind: 'people', name: 'labels' }),
  scores: optionsShape.scores,
  imitate: z.string().min(1).nullable().default(null),
  stepBudget: optionsShape.stepBudget,
  policy: optionsShape.policy,
  seed: optionsShape.seed,
});

function isLabels(value: unknown): boolean {
  return value instanceof Map && value.values().every((label) => typeof label === 'boolean');
}

/**
 * Learns from labels which traces people would call failed, and measures what the model is worth. The same traces,
 * labels and seed give the same bytes, in any order of the traces.
 *
 * @param source As for `analyze`; it is read twice.
 * @throws CulpritError `invalid_input` for fewer than 50 labels or 15 of each kind, or none; `invalid_option`; what
 * `readTraces` throws.
 */
export async function learn(
  source: TraceInput | TraceReader,
  options: LearnOptions = {},
): Promise<LearnedModel> {
  const { labels, labeledBy, ...given } = parseOptions(learnSchema, options, asNamed);
  const sources = [labels !== null, given.scores.length > 0, given.imitate !== null];
  if (sources.filter(Boolean).length > 1)
    throw new CulpritError(
      'invalid_option',
      'labels, scores and imitate name different labels, which are never mixed: give one of them',
    );
  const deps = await learnDeps();
  const settings = {
    ...given,
    labels: labels === null ? null : { failed: labels, source: labeledBy },
  };
  return withBatches(source, (batches) => learnTraces(batches, settings, deps));
}
