import type { FileFacts } from '../contract/file-facts.ts';
import type { Signal } from '../contract/signal.ts';
import type { Tier } from '../contract/tier.ts';
import { sentence } from '../text/statement.ts';
import {
  type Answer,
  type Detector,
  findingsIn,
  type Inconclusive,
  inconclusive,
  isInconclusive,
  noFinding,
} from './define.ts';
import type { Finding } from './finding.ts';
import type { Run } from './run/run.ts';

/** What a user's detector returned is not an answer; the message says how. */
export class UnusableAnswer extends Error {}

/** Takes what the detectors say of one run, one after the other. */
export interface Answers {
  /** The detector at this index found nothing, or (`unknown`) cannot tell. */
  readonly none: (detector: number, verdict: 'no' | 'unknown') => void;
  readonly found: (signal: Signal) => void;
}

/** Asks detectors about runs and completes their findings to signals. */
export class Examination {
  readonly #detectors: readonly Detector[];
  readonly #onError: (detector: string, message: string) => void;
  readonly #tierOf: ReadonlyMap<string, Tier>;

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
  }

  /** Per detector: every finding of another cause as a `yes`, else one `no` or `unknown`. */
  signals(run: Run, file: FileFacts | null): Signal[] {
    return this.#detectors.flatMap((detector) => this.signalsOf(detector, run, file));
  }

  /** What one of the detectors says. */
  signalsOf(detector: Detector, run: Run, file: FileFacts | null): Signal[] {
    const answer = this.#answer(detector, run, file);
    if (isInconclusive(answer)) return [negative(detector, 'unknown', answer.missing)];
    const found = this.#found(detector, answer);
    return found.length > 0 ? found : [negative(detector, 'no', '')];
  }

  /** Gives the same to `answers` without making signals of those who found nothing, who are nearly all. */
  each(run: Run, file: FileFacts | null, answers: Answers): void {
    const detectors = this.#detectors;
    for (let index = 0; index < detectors.length; index++) {
      const detector = detectors[index]!;
      const answer = this.#answer(detector, run, file);
      if (!answer || answer === noFinding) answers.none(index, 'no');
      else if (isInconclusive(answer)) answers.none(index, 'unknown');
      else {
        const found = this.#found(detector, answer);
        if (found.length === 0) answers.none(index, 'no');
        for (const signal of found) answers.found(signal);
      }
    }
  }

  /** Whatever a detector throws costs its answer about one trace and is counted. */
  #answer(detector: Detector, run: Run, file: FileFacts | null): Answer {
    try {
      const { needs } = detector;
      if (needs !== undefined && !needs.isMet(run, file)) return needs.otherwise;
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

  #found(detector: Detector, answer: Exclude<Answer, Inconclusive>): Signal[] {
    return distinct(findingsIn(answer).map((finding) => this.#signal(detector, finding)));
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
  if (signals.length < 2) return signals;
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
