import type { Embedder } from '../contract/embedder.ts';
import type { FileFacts } from '../contract/file-facts.ts';
import type { LabelSource, LearnedModel } from '../contract/learned-model.ts';
import type { PolicyDefinition } from '../contract/policy.ts';
import type { Trace } from '../contract/trace.ts';
import { examineTrace, outcomeSays, ruleSays } from '../detect/ask.ts';
import { detectOptions, firstPass, policyFrom } from '../detect/detect.ts';
import { samplingKey } from '../text/hash.ts';
import { fitModel } from './fit-model.ts';
import { labelSourceIn } from './label-source.ts';
import type { LearnRow } from './learn-row.ts';
import type { Detection } from './parse-model.ts';
import { tasksOf } from './tasks.ts';
import { vectorsOf } from './vectors.ts';

/** Traces in batches, read anew at each call. */
export type Batches = () => AsyncIterable<readonly Trace[]>;

/** Labels by the ids of traces. */
interface GivenLabels {
  readonly failed: ReadonlyMap<string, boolean>;
  readonly source: LabelSource;
}

export interface LearnSettings {
  /** Null: what the traces record. */
  readonly labels: GivenLabels | null;
  /** Rules of scores that say which traces failed. */
  readonly scores: readonly string[];
  /** The score of a judge to learn from; null for labels of people. */
  readonly imitate: string | null;
  readonly stepBudget: number;
  readonly policy: PolicyDefinition | null;
  readonly seed: number;
}

/** Labels beyond this number are sampled by the ids of their traces. */
const MOST_LABELS = 5_000;

/**
 * Reads the traces twice: for what is usual among all, and for the labeled ones. Their order does not matter.
 * @throws CulpritError what `labelSourceIn` and `fitModel` throw; `invalid_option` for the policy and rules.
 */
export async function learnTraces(
  batches: Batches,
  settings: LearnSettings,
  { embedder, ...detection }: Detection & { readonly embedder: Embedder },
): Promise<LearnedModel> {
  const { stepBudget, policy, seed } = settings;
  const asked = detectOptions({
    scores: [],
    stepBudget,
    policy: policy === null ? null : policyFrom(policy, 'policy'),
  });
  const first = firstPass(asked);
  for await (const batch of batches()) first.add(batch);
  const all = first.finish();
  const { labelOf, source } = labelsOf(settings, all);
  const labeled = await labeledTraces(batches, labelOf, seed);
  const facts = withoutOutcomes(all);
  const tasks = tasksOf(labeled.map(({ trace }) => trace));
  const vectors = await vectorsOf(
    labeled.map(({ trace }) => trace),
    embedder,
  );
  return fitModel({
    rows: labeled.map(
      ({ trace, failed }, row): LearnRow => ({
        task: tasks[row]!,
        failed,
        figures: examineTrace(trace, asked, facts).figures,
        vector: vectors[row]!,
      }),
    ),
    ...{ source, facts, seed, ...detection, embedder: embedder.id },
    options: { stepBudget, policy },
  });
}

interface LabeledTrace {
  readonly trace: Trace;
  readonly failed: boolean;
}

type LabelOf = (trace: Trace) => boolean | null;

async function labeledTraces(
  batches: Batches,
  labelOf: LabelOf,
  seed: number,
): Promise<readonly LabeledTrace[]> {
  const found: (LabeledTrace & { readonly key: number })[] = [];
  for await (const batch of batches())
    for (const trace of batch) {
      const failed = labelOf(trace);
      if (failed !== null) found.push({ trace, failed, key: samplingKey(trace.id, seed) });
    }
  found.sort((a, b) => a.key - b.key || (a.trace.id < b.trace.id ? -1 : 1));
  return found.slice(0, MOST_LABELS);
}

function labelsOf(
  { labels, scores, imitate }: LearnSettings,
  { model }: FileFacts,
): { readonly labelOf: LabelOf; readonly source: LabelSource } {
  if (labels !== null) {
    const { failed, source } = labels;
    return { labelOf: ({ id }) => failed.get(id) ?? null, source };
  }
  if (scores.length > 0)
    return {
      labelOf: ruleSays(scores),
      source: { kind: 'recorded', name: scores.join(' or ') },
    };
  const { outcome, source } = labelSourceIn(model.outcomes, imitate);
  return { labelOf: (trace) => outcomeSays(outcome, trace), source };
}

/** What was recorded about outcomes is what is to be learned. */
export const withoutOutcomes = ({ model, ...facts }: FileFacts): FileFacts => ({
  ...facts,
  model: { ...model, outcomes: [] },
});
