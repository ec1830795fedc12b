import type { Category } from '../contract/category.ts';
import type { FileFacts } from '../contract/file-facts.ts';
import type { Evidence, Statement, Tier } from '../contract/signal.ts';
import type { Run } from './run/run.ts';

/**
 * What a detector found in a trace. `run.finding` is the only way to make one, and it needs a verbatim
 * quote; the detector's id, tier and category are added to it afterward.
 */
export interface Finding {
  /** Default: the detector's own. */
  readonly category?: string | null;
  readonly cause: readonly string[];
  readonly statement: Statement;
  readonly confidence: number;
  readonly spanId: string | null;
  readonly evidence: readonly [Evidence, ...Evidence[]];
}

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
  /** `file` holds facts of the whole input; null when one trace is looked at alone. */
  readonly detect: (run: Run, file: FileFacts | null) => Answer;
}

export interface DetectorDefinition {
  readonly id: string;
  /** Default `likely`. */
  readonly tier?: Tier;
  readonly finds?: string;
  /** The category of its own, under its own id. */
  readonly category?: Omit<Category, 'id'>;
  /** Further categories, or categories under other ids. */
  readonly categories?: readonly Category[];
  readonly detect: Detector['detect'];
}

/** A detector from its definition, with the defaults filled in. */
export function defineDetector(definition: DetectorDefinition): Detector {
  const { id, tier = 'likely', category, categories = [], detect } = definition;
  return {
    id,
    tier,
    finds: definition.finds ?? category?.definition ?? id,
    categories: [...(category === undefined ? [] : [{ id, ...category }]), ...categories],
    detect,
  };
}
