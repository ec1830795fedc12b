import type { FileFacts } from '../contract/file-facts.ts';
import type { Signal, Tier } from '../contract/signal.ts';
import { sentence } from '../text/statement.ts';
import { type Detector, findingsIn, type Inconclusive, isInconclusive } from './define.ts';
import type { Finding } from './finding.ts';
import type { Run } from './run/run.ts';

/** Asks detectors about runs and completes their findings to signals. */
export class Examination {
  readonly #detectors: readonly Detector[];
  readonly #tierOf: ReadonlyMap<string, Tier>;
  /** Most answers are one of these, so they are made once. */
  readonly #no: ReadonlyMap<Detector, Signal>;
  readonly #unknown = new WeakMap<Inconclusive, Signal>();

  constructor(detectors: readonly Detector[]) {
    this.#detectors = detectors;
    this.#tierOf = new Map(
      detectors.flatMap(({ tier, categories }) => categories.map(({ id }) => [id, tier])),
    );
    this.#no = new Map(detectors.map((detector) => [detector, negative(detector, 'no', '')]));
  }

  /** Per detector: every finding of another cause as a `yes`, else one `no` or `unknown`. */
  signals(run: Run, file: FileFacts | null): Signal[] {
    const signals: Signal[] = [];
    for (const detector of this.#detectors) this.#ask(detector, run, file, signals);
    return signals;
  }

  /** What one of the detectors says. */
  signalsOf(detector: Detector, run: Run, file: FileFacts | null): Signal[] {
    const signals: Signal[] = [];
    this.#ask(detector, run, file, signals);
    return signals;
  }

  #ask(detector: Detector, run: Run, file: FileFacts | null, signals: Signal[]): void {
    const answer = detector.detect(run, file);
    if (isInconclusive(answer)) {
      signals.push(this.#unknownOf(detector, answer));
      return;
    }
    const findings = findingsIn(answer);
    if (findings.length === 0) signals.push(this.#no.get(detector) as Signal);
    else signals.push(...distinct(findings.map((finding) => this.#signal(detector, finding))));
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
