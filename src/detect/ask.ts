import type { Condition } from '../contract/condition.ts';
import { meets } from '../contract/condition.ts';
import type { FileFacts } from '../contract/file-facts.ts';
import type { Outcome } from '../contract/file-model.ts';
import type { Json, JsonObject } from '../contract/json.ts';
import type { Judge, JudgeOptions } from '../contract/judge.ts';
import type { Evidence, Signal } from '../contract/signal.ts';
import type { Trace } from '../contract/trace.ts';
import { orderByCause } from './cause-order.ts';
import {
  type JudgedTrace,
  judgeTrace,
  rubricOf,
  type TraceQuestion,
  traceQuestion,
} from './check/judge-trace.ts';
import type { Detector } from './define.ts';
import { detectTrace, traceFacts } from './detect.ts';
import { instructionsIn as addressedIn } from './detectors/refusal-under-trigger/followed-instruction.ts';
import { ruleVerdict } from './detectors/score/rule-verdict.ts';
import { parseScoreRule } from './detectors/score/score-rule.ts';
import { pointer as pointerOf } from './evidence.ts';
import { factEvidence } from './facts/fact.ts';
import { runFacts } from './facts/facts.ts';
import { causeOf } from './failure.ts';
import { type Figures, figuresOf } from './figures/figures.ts';
import { failedBy } from './file/outcomes.ts';
import { detectors } from './registry.ts';
import { type Leaf, leavesOf as leaves } from './run/leaves.ts';
import type { DetectOptions } from './run/options.ts';
import { Run } from './run/run.ts';
import { sameJson as equalJson } from './run/schema/same-json.ts';
import { Schema } from './run/schema/schema.ts';
import { budgetFor, OutOfSteps } from './run/schema/step-budget.ts';
import type { Violation } from './run/schema/violation.ts';
import { Examination } from './signals.ts';

// biome-ignore lint/performance/noBarrelFile: other modules enter here
export { locate as findWords } from './check/locate.ts';
export { buildMaterial, type Material, quoteIn } from './check/material.ts';
export { type Said, saidOf, saysWhy } from './dispute.ts';
export type { Figures } from './figures/figures.ts';

/**
 * What checks and queues ask of detection: one detector, one condition, one sentence about one trace, whether scores and
 * detectors agree, and the readers of values that detectors use.
 */

/** Every built-in detector, by tier, then by id. */
export const builtInDetectors = (): readonly Detector[] => detectors;

/** What one built-in detector says of a run. */
export const detectorSignals = (detector: Detector, run: Run, file: FileFacts | null): Signal[] =>
  examination.signalsOf(detector, run, file);

const examination = new Examination(detectors);

/** The likeliest cause of a failed trace, and every signal that said yes, the likeliest first. */
export function causeOfTrace(
  trace: Trace,
  options: DetectOptions,
  file: FileFacts | null,
): { readonly cause: Signal | null; readonly signals: readonly Signal[] } {
  const signals = orderByCause(trace, detectTrace(trace, options, file as FileFacts));
  return { cause: causeOf(signals), signals };
}

/** Whether the trace meets the condition, and the quotes of its facts. */
export function askCondition(
  condition: Condition,
  run: Run,
  file: FileFacts,
): { readonly isMet: boolean; readonly evidence: readonly Evidence[] } {
  if (!meets(condition, traceFacts(run.trace, run.options, file)))
    return { isMet: false, evidence: [] };
  const keys = new Set(condition.atoms.map(({ fact }) => fact.key));
  const quotes = runFacts(run, file.model)
    .all()
    .filter(({ key }) => keys.has(key))
    .map((fact) => factEvidence(run, fact))
    .filter((quote) => quote !== null);
  return {
    isMet: true,
    evidence: quotes.length > 0 ? quotes : evidenceOfCause(run, file),
  };
}

/** Quotes of the likeliest cause: what a condition on causes rests on. */
const evidenceOfCause = ({ trace, options }: Run, file: FileFacts): readonly Evidence[] =>
  causeOfTrace(trace, options, file).cause?.evidence ?? [];

/** Whether a model finds the failure in the trace, and by which quotes. Throws what the judge throws. */
export const askJudge = (
  trace: Trace,
  failure: string,
  judge: Judge,
  options?: JudgeOptions,
): Promise<JudgedTrace> => judgeTrace(trace, failure, judge, options);

/** The question whether the failure occurs in the trace, and how its answer is read. */
export const judgeQuestion = (trace: Trace, failure: string): TraceQuestion =>
  traceQuestion(trace, failure);

/** Tells rubrics apart: what is asked, and how it is asked. */
export const judgeRubric = (failure: string): string => rubricOf(failure);

/** What detectors say of one trace, and its figures. */
export interface ExaminedTrace {
  readonly signals: readonly Signal[];
  readonly figures: Figures;
}

/** Looks at one trace without what was recorded about its outcome, to learn that outcome or to foretell it. */
export function examineTrace(
  trace: Trace,
  options: DetectOptions,
  file: FileFacts | null,
): ExaminedTrace {
  const run = new Run({ ...trace, scores: [], tags: [] }, options);
  const signals = examination.signals(run, file);
  return { signals, figures: figuresOf(run, file, signals) };
}

/** Whether a trace failed by a recorded outcome; null where it has no such value. */
export const outcomeSays = (outcome: Outcome, trace: Trace): boolean | null =>
  failedBy(outcome, trace);

/** Tells whether a trace fails rules of scores; null where it has nothing that one applies to. Throws `invalid_option`. */
export function ruleSays(scores: readonly string[]): (trace: Trace) => boolean | null {
  const rules = scores.map(parseScoreRule);
  return (trace) => ruleVerdict(trace, rules);
}
/** Texts inside data that address the assistant as an instruction, verbatim; at most five. */
export const instructionsIn = (data: string): readonly string[] => addressedIn(data);

/** How a value breaks a JSON Schema, one phrase each; null where nobody can tell in bounded time. */
export function schemaProblems(schema: JsonObject, value: Json): readonly string[] | null {
  return new Schema(schema).violations(value)?.map(violationText) ?? null;
}

export const violationText = ({ kind, path, expected }: Violation): string =>
  `${path.join('.') || 'the value'} is ${kind}, expected ${expected}`;

/** Equality of JSON values, in bounded time: values too large to compare are not equal. */
export function sameJson(a: Json, b: Json): boolean {
  try {
    return equalJson(a, b, budgetFor(a));
  } catch (error) {
    if (error instanceof OutOfSteps) return false;
    throw error;
  }
}

/** Every scalar of a value in order, up to 5,000 of them. */
export const leavesOf = (value: Json): readonly Leaf[] => leaves(value);

/** Reference tokens as a JSON Pointer. */
export const pointer = (...tokens: readonly (string | number)[]): string => pointerOf(...tokens);
