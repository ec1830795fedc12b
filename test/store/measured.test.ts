import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type MeasureQuery,
  QUERY_GROUPS,
  QUERY_MEASURES,
  type QueryRow,
} from '../../src/contract/trace-query.ts';
import type {
  AssignmentRow,
  OpenedStore,
  TraceFilter,
} from '../../src/store/telemetry/telemetry.ts';
import { memoryTelemetry } from '../../src/testing/memory-telemetry.ts';
import { JULY, traceRow } from './sample-rows.ts';
import { describeStore, START_MS, type TestStore, testStore } from './test-store.ts';

const HOUR = 3_600_000;
/** Causes of the latest analysis, as `src/store/telemetry/assignment-row.ts` calls them. */
const ROLLING = 'rolling';
const HOSTILE = `v'1"; DROP TABLE traces; --\\`;

const traces = Array.from({ length: 600 }, (_, nth) =>
  traceRow({
    ...{ traceId: `t${nth}`, anchor: JULY + nth * HOUR, start: JULY + nth * HOUR },
    end: JULY + nth * HOUR + ((nth * 37) % 101) * 100,
    ...{ eligible: nth % 7 !== 0, failed: nth % 3 === 0 },
    ...{ inputTokens: nth, outputTokens: nth % 5, cost: nth / 1024 },
    signals: [...(nth % 3 === 0 ? ['wrong_tool'] : []), ...(nth % 6 === 0 ? ['agent_loop'] : [])],
    ...{ promptVersion: nth % 2 === 0 ? 'v1' : HOSTILE, tenant: ['acme', 'beta', ''][nth % 3]! },
    ...{ model: nth % 11 === 0 ? 'small' : 'large', environment: nth < 300 ? 'test' : 'live' },
    status: nth % 5 === 0 ? 'error' : 'ok',
    weight: nth % 4 === 1 ? 5 : 1,
  }),
);

const assignments = traces
  .filter(({ failed }) => failed)
  .map(
    ({ project, traceId, anchor, expires }, nth): AssignmentRow => ({
      ...{ project, traceId, anchor, expires, clustering: ROLLING, distance: 0, version: 1 },
      ...{ environment: '', detectorVersion: '1' },
      cluster: ['c-1', 'c-2', ''][nth % 3]!,
    }),
  );

const rules = { merged: new Map([['c-2', 'c-1']]), placed: new Map([['t3', 'c-9']]) };

describeStore('typed queries', () => {
  let opened: TestStore;
  let store: OpenedStore;
  const memory = memoryTelemetry();
  beforeAll(async () => {
    opened = await testStore();
    ({ store } = opened);
    for (const each of [store, memory]) await each.insert({ traces, assignments });
  }, START_MS);
  afterAll(() => opened.close(), START_MS);

  const queries: readonly (readonly [Partial<TraceFilter>, Partial<MeasureQuery>])[] = [
    [{}, {}],
    ...QUERY_GROUPS.map((group) => [{}, { groupBy: [group] }] as const),
    ...QUERY_GROUPS.filter((group) => group !== 'cause').map(
      (group) => [{ rules }, { groupBy: [group, 'cause'] }] as const,
    ),
    [{}, { groupBy: ['tenant', 'promptVersion', 'status'], orderBy: 'promptVersion' }],
    [{ promptVersion: HOSTILE }, { groupBy: ['promptVersion'] }],
    [{ cause: 'c-1', rules }, { groupBy: ['cause', 'tenant'] }],
    [{ failed: true, from: JULY + 10 * HOUR, to: JULY + 99 * HOUR }, { groupBy: ['day'] }],
    [{ tenant: 'nobody' }, { groupBy: ['model'] }],
    [{ tenant: 'nobody' }, {}],
    ...QUERY_MEASURES.map((orderBy) => [{}, { groupBy: ['tenant'], orderBy }] as const),
    [{}, { groupBy: ['day'], limit: 3, orderBy: 'day' }],
  ];

  /** As the engine sums numbers, the last digits may differ. */
  const near = (rows: readonly QueryRow[]) =>
    rows.map(({ group, measures }) => ({
      group,
      measures: Object.fromEntries(
        Object.entries(measures).map(([name, value]) => [
          name,
          value === null ? null : expect.closeTo(value, 6),
        ]),
      ),
    }));

  test.each(queries)('%j %j: as counted one by one', async (filter, query) => {
    const asked: MeasureQuery = { groupBy: [], measures: QUERY_MEASURES, limit: 200, ...query };
    const chosen = { project: 'p', ...filter };
    const found = await store.measured(chosen, asked);
    expect(found).toEqual(near(await memory.measured(chosen, asked)));
  });

  test('the figures are those of a count by hand', async () => {
    const [row] = await store.measured(
      { project: 'p', tenant: 'acme', environment: 'test' },
      { groupBy: [], measures: ['traces', 'failed', 'failureRate', 'tokens'], limit: 1 },
    );
    // Every third of 300, all failed; a quarter of the 100 stand for five.
    expect(row?.measures).toEqual({
      ...{ traces: 200, failed: 200, failureRate: 1 },
      tokens: expect.closeTo(14_850 + 200 + 4 * (3_825 + 50), 6),
    });
  });
});
