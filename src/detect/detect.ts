import type { Check } from '../contract/check.ts';
import type { Detected } from '../contract/detected.ts';
import type { Failure } from '../contract/failure.ts';
import type { Judge, JudgeOptions } from '../contract/judge.ts';
import type { Signal } from '../contract/signal.ts';
import type { Trace } from '../contract/trace.ts';
import { type CheckOptions, judgeSample } from './check/judge-sample.ts';
import { type CheckSources, parseChecks } from './check/parse-checks.ts';
import { starterChecks } from './check/starter-checks.ts';
import type { DetectOptions, Detector } from './detector.ts';
import { parseScoreRule } from './detectors/score/score-rule.ts';
import { isVerbatim } from './evidence.ts';
import { guarded } from './own-detector.ts';
import { requestJudge } from './policy/matcher.ts';
import { type Policy, parsePolicy } from './policy/parse.ts';
import { type OutlierTracker, outlierTracker } from './population/outlier.ts';
import { suspects } from './population/outlier-candidates.ts';
import { type Sampler, sampler } from './population/sample.ts';
import { slim } from './population/slim.ts';
import { populationTally, type Tally } from './population/tally.ts';
import { byCause, rootSpan } from './primary.ts';
import { detectors as builtIn } from './registry.ts';

export interface DetectionOptions {
  /** Rules such as `groundedness<0.7`; scores without one are judged by the known direction of common names. */
  readonly scores: readonly string[];
  readonly stepBudget: number;
  /** Most failures to keep for the steps that follow. */
  readonly sample: number;
  readonly seed: number;
  /** Take every eligible trace for a failure. */
  readonly all: boolean;
  /** Detectors of the user, run after the built-in ones. */
  readonly detectors: readonly Detector[];
  /** What the assistant should not help with; null: the starter policy. */
  readonly policy: Policy | null;
}

export interface Detection {
  readonly add: (traces: readonly Trace[]) => void;
  readonly finish: () => Detected;
}

/** Reads a policy file. Throws `invalid_option` naming the file and the place. */
export const policyFrom = (text: string, file: string): Policy => parsePolicy(text, file);

/** Ids of the built-in detectors; one of a user takes another. */
export const detectorIds = (): ReadonlySet<string> =>
  new Set([...builtIn.map(({ id }) => id), 'outlier']);

/** What a model is asked about failures without a cause when no check is given. */
export const defaultChecks = (): readonly Check[] => starterChecks;

/** Which checks a model is asked, and about how many traces. */
export type JudgedOptions = CheckOptions;

/** Reads checks in plain language; `others` are ids of the user's own detectors. Throws `invalid_option`. */
export const checksFrom = (sources: CheckSources, others: Iterable<string>): Check[] =>
  parseChecks(sources, new Set([...detectorIds(), ...others]));

/**
 * What was detected, with what a model answers to checks about the sampled failures and some passing
 * traces. Throws what the judge throws.
 */
export const judged = (
  detected: Detected,
  options: JudgedOptions,
  judge: Judge,
  judgeOptions: JudgeOptions,
): Promise<Detected> => judgeSample(detected, options, judge, judgeOptions);

/** All signals of one trace, without those that need the population (outliers). */
function signalsOf(
  trace: Trace,
  options: DetectOptions,
  detectors: readonly Detector[],
): readonly Signal[] {
  const signals: Signal[] = [];
  for (const detector of detectors) {
    for (const signal of detector.detect(trace, options)) signals.push(signal);
  }
  return signals;
}

/**
 * Looks at every trace once, keeps a seeded stratified sample of the failures (by first cause,
 * prompt version and tenant), and counts the rest. Memory is that of the sample.
 * @throws CulpritError `invalid_option` for a score rule that is none.
 */
export function detection(options: DetectionOptions): Detection {
  const detectOptions: DetectOptions = {
    scores: options.scores.map(parseScoreRule),
    stepBudget: options.stepBudget,
    ...(options.policy !== null && {
      policy: requestJudge(options.policy.categories, options.policy.allowed),
    }),
  };
  const failures = sampler<Found>(options.sample, options.seed);
  const passing = sampler<Trace>(Math.ceil(options.sample / 2), options.seed);
  const suspected = suspects();
  const outliers = outlierTracker();
  const tally = populationTally();
  const detectors = [
    ...builtIn,
    ...options.detectors.map((detector) => guarded(detector, tally.error)),
  ];

  const addOne = (trace: Trace): void => {
    tally.trace(trace);
    if (!isEligible(trace)) return;
    tally.eligible += 1;
    outliers.add(trace);
    const signals = verified(trace, signalsOf(trace, detectOptions, detectors), tally);
    for (const signal of signals) tally.signal(signal);
    const ordered = byCause(trace, signals);
    if (ordered.length > 0 || options.all) offer(failures, trace, ordered);
    else {
      passing.offer(trace.id, '', () => slim(trace));
      suspected.add(trace);
    }
  };

  return {
    add: (traces) => {
      for (const trace of traces) addOne(trace);
    },
    finish: () => {
      const outlying = new Set<string>();
      for (const trace of suspected.traces()) {
        const ordered = byCause(trace, outliers.judge(trace));
        if (ordered.length === 0) continue;
        outlying.add(trace.id);
        offer(failures, trace, ordered);
      }
      const drawn = failures.draw().map(({ item, weight }) => toFailure(item, weight, outliers));
      for (const failure of drawn)
        for (const signal of failure.signals)
          if (signal.detector === 'outlier') tally.signal(signal);
      return {
        failures: drawn,
        passing: passing
          .draw()
          .map(({ item }) => item)
          .filter(({ id }) => !outlying.has(id)),
        traces: tally.traces,
        eligible: tally.eligible,
        failed: failures.seen(),
        detectors: tally.detectors(),
        gaps: tally.gaps(),
        judging: null,
      };
    },
  };
}

interface Found {
  readonly trace: Trace;
  readonly signals: readonly Signal[];
}

/** Something was recorded that can be judged. */
const isEligible = (trace: Trace): boolean =>
  trace.input !== '' || trace.output !== '' || trace.messages.length > 0 || trace.error !== null;

function offer(failures: Sampler<Found>, trace: Trace, signals: readonly Signal[]): void {
  const first = signals[0];
  const cause = first === undefined ? '' : (first.category ?? first.detector);
  const stratum = `${cause}|${trace.promptVersion ?? ''}|${trace.tenant ?? ''}`;
  failures.offer(trace.id, stratum, () => ({ trace: slim(trace), signals }));
}

function toFailure({ trace, signals }: Found, weight: number, outliers: OutlierTracker): Failure {
  const named = new Set(signals.map(({ detector }) => detector));
  const late = named.has('outlier') ? [] : outliers.judge(trace);
  const ordered = byCause(trace, [...signals, ...late]);
  return { trace, signals: ordered, rootSpanId: rootSpan(trace, ordered), weight };
}

function verified(trace: Trace, signals: readonly Signal[], tally: Tally): Signal[] {
  return signals.filter((signal) => {
    if (signal.verdict !== 'yes') return true;
    const holds =
      signal.evidence.length > 0 && signal.evidence.every((each) => isVerbatim(trace, each));
    if (!holds) tally.unverified(signal.detector);
    return holds;
  });
}
