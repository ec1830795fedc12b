import type { AnalyzedFailure } from '../../contract/analyzed-failure.ts';
import { CulpritError } from '../../contract/culprit-error.ts';
import { DIMENSIONS, type Dimension } from '../../contract/dimension.ts';
import type { ReportData, ReportPopulation } from '../../contract/report.ts';
import {
  type MeasureQuery,
  type QueryGroup,
  type QueryMeasure,
  type QueryResult,
  type QueryRow,
  type TraceQuery,
  USUAL_MEASURES,
} from '../../contract/trace-query.ts';
import { count } from '../../text/format.ts';

type Filter = TraceQuery['filter'];

/**
 * Counts over an analysis: all traces by version, model and tenant; sampled failures, weighted, by anything else that is
 * recorded of them.
 * @throws CulpritError `invalid_input` for what an analysis does not hold.
 */
export function queryReport(report: ReportData, query: TraceQuery): QueryResult {
  const isPopulation = [...query.groupBy, ...Object.keys(query.filter)].every(isDimension);
  const measures = query.measures ?? (isPopulation ? USUAL_MEASURES : (['failed'] as const));
  const asked = { ...query, measures };
  const made = isPopulation ? ofPopulation(report.population, asked) : ofFailures(report, asked);
  const rows = [...made.groups.values()].sort(inOrder(asked));
  return {
    counted: made.counted,
    rows: rows.slice(0, query.limit),
    hasMore: rows.length > query.limit,
  };
}

/** With the measures of this answer. */
type Asked = MeasureQuery & Pick<TraceQuery, 'filter'>;

interface Counted {
  readonly counted: string;
  readonly groups: ReadonlyMap<string, QueryRow>;
}

const isDimension = (name: string): name is Dimension =>
  (DIMENSIONS as readonly string[]).includes(name);

function ofPopulation(
  { values, columns, traces, failed, scale }: ReportPopulation,
  { groupBy, filter, measures }: Asked,
): Counted {
  refuse(measures, ['traces', 'failed', 'failureRate'], 'measures', 'an analysis');
  const valueAt = (name: string, row: number): string => {
    const dimension = name as Dimension;
    return values[dimension][columns[dimension][row] ?? -1] ?? '';
  };
  const sums = new Map<string, { group: Record<string, string>; traces: number; failed: number }>();
  for (const [row, many] of traces.entries()) {
    const isIn = Object.entries(filter).every(([name, value]) => valueAt(name, row) === value);
    if (!isIn) continue;
    const group = Object.fromEntries(groupBy.map((name) => [name, valueAt(name, row)]));
    const key = JSON.stringify(group);
    const sum = sums.get(key) ?? { group, traces: 0, failed: 0 };
    sum.traces += many * scale;
    sum.failed += (failed[row] ?? 0) * scale;
    sums.set(key, sum);
  }
  const groups = new Map(
    [...sums].map(([key, sum]) => [
      key,
      {
        group: sum.group,
        measures: pick(measures, {
          ...{ traces: sum.traces, failed: sum.failed },
          failureRate: sum.traces === 0 ? null : sum.failed / sum.traces,
        }),
      },
    ]),
  );
  return {
    counted:
      scale === 1
        ? 'all eligible traces of the analysis'
        : 'a random draw of the eligible traces, scaled',
    groups,
  };
}

/** What is recorded of each sampled failure. */
const OF_FAILURE: Readonly<
  Partial<Record<QueryGroup, (failure: AnalyzedFailure) => readonly string[]>>
> = {
  cause: ({ cluster }) => [cluster ?? ''],
  signal: ({ signals }) => [...new Set(signals.map(({ detector }) => detector))],
  promptVersion: (failure) => [failure.promptVersion ?? ''],
  release: (failure) => [failure.release ?? ''],
  model: (failure) => [failure.model ?? ''],
  tenant: (failure) => [failure.tenant ?? ''],
  day: ({ startTime }) => [dayOf(startTime)],
};

function ofFailures({ analysis }: ReportData, query: Asked): Counted {
  const { groupBy, filter, measures } = query;
  refuse(measures, ['failed'], 'measures', 'an analysis by these attributes');
  refuse(groupBy, Object.keys(OF_FAILURE), 'groupBy', 'an analysis');
  refuse(
    Object.keys(filter),
    [...Object.keys(OF_FAILURE), 'from', 'to', 'failed'],
    'filter',
    'an analysis',
  );
  const groups = new Map<string, QueryRow>();
  for (const failure of analysis.failures) {
    if (!failure.failed || !isIn(failure, filter)) continue;
    for (const group of groupsOf(failure, groupBy)) {
      const key = JSON.stringify(group);
      const before = groups.get(key)?.measures['failed'] ?? 0;
      groups.set(key, { group, measures: { failed: before + failure.weight } });
    }
  }
  return {
    counted: `failures, estimated from ${count(analysis.failures.length)} that were sampled`,
    groups,
  };
}

function isIn(failure: AnalyzedFailure, { from, to, failed, ...values }: Filter): boolean {
  const { startTime } = failure;
  if (failed === false) return false;
  if (from !== undefined && (startTime === null || startTime < Date.parse(from))) return false;
  if (to !== undefined && (startTime === null || startTime >= Date.parse(to))) return false;
  return Object.entries(values).every(
    ([name, value]) =>
      value === undefined || OF_FAILURE[name as QueryGroup]?.(failure).includes(value),
  );
}

/** Each combination of its values: a failure counts under each of its signals. */
const groupsOf = (
  failure: AnalyzedFailure,
  groupBy: readonly QueryGroup[],
): readonly Record<string, string>[] =>
  groupBy.reduce<readonly Record<string, string>[]>(
    (groups, name) =>
      groups.flatMap((group) =>
        (OF_FAILURE[name]?.(failure) ?? []).map((value) => ({ ...group, [name]: value })),
      ),
    [{}],
  );

const dayOf = (time: number | null): string =>
  time === null || Math.abs(time) > 8.64e15 ? '' : new Date(time).toISOString().slice(0, 10);

function refuse(
  asked: readonly string[],
  known: readonly string[],
  what: string,
  where: string,
): void {
  const unknown = asked.find((each) => !known.includes(each));
  if (unknown !== undefined)
    throw new CulpritError(
      'invalid_input',
      `${what}: ${where} has no ${unknown}; it has ${known.join(', ')}. A running server (culprit serve) has all`,
    );
}

const pick = (
  measures: readonly QueryMeasure[],
  from: Readonly<Partial<Record<QueryMeasure, number | null>>>,
): QueryRow['measures'] => Object.fromEntries(measures.map((name) => [name, from[name] ?? null]));

/** A measure from the highest, a group by its values; equal ones by their groups. */
const inOrder =
  ({ orderBy, measures }: Asked) =>
  (a: QueryRow, b: QueryRow): number => {
    const by = orderBy ?? measures[0]!;
    const [one, other] = [a.group[by], b.group[by]];
    const first =
      one !== undefined && other !== undefined
        ? compare(one, other)
        : (b.measures[by] ?? -1) - (a.measures[by] ?? -1);
    return first || compare(JSON.stringify(a.group), JSON.stringify(b.group));
  };

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
