import type { AnalyzedFailure } from '../../../contract/analyzed-failure.ts';
import { byDimension, type Dimension } from '../../../contract/dimension.ts';
import type { PassingTrace, ReportPopulation } from '../../../contract/report.ts';
import type { Traffic } from '../../../contract/traffic.ts';
import { wilson } from '../../../numeric/statistics/wilson.ts';
import type { Random } from './random.ts';

export const START: number = Date.parse('2026-06-01T00:00:00Z');
const WIDTH = 12 * 3_600_000;
const BUCKETS = 16;
export const SPAN: number = WIDTH * BUCKETS;
const PASSING_PER_FAILURE = 3;

/** Version v2 replaced v1 at half time. */
export const versionAt = (time: number): string => (time < START + SPAN / 2 ? 'v1' : 'v2');

const bucketOf = ({ startTime }: AnalyzedFailure): number =>
  Math.floor(((startTime ?? START) - START) / WIDTH);

/** Traces by bucket, tenant and version: three that passed for each that failed. */
export function makePopulation(failures: readonly AnalyzedFailure[]): ReportPopulation {
  const values = byDimension((dimension) => valuesOf(failures, dimension));
  const cells = new Map<string, { row: AnalyzedFailure; failed: number }>();
  for (const failure of failures) {
    const key = `${bucketOf(failure)} ${failure.tenant} ${failure.promptVersion}`;
    const cell = cells.get(key) ?? { row: failure, failed: 0 };
    cell.failed += failure.weight;
    cells.set(key, cell);
  }
  const rows = [...cells.values()];
  return {
    values,
    columns: byDimension((dimension) =>
      rows.map(({ row }) => values[dimension].indexOf(row[dimension] ?? '')),
    ),
    bucket: rows.map(({ row }) => bucketOf(row)),
    traces: rows.map(({ failed }) => Math.round(failed) * (1 + PASSING_PER_FAILURE)),
    failed: rows.map(({ failed }) => Math.round(failed)),
    scale: 1,
  };
}

const valuesOf = (failures: readonly AnalyzedFailure[], dimension: Dimension): string[] => [
  ...new Set(failures.flatMap((failure) => failure[dimension] ?? [])),
];

/** The same traces as `makePopulation` counts, as the analysis says it. */
export function makeTraffic(failures: readonly AnalyzedFailure[]): Traffic {
  if (failures.length === 0) return { firstSeen: null, lastSeen: null, buckets: null, facets: [] };
  const population = makePopulation(failures);
  const per = (column: readonly number[], holds: (row: number) => boolean): number =>
    column.reduce((sum, count, row) => sum + (holds(row) ? count : 0), 0);
  const perBucket = (column: readonly number[]): number[] =>
    Array.from({ length: BUCKETS }, (_, at) => per(column, (row) => population.bucket[row] === at));
  const facet = (dimension: 'promptVersion' | 'tenant'): Traffic['facets'][number] => {
    const values = population.values[dimension].toSorted().map((value) => {
      const at = population.values[dimension].indexOf(value);
      const holds = (row: number): boolean => population.columns[dimension][row] === at;
      const [traces, failed] = [per(population.traces, holds), per(population.failed, holds)];
      const [low, high] = wilson(failed / traces, traces);
      return {
        value,
        traces,
        failed,
        ratePerThousand: (1000 * failed) / traces,
        rateInterval: [1000 * low, 1000 * high] as const,
        firstSeen: value === 'v2' ? START + SPAN / 2 : START,
        lastSeen: value === 'v1' ? START + SPAN / 2 : START + SPAN,
      };
    });
    const [from, to] = values;
    return {
      dimension,
      recorded: values.reduce((sum, { traces }) => sum + traces, 0),
      distinct: values.length,
      values,
      changes:
        dimension === 'tenant' || from === undefined || to === undefined
          ? []
          : [
              {
                from: from.value,
                to: to.value,
                state: 'grown',
                difference: to.ratePerThousand - from.ratePerThousand,
                differenceInterval: [1, 90],
                ratio: to.ratePerThousand / from.ratePerThousand,
                q: 0.01,
              },
            ],
    };
  };
  return {
    firstSeen: START,
    lastSeen: START + SPAN,
    buckets: {
      start: START,
      width: WIDTH,
      traces: perBucket(population.traces),
      failed: perBucket(population.failed),
    },
    facets: [facet('promptVersion'), facet('tenant')],
  };
}

/** Passing traces around the failures of the map. */
export function makePassing(count: number, random: Random, payload: string): PassingTrace[] {
  return Array.from({ length: count }, (_, n) => {
    const startTime = START + Math.floor(random.next() * SPAN);
    return {
      traceId: `passing-${n}`,
      position: [random.normal() * 4, random.normal() * 4],
      input: `Thank you, that worked.${payload}`,
      tenant: random.next() < 0.5 ? 'northwind' : 'fabrikam',
      promptVersion: versionAt(startTime),
      release: null,
      model: 'gpt-4.1-mini',
      startTime,
    };
  });
}
