import type { Check } from '../../contract/check.ts';
import type { Detected, DetectorCount } from '../../contract/detected.ts';
import { NO_FACTS } from '../../contract/fact-rows.ts';
import type { Failure } from '../../contract/failure.ts';
import type { Judge, JudgeOptions } from '../../contract/judge.ts';
import type { Signal } from '../../contract/signal.ts';
import { orderByCause } from '../cause-order.ts';
import { failureOf } from '../failure.ts';
import { populationTally, type Tally } from '../population/tally.ts';
import { type CheckOutcome, checkOutcome } from './check-outcome.ts';
import { ANSWER_SCHEMA, INSTRUCTIONS, readAnswer } from './instructions.ts';
import { buildTranscript } from './transcript.ts';

export interface CheckOptions {
  readonly checks: readonly Check[];
  /** The failures to ask the model about: the whole sample, or those without a cause. */
  readonly judgeScope: 'all' | 'unexplained';
  /** Maximum failures to ask the model about. */
  readonly judgeFailures: number;
  /** Maximum passing traces to ask the model about. */
  readonly judgePassing: number;
}

/**
 * Asks a model the checks about the sampled failures and some of the passing traces. A yes with a verified
 * quote is a signal like any other. A passing trace with such a signal becomes a failure that represents its
 * share of all passing traces, so that sizes remain estimates for the whole input.
 */
export async function judgeSample(
  detected: Detected,
  { checks, judgeScope, judgeFailures, judgePassing }: CheckOptions,
  judge: Judge,
  options: JudgeOptions,
): Promise<Detected> {
  const failures = detected.failures
    .filter((failure) => judgeScope === 'all' || isUnexplained(failure))
    .slice(0, judgeFailures);
  const passing = detected.passing.slice(0, judgePassing);
  const runs: Failure[] = [
    ...failures,
    ...passing.map((trace) => ({
      trace,
      failed: false,
      signals: [],
      cause: null,
      facts: NO_FACTS,
      rootSpanId: null,
      weight: 1,
    })),
  ];
  const transcripts = runs.map(buildTranscript);
  const { answers, ...spent } = await judge.ask(
    transcripts.map(({ text }) => ({
      instructions: INSTRUCTIONS,
      material: text,
      items: checks.map((check) => check.text),
      answer: ANSWER_SCHEMA,
    })),
    { ...options, isUsable: (answer) => readAnswer(answer) !== null },
  );

  const tally = populationTally(checks.map(({ name }) => name));
  const found = runs.map((run, row) =>
    checks.flatMap((check, item) => {
      const answer = answers[row]?.[item] ?? null;
      const outcome = checkOutcome(check, answer, run.trace, transcripts[row]!.steps);
      return counted(outcome, check, tally);
    }),
  );
  const judged = new Map(
    failures.map((failure, row) => [failure, withSignals(failure, found[row]!)]),
  );
  const passed = detected.eligible - detected.failed;
  const weight = passing.length > 0 ? Math.max(1, passed / passing.length) : 1;
  const caught = passing.flatMap((_, index) => {
    const row = failures.length + index;
    return found[row]!.length === 0 ? [] : [withSignals({ ...runs[row]!, weight }, found[row]!)];
  });
  const caughtIds = new Set(caught.map(({ trace }) => trace.id));
  const counts = tally.counts().detectors;
  return {
    ...detected,
    failures: [...detected.failures.map((failure) => judged.get(failure) ?? failure), ...caught],
    passing: detected.passing.filter(({ id }) => !caughtIds.has(id)),
    failed: detected.failed + Math.round(newlyFailed(failures, judged) + caught.length * weight),
    sampledFrom: detected.sampledFrom + Math.round(caught.length * weight),
    detectors: [...detected.detectors, ...counts],
    judging: {
      judge: judge.id,
      checks: checks.map((check) => ({ ...check })),
      scope: judgeScope,
      failures: failures.length,
      passing: passing.length,
      found: caught.length,
      unanswered: counts.reduce((sum: number, { errors }: DetectorCount) => sum + errors, 0),
      ...spent,
    },
  };
}

const isUnexplained = ({ cause }: Failure): boolean => cause === null;

/** The signal of an outcome if it is a yes; every outcome is counted. */
function counted(outcome: CheckOutcome, check: Check, tally: Tally): Signal[] {
  switch (outcome.kind) {
    case 'answered':
      tally.signal(outcome.signal);
      return outcome.signal.verdict === 'yes' ? [outcome.signal] : [];
    case 'unverified':
      tally.unverified(check.name);
      return [];
    case 'unanswered':
      tally.error(check.name, 'the model gave no usable answer');
      return [];
  }
}

function withSignals(failure: Failure, found: readonly Signal[]): Failure {
  if (found.length === 0) return failure;
  const { trace, signals } = failure;
  return failureOf({
    ...failure,
    failed: true,
    signals: orderByCause(trace, [...signals, ...found]),
  });
}

/** Traces that the model alone says failed, where all traces are sampled. */
function newlyFailed(failures: readonly Failure[], judged: ReadonlyMap<Failure, Failure>): number {
  let total = 0;
  for (const before of failures)
    if (!before.failed && judged.get(before)!.failed) total += before.weight;
  return total;
}
