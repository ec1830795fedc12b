import type { CauseDecisions, Formula } from '../contract/decision.ts';

/** The decisions of a project, by what they are about. */
export interface Decisions {
  readonly causes: ReadonlyMap<string, CauseDecisions>;
  /** Per trace the cause that a person put it into; null for none. */
  readonly places: ReadonlyMap<string, string | null>;
  readonly formula: Formula;
  /** The cause that a cause's failures count for, after all merges; itself where it was not merged. */
  readonly survivor: (cause: string) => string;
}

export const DEFAULT_FORMULA: Formula = { measure: 'failures', severity: true, fixCost: 'set' };

/** A value that a person has set, as the store and the API have it. */
export interface SetValue {
  readonly kind: string;
  readonly subject: string;
  readonly field: string;
  readonly value?: unknown;
}

/** Sorts decisions by what they are about. */
export function decisionsOf(all: readonly SetValue[]): Decisions {
  const causes = new Map<string, Record<string, unknown>>();
  const places = new Map<string, string | null>();
  let formula = DEFAULT_FORMULA;
  for (const { kind, subject, field, value } of all) {
    if (value === null || value === undefined) continue;
    // Nobody has decided on it.
    if (kind === 'cause' && field === 'suggestion') continue;
    if (kind === 'cause') causes.set(subject, { ...causes.get(subject), [field]: value });
    else if (kind === 'trace')
      places.set(subject, (value as { readonly cause: string | null }).cause);
    else if (kind === 'project') formula = value as Formula;
  }
  const merged = (cause: string): string | undefined =>
    causes.get(cause)?.['mergedInto'] as string | undefined;
  return {
    causes: causes as ReadonlyMap<string, CauseDecisions>,
    places,
    formula,
    survivor(cause) {
      let at = cause;
      const seen = new Set([at]);
      for (let next = merged(at); next !== undefined && !seen.has(next); next = merged(at)) {
        at = next;
        seen.add(at);
      }
      return at;
    },
  };
}
