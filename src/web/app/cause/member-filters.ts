import { NOT_RECORDED } from '../../report/model/facets.ts';
import type { ReportModel } from '../../report/model/report-model.ts';
import { DIMENSIONS, FACET_LABELS } from '../../report/model/scope.ts';
import { type Scores, scoreSteps } from '../../report/model/score-steps.ts';

/** What is recorded of failures beside the analysis, in the order of its failures. */
export interface MemberColumns {
  /** '' where not recorded. */
  readonly environment: readonly string[];
  readonly scores: Scores;
}

/** Something by which the failures of a cause differ: a version, a detector, a score. */
export interface MemberFilter {
  readonly name: string;
  /** The values of a failure, by its position; '' where it has none. */
  readonly valuesOf: (failure: number) => readonly string[];
  readonly textOf: (value: string) => string;
  /** Whether values have an order of their own; else those of most failures come first. */
  readonly isOrdered: boolean;
}

/** Chosen values, by the name of the filter. */
export type ChosenValues = Readonly<Record<string, string>>;

export interface CountedValue {
  readonly value: string;
  readonly text: string;
  readonly failures: number;
}

/** The filters that tell some of the members apart. */
export function memberFilters(
  { failures }: Pick<ReportModel, 'failures'>,
  members: readonly number[],
  columns: MemberColumns | null,
): readonly MemberFilter[] {
  const plain = (name: string, valuesOf: MemberFilter['valuesOf']): MemberFilter => ({
    ...{ name, valuesOf, isOrdered: false },
    textOf: (value) => value.replaceAll('_', ' '),
  });
  const all: readonly MemberFilter[] = [
    ...DIMENSIONS.map((name) => plain(FACET_LABELS[name], (i) => [failures[i]?.[name] ?? ''])),
    plain('detector', (i) => [
      ...new Set(failures[i]?.signals.map(({ detector }) => detector) ?? []),
    ]),
    ...(columns === null ? [] : [plain('environment', (i) => [columns.environment[i] ?? ''])]),
    ...Object.entries(columns?.scores ?? {}).map(([name, values]): MemberFilter => {
      const steps = scoreSteps(members.map((i) => values[i] ?? null));
      const valuesOf = (i: number): readonly string[] => [steps.of(values[i] ?? null)];
      return { name: `score ${name}`, valuesOf, textOf: steps.label, isOrdered: true };
    }),
  ];
  return all.filter(({ valuesOf }) => new Set(members.flatMap(valuesOf)).size > 1);
}

/** Whether a failure has every value that is chosen. */
export const hasValues = (
  filters: readonly MemberFilter[],
  chosen: ChosenValues,
  failure: number,
): boolean =>
  filters.every(({ name, valuesOf }) => {
    const value = chosen[name];
    return value === undefined || valuesOf(failure).includes(value);
  });

/** The values of a filter with how many of these failures have each; the chosen one is among them in any case. */
export function countedValues(
  filter: MemberFilter,
  failures: readonly number[],
  chosen: string | undefined,
): readonly CountedValue[] {
  const { valuesOf, textOf, isOrdered } = filter;
  const counts = new Map<string, number>(chosen === undefined ? [] : [[chosen, 0]]);
  for (const value of failures.flatMap(valuesOf)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .toSorted(
      ([a, n], [b, m]) =>
        // What has no value comes last.
        Number(a === '') - Number(b === '') ||
        (isOrdered ? Number(a) - Number(b) : m - n || (a < b ? -1 : 1)),
    )
    .map(([value, n]) => ({
      ...{ value, failures: n },
      text: value === '' ? NOT_RECORDED : textOf(value),
    }));
}
