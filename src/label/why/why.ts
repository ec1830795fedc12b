import type { Layer } from '../../contract/category.ts';
import type { Failure } from '../../contract/failure.ts';
import type { Trace } from '../../contract/trace.ts';
import type { Why } from '../../contract/why.ts';
import { answerNotRetrieved } from './answer-not-retrieved.ts';
import { argumentNotInPrompt } from './argument-not-in-prompt.ts';
import { argumentUndescribed } from './argument-undescribed.ts';
import { changedSetting } from './changed-setting.ts';
import { instructionsInResult } from './instructions-in-result.ts';
import { notToldToGround } from './not-told-to-ground.ts';
import { nothingRetrieved } from './nothing-retrieved.ts';
import { outputNotGuarded } from './output-not-guarded.ts';
import { platformError } from './platform-error.ts';
import type { QuestionCoverage } from './question-coverage.ts';
import { scoredAsPassed } from './scored-as-passed.ts';
import { similarTools } from './similar-tools.ts';
import { type Check, subjectOf } from './subject.ts';
import { tooMuchText } from './too-much-text.ts';

/** The first that finds something decides the layer. */
const CHECKS: readonly Check[] = [
  platformError,
  instructionsInResult,
  argumentNotInPrompt,
  argumentUndescribed,
  similarTools,
  nothingRetrieved,
  answerNotRetrieved,
  changedSetting,
  outputNotGuarded,
  notToldToGround,
  tooMuchText,
  scoredAsPassed,
];

const MOST = 3;

export interface WhyInput {
  readonly category: string;
  /** Members of the cause, nearest the center first. */
  readonly members: readonly Failure[];
  /** Traces to contrast with. */
  readonly passing: readonly Trace[];
  /** Shared by all causes, so that each trace is read once. */
  readonly coverage: QuestionCoverage;
}

/**
 * Why a cause arises in this application, from what it recorded, without a model: at most three likely
 * reasons, the most telling first, each with its quotes; and the layer of the first, `unknown` where nothing was
 * found. Reads the texts of at most 8 members, and of 100 where passages are compared with those of passing traces.
 */
export function whyHere({ category, members, passing, coverage }: WhyInput): {
  readonly why: readonly Why[];
  readonly layer: Layer;
} {
  const subject = subjectOf(category, members, passing, coverage);
  const why = CHECKS.map((check) => check(subject))
    .filter((found) => found !== null)
    .slice(0, MOST);
  return { why, layer: why[0]?.layer ?? 'unknown' };
}
