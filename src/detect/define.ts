import type { Category } from '../contract/category.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import type { FileFacts } from '../contract/file-facts.ts';
import type { Tier } from '../contract/tier.ts';
import type { Finding } from './finding.ts';
import type { Run } from './run/run.ts';

/** The detector has nothing to judge by; `missing` says what was not recorded. */
export interface Inconclusive {
  readonly missing: string;
}

/** Make it once per detector, not per trace. */
export const inconclusive = (missing: string): Inconclusive => ({ missing });

/** The detector looked and found nothing. */
export const noFinding: readonly Finding[] = [];

/** Nothing, '' and false mean the same as `noFinding`, so that `text && run.finding(…)` can be returned. */
export type Answer =
  | Finding
  | readonly (Finding | null)[]
  | Inconclusive
  | null
  | undefined
  | false
  | '';

/** Something that most runs lack and without which a detector cannot tell. */
export interface Need {
  /** Quick, and true wherever the detector might say anything but `otherwise`. */
  readonly isMet: (run: Run, file: FileFacts | null) => boolean;
  readonly otherwise: Inconclusive;
}

/**
 * Looks for one kind of failure in every trace. Pure; well under a millisecond.
 * Returns every finding that it can prove, or says that it found nothing, or that it cannot tell.
 */
export interface Detector {
  /** Lowercase letters, digits and `_`. */
  readonly id: string;
  readonly tier: Tier;
  /** What it finds, a phrase for the table in the docs. */
  readonly finds: string;
  /** The categories that it owns, its own first; empty for a filter, which says that a trace failed, not why. */
  readonly categories: readonly Category[];
  /** A run that lacks it is not shown to the detector. */
  readonly needs?: Need;
  /** `file` holds facts of the whole input; null when one trace is looked at alone. */
  readonly detect: (run: Run, file: FileFacts | null) => Answer;
}

export interface DetectorDefinition {
  readonly id: string;
  /** How much its findings say about the cause. Default `likely`. */
  readonly tier?: Tier;
  readonly finds?: string;
  /**
   * The category of its own, under its own id. By default one with severity 3, layer `prompt` and fix cost 3,
   * unless `categories` names others or the tier says that it finds no causes (`outlier`, `filter`).
   */
  readonly category?: Partial<Omit<Category, 'id'>>;
  /** Further categories, or categories under other ids. */
  readonly categories?: readonly Category[];
  /** What most runs lack: without it the detector is not asked, which saves its time. Default: nothing. */
  readonly needs?: Need;
  readonly detect: Detector['detect'];
}

/**
 * A detector from its definition, with the defaults filled in.
 *
 * ```ts
 * defineDetector({
 *   id: 'delivery_guarantee',
 *   category: { name: 'Delivery guarantee', severity: 4, layer: 'prompt', fixCost: 1 },
 *   detect(run) {
 *     const text = /\bguaranteed to arrive\b/i.exec(run.output)?.[0];
 *     return text && run.finding({
 *       cause: ['answer'],
 *       statement: 'The answer guarantees a delivery date',
 *       evidence: [run.quote('/output', text)],
 *     });
 *   },
 * });
 * ```
 *
 * @throws CulpritError `invalid_option` without an id or a function.
 */
export function defineDetector(definition: DetectorDefinition): Detector {
  if (typeof definition?.id !== 'string' || typeof definition.detect !== 'function')
    throw new CulpritError(
      'invalid_option',
      "a detector needs an id and a function: defineDetector({ id: 'my_check', detect(run) { … } })",
    );
  const { id, tier = 'likely', categories = [], needs, detect } = definition;
  const finds = definition.finds ?? definition.category?.definition ?? id;
  return {
    id,
    tier,
    finds,
    categories: [...ownCategory(definition), ...categories],
    ...(needs !== undefined && { needs }),
    detect,
  };
}

function ownCategory({ id, tier, category, categories }: DetectorDefinition): Category[] {
  const isCause = tier !== 'filter' && tier !== 'outlier';
  if (category === undefined && (!isCause || (categories?.length ?? 0) > 0)) return [];
  return [
    {
      name: sentenceCase(id),
      definition: `The detector ${id} finds nothing.`,
      severity: 3,
      layer: 'prompt',
      fixCost: 3,
      ...category,
      id,
    },
  ];
}

const sentenceCase = (id: string): string =>
  `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll('_', ' ')}`;

export const isInconclusive = (answer: Answer): answer is Inconclusive =>
  typeof answer === 'object' && answer !== null && 'missing' in answer;

/** The findings of an answer that is not inconclusive. */
export function findingsIn(answer: Exclude<Answer, Inconclusive>): readonly Finding[] {
  if (!answer) return [];
  if ('cause' in answer) return [answer];
  return answer.length === 0 ? noFinding : answer.filter((finding) => finding !== null);
}
