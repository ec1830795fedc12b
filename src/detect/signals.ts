import type { FileFacts } from '../contract/file-facts.ts';
import type { Signal, Tier } from '../contract/signal.ts';
import { sentence } from '../text/statement.ts';
import {
  type Answer,
  type Detector,
  findingsIn,
  type Inconclusive,
  inconclusive,
  isInconclusive,
} from './define.ts';
import type { Finding } from './finding.ts';
import type { Run } from './run/run.ts';

/** What a user's detector returned is not an answer; the message says how. */
export class UnusableAnswer extends Error {}

/** Asks detectors about runs and completes their findings to signals. */
export class Examination {
  readonly #detectors: readonly Detector[];
  readonly #onError: (detector: string, message: string) => void;
  readonly #tierOf: ReadonlyMap<string, Tier>;
  /** Most answers are one of these, so they are made once. */
  readonly #no: ReadonlyMap<Detector, Signal>;
  readonly #unknown = new WeakMap<Inconclusive, Signal>();

  /** @param onError is called with the id of a detector that failed on a trace, and why. */
  constructor(
    detectors: readonly Detector[],
    onError: (detector: string, message: string) => void = () => {},
  ) {
    this.#detectors = detectors;
    this.#onError = onError;
    this.#tierOf = new Map(
      detectors.flatMap(({ tier, categories }) => categories.map(({ id }) => [id, tier])),
    );
    this.#no = new Map(detectors.map((detector) => [detector, negative(detector, 'no', '')]));
  }

  /** Per detector: every finding of another cause as a `yes`, else one `no` or `unknown`. */
  signals(run: Run, file: FileFacts | null): Signal[] {
    const signals: Signal[] = [];
    this.each(run, file, (signal) => signals.push(signal));
    return signals;
  }

  /** Gives the same to `found`, one after the other. */
  each(run: Run, file: FileFacts | null, found: (signal: Signal) => void): void {
    for (const detector of this.#detectors) this.#ask(detector, run, file, found);
  }

  /** What one of the detectors says. */
  signalsOf(detector: Detector, run: Run, file: FileFacts | null): Signal[] {
    const signals: Signal[] = [];
    this.#ask(detector, run, file, (signal) => signals.push(signal));
    return signals;
  }

  #ask(
    detector: Detector,
    run: Run,
    file: FileFacts | null,
    found: (signal: Signal) => void,
  ): void {
    const answer = this.#answer(detector, run, file);
    if (isInconclusive(answer)) {
      found(this.#unknownOf(detector, answer));
      return;
    }
    const findings = findingsIn(answer);
    if (findings.length === 0) found(this.#no.get(detector) as Signal);
    else {
      const made = findings.map((finding) => this.#signal(detector, finding));
      for (const signal of distinct(made)) found(signal);
    }
  }

  /** Whatever a detector throws costs its answer about one trace and is counted. */
  #answer(detector: Detector, run: Run, file: FileFacts | null): Answer {
    try {
      return detector.detect(run, file);
    } catch (error) {
      const message =
        error instanceof UnusableAnswer ? error.message : `it threw ${firstLine(error)}`;
      this.#onError(
        detector.id,
        `${message.slice(0, MESSAGE)} (trace ${run.trace.id.slice(0, 100)})`,
      );
      return FAILED;
    }
  }

  #unknownOf(detector: Detector, answer: Inconclusive): Signal {
    let signal = this.#unknown.get(answer);
    if (signal?.detector !== detector.id) {
      signal = negative(detector, 'unknown', answer.missing);
      this.#unknown.set(answer, signal);
    }
    return signal;
  }

  #signal(detector: Detector, { category, tier, ...finding }: Finding): Signal {
    const named = category === undefined ? (detector.categories[0]?.id ?? null) : category;
    return {
      ...finding,
      detector: detector.id,
      verdict: 'yes',
      category: named,
      tier: tier ?? (named === null ? 'filter' : (this.#tierOf.get(named) ?? detector.tier)),
    };
  }
}

const FAILED = inconclusive('the detector failed');
const MESSAGE = 200;

const firstLine = (error: unknown): string => {
  try {
    return (
      String(error)
        .slice(0, 2 * MESSAGE)
        .split('\n')[0] ?? ''
    );
  } catch {
    return 'something that has no text';
  }
};

/** The first of each cause. */
function distinct(signals: Signal[]): Signal[] {
  if (signals.length === 1) return signals;
  const seen = new Set<string>();
  return signals.filter(({ category, cause }) => {
    const key = JSON.stringify([category, cause]);
    return !seen.has(key) && seen.add(key);
  });
}

const negative = ({ id, tier }: Detector, verdict: 'no' | 'unknown', missing: string): Signal => ({
  detector: id,
  verdict,
  tier,
  category: null,
  cause: [],
  statement: sentence(missing),
  confidence: 1,
  spanId: null,
  evidence: [],
});
