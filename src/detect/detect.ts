import type { Category } from '../contract/category.ts';
import type { Check, CheckInput } from '../contract/check.ts';
import type { FactSet } from '../contract/condition.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import type { Detected } from '../contract/detected.ts';
import { type FactRow, NO_FACTS } from '../contract/fact-rows.ts';
import type { FileFacts } from '../contract/file-facts.ts';
import type { Judge, JudgeOptions } from '../contract/judge.ts';
import type { PolicyDefinition } from '../contract/policy.ts';
import type { Signal } from '../contract/signal.ts';
import type { Trace } from '../contract/trace.ts';
import { factRow } from '../text/fact-row.ts';
import { traitsOf } from '../trace/traits.ts';
import { orderByCause } from './cause-order.ts';
import { type CheckOptions, judgeSample } from './check/judge-sample.ts';
import { checksOf, readChecks } from './check/parse-checks.ts';
import { starterChecks } from './check/starter-checks.ts';
import type { Detector } from './define.ts';
import { agentLoop } from './detectors/agent-loop/agent-loop.ts';
import { parseScoreRule } from './detectors/score/score-rule.ts';
import { unmatchedRule } from './detectors/score/unmatched-rule.ts';
import { factSet, factsOf } from './facts/facts.ts';
import { causeIds, causeKeys, causeOf, failureOf } from './failure.ts';
import { fileReaders } from './file/file-reader.ts';
import { type FileState, fileSummary } from './file/file-summary.ts';
import { recordedOutcome } from './file/recorded-outcome.ts';
import { ownDetector } from './own-detector.ts';
import { policyMatcher, starterMatcher } from './policy/matcher.ts';
import { type Policy, policyOf } from './policy/parse.ts';
import { type LedgerOptions, type LedgerState, LedgerTally } from './population/ledger.ts';
import { Measures, type MeasuresState } from './population/measures.ts';
import { PopulationSample, type PopulationState } from './population/population-sample.ts';
import { type SamplerState, sampler } from './population/sample.ts';
import { slim } from './population/slim.ts';
import { populationTally, type TallyState } from './population/tally.ts';
import { type TrafficState, TrafficTally } from './population/traffic.ts';
import { detectors as builtIn } from './registry.ts';
import type { DetectOptions } from './run/options.ts';
import { Run } from './run/run.ts';
import { isToolListIncomplete } from './run/was-offered.ts';
import { type Answers, Examination } from './signals.ts';
import { taxonomy as composeTaxonomy } from './taxonomy.ts';
import { verified } from './verified.ts';

export interface DetectionOptions {
  /** Rules such as `groundedness<0.7`; scores without one are judged by the known direction of common names. */
  readonly scores: readonly string[];
  readonly stepBudget: number;
  /** Most failures to keep for the steps that follow. */
  readonly sample: number;
  readonly seed: number;
  /** Sample every eligible trace, failed or not. */
  readonly all: boolean;
  /** Detectors of the user, run after the built-in ones. */
  readonly detectors: readonly Detector[];
  /** What the assistant should not help with; null: the starter policy. */
  readonly policy: Policy | null;
  /** Keep a row for every trace, to compare groups of traces. Default: none. */
  readonly ledger?: LedgerOptions | null;
}

/**
 * One pass over the input. Several threads may each take some of the traces; their states add up to the
 * same result in any order and any split.
 */
interface Pass<State, Result> {
  /** `first` is the position of the first trace in the input; default: they follow those before. */
  readonly add: (traces: readonly Trace[], first?: number) => void;
  /** What was gathered so far, as a value that structured clone can copy. */
  readonly state: () => State;
  readonly merge: (state: State) => void;
  readonly finish: () => Result;
}

export type FirstPass = Pass<FileState, FileFacts>;
export type Detection = Pass<DetectionState, Detected>;

export interface DetectionState {
  readonly failures: SamplerState<Found>;
  readonly population: PopulationState;
  readonly passing: SamplerState<Trace>;
  readonly tally: TallyState;
  readonly measures: MeasuresState;
  readonly traffic: TrafficState;
  readonly ledger: LedgerState | null;
}

/** A user's policy, checked against its own examples; `source` names it in errors. Throws `invalid_option`. */
export const policyFrom = (definition: PolicyDefinition, source: string): Policy =>
  policyOf(definition, source);

/** The error for a score rule that no trace has a value for; null where every rule applies to some. */
export const ruleError = ({
  rules,
  measures,
}: Pick<Detected, 'rules' | 'measures'>): CulpritError | null => unmatchedRule(rules, measures);

/** Ids of the built-in detectors; one of a user takes another. */
export const detectorIds = (): ReadonlySet<string> => new Set(builtIn.map(({ id }) => id));

/** A user's detector, checked. `taken` holds the ids before it. Throws `invalid_option`. */
export const detectorFrom = (value: unknown, taken: ReadonlySet<string>): Detector =>
  ownDetector(value, taken);

/** A user's detectors, checked. Throws `invalid_option`. */
export function detectorsFrom(given: readonly unknown[]): Detector[] {
  const taken = new Set(detectorIds());
  return given.map((value) => {
    const detector = detectorFrom(value, taken);
    taken.add(detector.id);
    return detector;
  });
}

/** The categories of the built-in detectors, of the user's and of the checks, and `unexplained`. */
export const taxonomy = ({
  detectors,
  checks,
}: Pick<DetectionOptions, 'detectors'> & Pick<JudgedOptions, 'checks'>): readonly Category[] =>
  composeTaxonomy([...builtIn, ...detectors], checks);

/** What a model is asked about failures without a cause when no check is given. */
export const defaultChecks = (): readonly Check[] => starterChecks;

/** Which checks a model is asked, and about how many traces. */
export type JudgedOptions = CheckOptions;

/** Completes checks in plain language; `others` are ids of the user's own detectors. Throws `invalid_option`. */
export const checksFrom = (
  given: readonly (string | CheckInput)[],
  others: Iterable<string>,
): Check[] => checksOf(given, new Set([...detectorIds(), ...others]));

/** The checks in a file, as JSON or one sentence a line; `source` names it in errors. Throws `invalid_option`. */
export const checksIn = (text: string, source: string): readonly (string | CheckInput)[] =>
  readChecks(text, source);

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

/** Signals of every detector about one trace, each three-valued. Facts of a whole file are missing, so detectors that need them cannot tell. */
export function detectTrace(
  trace: Trace,
  options: DetectOptions,
  file: FileFacts | null,
  own: readonly Detector[] = [],
): Signal[] {
  const run = new Run(trace, options);
  const signals = builtInExamination.signals(run, file);
  if (own.length === 0) return signals;
  const checked = own.map((detector) => verified(detector, () => {}));
  return [...signals, ...new Examination(checked, ownFailure).signals(run, file)];
}

/** Where one trace is looked at alone, a fault of a user's detector is shown at once. */
function ownFailure(detector: string, message: string): never {
  throw new CulpritError('invalid_option', `detectors: ${detector}: ${message}`);
}

/** The signals of one trace that arrives on its own, as in a server. */
export interface TraceVerdict {
  /** Something was recorded that can be judged. */
  readonly isEligible: boolean;
  readonly failed: boolean;
  /** Those that said yes, the likeliest cause first. */
  readonly signals: readonly Signal[];
  /** Of a failed trace, for conditions of causes; null without the facts of a file, and where it did not fail. */
  readonly facts: FactRow | null;
}

/** Judges one trace as `detection` does, with the facts of the traces before it; null: those that need them cannot tell. */
export function judgeTrace(
  trace: Trace,
  options: DetectOptions,
  file: FileFacts | null,
): TraceVerdict {
  if (!isEligible(trace)) return { isEligible: false, failed: false, signals: [], facts: null };
  const outcome = file === null ? null : recordedOutcome(trace, options, file.model);
  const run = new Run(trace, options);
  const positive = builtInExamination.signals(run, file).filter(({ verdict }) => verdict === 'yes');
  const signals = orderByCause(trace, positive);
  const failed = hasFailed(signals, outcome, builtInFilters);
  const facts = failed && file !== null ? factRow(factsWithCause(run, file, signals)) : null;
  return { isEligible: true, failed, signals, facts };
}

/** All facts of a run, those about its likeliest cause included. `signals`: in order of cause. */
function factsWithCause(run: Run, file: FileFacts, signals: readonly Signal[]): FactSet {
  const facts = new Map(factSet(factsOf(run, file.model, signals)));
  for (const key of causeKeys(causeOf(signals))) facts.set(key, null);
  return facts;
}

/** The facts of one trace as conditions are evaluated on them, with the facts of the whole file that it belongs to. */
export function traceFacts(
  trace: Trace,
  options: DetectOptions,
  file: FileFacts,
  own: readonly Detector[] = [],
): FactSet {
  const signals = orderByCause(trace, detectTrace(trace, options, file, own));
  return factsWithCause(new Run(trace, options), file, signals);
}

const builtInExamination = new Examination(builtIn);

/** What detectors are told about the application. */
export const detectOptions = (
  options: Pick<DetectionOptions, 'scores' | 'stepBudget' | 'policy'>,
): DetectOptions => ({
  scores: options.scores.map(parseScoreRule),
  stepBudget: options.stepBudget,
  policy: options.policy === null ? starterMatcher() : policyMatcher(options.policy),
  fileReader: fileReaders(),
});

/** The first pass over the input: gathers the facts of the whole file. Memory does not grow with the input. */
export function firstPass(options: DetectOptions): FirstPass {
  const summary = fileSummary();
  return {
    add: (traces) => {
      for (const trace of traces) {
        try {
          if (isEligible(trace)) summary.add(new Run(trace, options));
        } catch {
          // The facts go without this trace; the second pass counts what fails about it.
        }
      }
    },
    state: summary.state,
    merge: summary.merge,
    finish: summary.freeze,
  };
}

/**
 * The second pass over the input: looks at every trace with the facts of the whole file at hand, keeps a
 * seeded stratified sample of the failures (by first cause, prompt version and tenant), and counts the
 * rest. Memory is that of the sample.
 * @param traces eligible traces of the input, where they are not those of `file`.
 * @throws CulpritError `invalid_option` for a score rule that cannot be read.
 */
export function detection(
  options: DetectionOptions,
  file: FileFacts | null,
  traces: number | null = file?.traces ?? null,
): Detection {
  const asked = detectOptions(options);
  const failures = sampler<Found>(options.sample, options.seed);
  const passing = sampler<Trace>(Math.ceil(options.sample / 2), options.seed);
  const tally = populationTally([...builtIn, ...options.detectors].map(({ id }) => id));
  const examination = new Examination(
    [...builtIn, ...options.detectors.map((detector) => verified(detector, tally.unverified))],
    tally.error,
  );
  const population = new PopulationSample(options.seed, traces);
  const measures = new Measures(asked.scores);
  const traffic = new TrafficTally();
  const ledger =
    options.ledger == null ? null : new LedgerTally(options.ledger, options.seed, traces);
  const filters = filtersOf([...builtIn, ...options.detectors]);
  let next = 0;
  let positive: Signal[] = [];
  const answers: Answers = {
    none: tally.none,
    found: (signal) => {
      tally.signal(signal);
      positive.push(signal);
    },
  };

  /** Whatever fails about one trace ends nothing. */
  const addOne = (trace: Trace, position: number): void => {
    tally.trace(trace, position);
    try {
      examine(trace, position);
    } catch (error) {
      const [reason = ''] = String(error).slice(0, 200).split('\n');
      tally.error(EXAMINATION, `it threw ${reason} (trace ${trace.id.slice(0, 100)})`);
    }
  };

  const examine = (trace: Trace, position: number): void => {
    if (!isEligible(trace)) return;
    const outcome = file === null ? null : recordedOutcome(trace, asked, file.model);
    tally.eligible(outcome);
    measures.add(trace);
    const run = new Run(trace, asked);
    if (isToolListIncomplete(run)) tally.gap('incomplete_tool_list');
    positive = [];
    examination.each(run, file, answers);
    const ordered = orderByCause(trace, positive);
    const failed = hasFailed(ordered, outcome, filters);
    const traits = traitsOf(trace);
    traffic.add(traits, failed);
    let row: FactRow | undefined;
    const factRow = (): FactRow => {
      row ??=
        file === null
          ? NO_FACTS
          : population.rowOf(factsOf(run, file.model, ordered), causeIds(causeOf(ordered)));
      return row;
    };
    population.offer(trace.id, position, () => ({
      ...factRow(),
      id: trace.id,
      failed,
      outcome,
      unexplained: causeOf(ordered) === null,
      traits,
    }));
    ledger?.add(trace, position, failed, factRow);
    if (failed) tally.failure();
    if (failed || options.all)
      failures.offer(trace.id, position, stratumOf(trace, ordered), () => ({
        trace: slim(trace),
        failed,
        signals: ordered,
        facts: factRow(),
      }));
    else if (ordered.length === 0 || outcome === false)
      passing.offer(trace.id, position, '', () => slim(trace));
    if (!failed) tally.suspect(ordered);
  };

  return {
    add: (traces, first = next) => {
      next = first;
      for (const trace of traces) addOne(trace, next++);
    },
    state: () => ({
      failures: failures.state(),
      population: population.state(),
      passing: passing.state(),
      tally: tally.state(),
      measures: measures.state(),
      traffic: traffic.state(),
      ledger: ledger?.state() ?? null,
    }),
    merge: (other) => {
      failures.merge(other.failures);
      population.merge(other.population);
      passing.merge(other.passing);
      tally.merge(other.tally);
      measures.merge(other.measures);
      traffic.merge(other.traffic);
      if (other.ledger !== null) ledger?.merge(other.ledger);
    },
    finish: () => ({
      ...tally.counts(),
      ...measures.counts(options.scores),
      failures: failures.draw().map(({ item, weight }) => failureOf({ ...item, weight })),
      population: population.draw(),
      traffic: traffic.counts(),
      ledger: ledger?.finish() ?? null,
      passing: passing.draw().map(({ item }) => item),
      sampledFrom: failures.seen(),
      judging: null,
    }),
  };
}

/** Stands in for a detector where what goes on around them fails. */
const EXAMINATION = 'examination';

interface Found {
  readonly trace: Trace;
  readonly failed: boolean;
  /** Those that said yes, the likeliest cause first. */
  readonly signals: readonly Signal[];
  readonly facts: FactRow;
}

/**
 * A filter of the method always fails a trace. Otherwise the recorded outcome decides; without one, any signal but a
 * symptom.
 */
function hasFailed(
  signals: readonly Signal[],
  outcome: boolean | null,
  filters: ReadonlySet<string>,
): boolean {
  if (outcome === true) return true;
  if (signals.some(({ detector, tier }) => tier !== 'symptom' && filters.has(detector)))
    return true;
  return outcome === null && signals.some(({ tier }) => tier !== 'symptom');
}

/** Ids of the detectors that say that a trace failed whatever its outcome; a loop is one of them, though it has a category. */
const filtersOf = (detectors: readonly Detector[]): ReadonlySet<string> =>
  new Set([
    agentLoop.id,
    ...detectors.flatMap(({ id, tier }) => (tier === 'filter' || tier === 'outlier' ? [id] : [])),
  ]);

const builtInFilters = filtersOf(builtIn);

/** Something was recorded that can be judged. */
const isEligible = (trace: Trace): boolean =>
  trace.input !== '' || trace.output !== '' || trace.messages.length > 0 || trace.error !== null;

function stratumOf(trace: Trace, signals: readonly Signal[]): string {
  const first = signals[0];
  const cause = first === undefined ? '' : (first.category ?? first.detector);
  return `${cause}|${trace.promptVersion ?? ''}|${trace.tenant ?? ''}`;
}
