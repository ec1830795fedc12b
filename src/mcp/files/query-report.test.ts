import { describe, expect, test } from 'vitest';
import { type TraceQuery, traceQuerySchema } from '../../contract/trace-query.ts';
import { makeReport } from '../../web/report/testing/make-report.ts';
import { queryReport } from './query-report.ts';

const report = makeReport({ failures: 400, clusters: 4 });
const { failures } = report.analysis;

const query = (asked: Partial<TraceQuery>) =>
  queryReport(report, traceQuerySchema.parse({ ...asked }));

const weigh = (of: typeof failures): number => of.reduce((sum, { weight }) => sum + weight, 0);

describe('a query of an analysis', () => {
  test('counts failures by cause as they are weighted', () => {
    const { rows, hasMore } = query({ groupBy: ['cause'] });
    expect(hasMore).toBe(false);
    for (const { group, measures } of rows)
      expect(measures['failed']).toBeCloseTo(
        weigh(failures.filter(({ cluster }) => (cluster ?? '') === group['cause'])),
      );
    const counts = rows.map(({ measures }) => measures['failed'] ?? 0);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(counts.reduce((a, b) => a + b)).toBeCloseTo(weigh(failures));
  });

  test('filters by cause and day, and orders by a group', () => {
    const cause = report.analysis.clusters[0]!.id;
    const { rows } = query({ filter: { cause }, groupBy: ['day'], orderBy: 'day' });
    const own = failures.filter(({ cluster }) => cluster === cause);
    const days = Map.groupBy(own, ({ startTime }) =>
      startTime === null ? '' : new Date(startTime).toISOString().slice(0, 10),
    );
    expect(rows).toEqual(
      [...days]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([day, of]) => ({ group: { day }, measures: { failed: expect.closeTo(weigh(of)) } })),
    );
  });

  test('measures all traces by version and tenant', () => {
    const { population } = report;
    const { rows } = query({ groupBy: ['tenant'] });
    for (const { group, measures } of rows) {
      const at = population.columns.tenant.flatMap((place, row) =>
        (population.values.tenant[place] ?? '') === group['tenant'] ? [row] : [],
      );
      const sum = (of: readonly number[]) => at.reduce((total, row) => total + (of[row] ?? 0), 0);
      const [traces, failed] = [sum(population.traces), sum(population.failed)];
      expect(measures).toEqual({ traces, failed, failureRate: failed / traces });
    }
  });

  test('cuts at the limit and says so', () => {
    const { rows, hasMore } = query({ groupBy: ['cause'], limit: 1 });
    expect(rows).toHaveLength(1);
    expect(hasMore).toBe(true);
  });

  test.each([
    [{ groupBy: ['environment' as const] }, 'groupBy: an analysis has no environment'],
    [{ measures: ['cost' as const] }, 'measures: an analysis has no cost'],
    [{ filter: { status: 'error' as const } }, 'filter: an analysis has no status'],
    [
      { groupBy: ['cause' as const], measures: ['traces' as const] },
      'measures: an analysis by these attributes has no traces',
    ],
  ])('refuses %j', (asked, message) => {
    expect(() => query(asked)).toThrow(message);
  });
});
