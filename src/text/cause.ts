import type { Signal } from '../contract/signal.ts';
import { UNEXPLAINED } from '../contract/unexplained.ts';

/**
 * The detector and its cause as one list: signals with the same list have the same cause. The outlier
 * detector has a category for each measure and goes by that.
 */
export const causeParts = ({ detector, category, tier, cause }: Signal): readonly string[] => [
  tier === 'outlier' ? (category ?? detector) : detector,
  ...cause,
];

/** The cause as a path: category, detector (if its name differs from the category), and the parts of the cause. */
export function causePath(cause: Signal): readonly string[] {
  const [detector, ...parts] = causeParts(cause);
  const category = cause.category ?? UNEXPLAINED.id;
  return detector === undefined || detector === category
    ? [category, ...parts]
    : [category, detector, ...parts];
}

/** Tiers that say what went wrong; filters and outliers say only that something did. */
const TELLING: ReadonlySet<Signal['tier']> = new Set(['proven', 'claimed', 'likely', 'symptom']);

/** Whether a signal says what went wrong. */
export const isTelling = ({ verdict, tier }: Signal): boolean =>
  verdict === 'yes' && TELLING.has(tier);

/** Key of the fact that this detector says what went wrong, whatever it says. */
export const findingKey = (detector: string): string => `finding|${detector}`;

/** Key of the fact that no signal names a cause. */
export const NO_CAUSE = 'cause|';

/** Key of the fact that the likeliest cause of a trace begins with this path; different paths have different keys. */
export const causeKey = (path: readonly string[]): string =>
  ['cause', ...path.map((part) => part.replaceAll(/[\\|]/g, '\\$&'))].join('|');
