import type { FileModel } from '../../contract/file-model.ts';
import type { FileReader } from '../file/file-reader.ts';
import type { PolicyMatcher } from '../policy/matcher.ts';

export interface DetectOptions {
  /** Explicit score rules; scores without a rule fall back to the known direction of common names. */
  readonly scores: readonly ScoreRule[];
  /** More model and tool steps than this is a loop signature. */
  readonly stepBudget: number;
  /** What the assistant should not help with. */
  readonly policy: PolicyMatcher;
  /** The facts of the input in the form that they are looked up in. */
  readonly fileReader: (facts: FileModel) => FileReader;
}

/** `groundedness<0.7` fails a trace whose score `groundedness` is below 0.7. */
export interface ScoreRule {
  readonly name: string;
  readonly comparison: '<' | '<=' | '>' | '>=' | '=' | '!=';
  readonly threshold: number | string;
}
