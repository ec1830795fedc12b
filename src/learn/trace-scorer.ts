import type { Embedder } from '../contract/embedder.ts';
import type { LearnedModel } from '../contract/learned-model.ts';
import type { Trace } from '../contract/trace.ts';
import { detectOptions, type ExaminedTrace, examineTrace, policyFrom } from '../detect/detect.ts';
import { scorerOf } from './scorer.ts';
import { vectorsOf } from './vectors.ts';

/** What detectors say of a trace, and how likely people would call it failed. */
export interface ScoredTrace extends ExaminedTrace {
  readonly p: number;
}

export type ScoreTrace = (trace: Trace) => Promise<ScoredTrace>;

/** A model ready to look at traces, with the options of detection that it was fitted under. */
export function traceScorer(model: LearnedModel, embedder: Embedder): ScoreTrace {
  const { stepBudget, policy } = model.options;
  const asked = detectOptions({
    scores: [],
    stepBudget,
    policy: policy === null ? null : policyFrom(policy, 'policy'),
  });
  const score = scorerOf(model);
  return async (trace) => {
    const examined = examineTrace(trace, asked, model.facts);
    const vector = model.vectors === null ? null : (await vectorsOf([trace], embedder))[0]!;
    return { ...examined, p: score(examined.figures, vector) };
  };
}
