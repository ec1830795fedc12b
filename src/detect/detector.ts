import type { Signal } from '../contract/signal.ts';
import type { Trace } from '../contract/trace.ts';
import type { RequestJudge } from './policy/matcher.ts';

/**
 * One reason to call a trace failed, looked for in every trace. Pure; well under a millisecond.
 * Returns every `yes` it can prove with evidence, or exactly one `no` or `unknown` (nothing to judge
 * by: no tools offered, no documents, no output recorded).
 */
export interface Detector {
  readonly id: string;
  readonly detect: (trace: Trace, options: DetectOptions) => readonly Signal[];
}

export interface DetectOptions {
  /** Explicit score rules; scores without a rule fall back to the known direction of common names. */
  readonly scores: readonly ScoreRule[];
  /** More model and tool steps than this is a loop signature. Default 50. */
  readonly stepBudget: number;
  /** What the assistant should not help with. Default: the starter policy. */
  readonly policy?: RequestJudge;
}

/** `groundedness<0.7` fails a trace whose score `groundedness` is below 0.7. */
export interface ScoreRule {
  readonly name: string;
  readonly comparison: '<' | '<=' | '>' | '>=' | '=' | '!=';
  readonly threshold: number | string;
}
