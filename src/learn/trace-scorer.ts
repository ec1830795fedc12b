import type { Embedder } from '../contract/embedder.ts';
import type { FileFacts } from '../contract/file-facts.ts';
import type { LearnedModel } from '../contract/learned-model.ts';
import type { Trace } from '../contract/trace.ts';
import { type ExaminedTrace, examineTrace } from '../detect/ask.ts';
import { detectOptions, policyFrom } from '../detect/detect.ts';
import { scorerOf } from './scorer.ts';
import { vectorsOf } from './vectors.ts';

/** What detectors say of a trace, and how likely people would call it failed. */
interface ScoredTrace extends ExaminedTrace {
  readonly p: number;
}

type ScoreTrace = (trace: Trace) => Promise<ScoredTrace>;

/** The options of detection that a model was fitted under. */
export const optionsOf = ({ options: { stepBudget, policy } }: LearnedModel) =>
  detectOptions({
    scores: [],
    stepBudget,
    policy: policy === null ? null : policyFrom(policy, 'policy'),
  });

/** A model ready to look at traces. `facts`: of the input that they belong to; default: of the labeled one. */
export function traceScorer(
  model: LearnedModel,
  embedder: Embedder,
  facts: FileFacts = model.facts,
): ScoreTrace {
  const asked = optionsOf(model);
  const score = scorerOf(model);
  return async (trace) => {
    const examined = examineTrace(trace, asked, facts);
    const vector = model.vectors === null ? null : (await vectorsOf([trace], embedder))[0]!;
    return { ...examined, p: score(examined.figures, vector) };
  };
}
