import type { DiffReport } from '../../../contract/change-report.ts';
import type { CauseChange, Diff } from '../../../contract/diff.ts';
import { buildModel, type ReportModel } from '../../report/model/report-model.ts';
import { countScope, type Scoped } from '../../report/model/scoped.ts';

export type Side = 'before' | 'after';
/** What the map and the lists show. */
export type Sides = Side | 'both';

/** A comparison with the lookups that its views need, built once. */
export interface DiffModel {
  readonly diff: Diff;
  readonly report: ReportModel;
  readonly scoped: Scoped;
  /** In the order of the lists. */
  readonly groups: readonly CauseGroup[];
  /** All causes in that order. */
  readonly causes: readonly CauseChange[];
  readonly causeById: ReadonlyMap<string, CauseChange>;
  /** Per failure of the report; null where the comparison does not have it. */
  readonly sideOf: readonly (Side | null)[];
  /** Positions of failures by cause, most certain first. */
  readonly members: ReadonlyMap<string, readonly number[]>;
}

/** Causes under one heading. */
export interface CauseGroup {
  readonly key: 'changed' | 'mix' | 'unsure' | 'same';
  readonly causes: readonly CauseChange[];
}

export function createDiffModel({ diff, report: data }: DiffReport): DiffModel {
  const report = buildModel(data);
  const groups = (['changed', 'mix', 'unsure', 'same'] as const)
    .map((key) => ({ key, causes: diff.causes.filter((cause) => groupOf(cause) === key) }))
    .filter(({ causes }) => causes.length > 0);
  const causes = groups.flatMap((group) => group.causes);
  const sideOf = Array<Side | null>(report.failures.length).fill(null);
  const members = new Map<string, number[]>();
  for (const { traceId, side, cause } of diff.failures) {
    const at = report.failureById.get(traceId);
    if (at === undefined) continue;
    sideOf[at] = side;
    if (cause === null) continue;
    const list = members.get(cause);
    if (list === undefined) members.set(cause, [at]);
    else list.push(at);
  }
  const membership = (at: number): number => report.failures[at]?.membership ?? 0;
  for (const list of members.values()) list.sort((a, b) => membership(b) - membership(a) || a - b);
  return {
    diff,
    report,
    scoped: countScope(report, null, null),
    groups,
    causes,
    causeById: new Map(causes.map((cause) => [cause.id, cause])),
    sideOf,
    members,
  };
}

function groupOf({ state, isMix }: CauseChange): CauseGroup['key'] {
  if (state === 'same') return 'same';
  if (state === 'cannot tell') return 'unsure';
  return isMix ? 'mix' : 'changed';
}

/** Causes whose title, category or state has all words; all without words. */
export function matching(causes: readonly CauseChange[], query: string): readonly CauseChange[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0
    ? causes
    : causes.filter(({ title, category, state, layer }) => {
        const text = `${title} ${category} ${state} ${layer}`.toLowerCase();
        return words.every((word) => text.includes(word));
      });
}
