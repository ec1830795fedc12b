import { scoresFail } from './detectors/score/score.ts';
import { parseScoreRule } from './detectors/score/score-rule.ts';
import { detectors } from './registry.ts';

/** What scores and detectors say of a failed trace. */
export interface Said {
  /** Whether its scores say that it failed; null where none has a rule or a known direction. */
  readonly scores: boolean | null;
  /** Whether a detector found what went wrong. */
  readonly detectors: boolean;
}

type SaidOf = (row: {
  /** Values by name. */
  readonly scores: Readonly<Record<string, number>>;
  /** Detectors that said yes. */
  readonly signals: readonly string[];
}) => Said;

/**
 * Tells what scores and detectors say, so that where they differ a person can look.
 * @param rules Such as `groundedness<0.7`.
 * @throws CulpritError `invalid_option` for a rule that cannot be read.
 */
export function saidOf(rules: readonly string[]): SaidOf {
  const parsed = rules.map(parseScoreRule);
  return ({ scores, signals }) => ({
    scores: scoresFail(scores, parsed),
    detectors: signals.some(saysWhy),
  });
}

/** Whether a detector says why a trace failed, not only that it did. */
export const saysWhy = (detector: string): boolean => SAY_WHY.has(detector);

const SAY_WHY: ReadonlySet<string> = new Set(
  detectors.flatMap(({ id, tier }) =>
    tier === 'symptom' || tier === 'outlier' || tier === 'filter' ? [] : [id],
  ),
);
