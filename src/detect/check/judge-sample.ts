import type { Check } from '../../contract/check.ts';
import type { Detected, DetectorCount } from '../../contract/detected.ts';
import type { Failure } from '../../contract/failure.ts';
import type { Judge, JudgeOptions } from '../../contract/judge.ts';
import type { Signal } from '../../contract/signal.ts';
import { populationTally, type Tally } from '../population/tally.ts';
import { byCause, rootSpan } from '../primary.ts';
import { findingOf } from './finding.ts';
import { ANSWER_SCHEMA, INSTRUCTIONS, readAnswer } from './instructions.ts';
import { materialOf } from './material.ts';

export interface CheckOptions {
  readonly checks: readonly Check[];
  /** Which failures the model is asked about: all of the sample, or those no detector names a cause of. */
  readonly judgeScope: 'all' | 'unexplained';
  /** Most failures that the model is asked about. */
  readonly judgeFailures: number;
  /** Traces no detector objects to that the model is asked about too. */
  readonly judgePassing: number;
}

/**
 * Asks a model the checks about the sampled failures, and about some of the passing traces. A yes with a
 * quote that holds is a signal like any other. A passing trace with one becomes a failure that stands for
 * its part of all passing traces, so that sizes stay estimates for the whole input.
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
    ...passing.map((trace) => ({ trace, signals: [], rootSpanId: null, weight: 1 })),
  ];
  const materials = runs.map(materialOf);
  const { answers, ...spent } = await judge.ask(
    materials.map(({ text }) => ({
      instructions: INSTRUCTIONS,
      material: text,
      items: checks.map((check) => check.text),
      answer: ANSWER_SCHEMA,
    })),
    { ...options, isUsable: (answer) => readAnswer(answer) !== null },
  );

  const tally = populationTally();
  const names = new Set(checks.map(({ name }) => name));
  const found = runs.map((run, row) =>
    checks.flatMap((check, item) => {
      const finding = findingOf(
        check,
        answers[row]?.[item] ?? null,
        run.trace,
        materials[row]!.steps,
      );
      return counted(finding, check, tally);
    }),
  );
  const judged = new Map(
    failures.map((failure, row) => [failure, withSignals(failure, found[row]!, names)]),
  );
  const passed = detected.eligible - detected.failed;
  const weight = passing.length > 0 ? Math.max(1, passed / passing.length) : 1;
  const caught = passing.flatMap((_, index) => {
    const row = failures.length + index;
    return found[row]!.length === 0
      ? []
      : [{ ...withSignals(runs[row]!, found[row]!, names), weight }];
  });
  const caughtIds = new Set(caught.map(({ trace }) => trace.id));
  const counts = tally.detectors();
  return {
    ...detected,
    failures: [...detected.failures.map((failure) => judged.get(failure) ?? failure), ...caught],
    passing: detected.passing.filter(({ id }) => !caughtIds.has(id)),
    failed: detected.failed + Math.round(caught.length * weight),
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

const isUnexplained = ({ signals }: Failure): boolean =>
  signals.every(({ category }) => category === null);

/** The yes of a finding, if it is one; everything is counted. */
function counted(finding: ReturnType<typeof findingOf>, check: Check, tally: Tally): Signal[] {
  switch (finding.kind) {
    case 'said':
      tally.signal(finding.signal);
      return finding.signal.verdict === 'yes' ? [finding.signal] : [];
    case 'unverified':
      tally.unverified(check.name);
      return [];
    case 'unanswered':
      tally.error(check.name, 'the model gave no usable answer');
      return [];
  }
}

function withSignals(
  failure: Failure,
  found: readonly Signal[],
  checks: ReadonlySet<string>,
): Failure {
  if (found.length === 0) return failure;
  const signals = byCause(failure.trace, [...failure.signals, ...found], checks);
  return { ...failure, signals, rootSpanId: rootSpan(failure.trace, signals) };
}
