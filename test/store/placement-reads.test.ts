import { afterAll, beforeAll, expect, test } from 'vitest';
import { columnNames, encodeRows } from '../../src/store/telemetry/encode/encode-rows.ts';
import { MIGRATIONS, migrate } from '../../src/store/telemetry/migrations/migrate.ts';
import { scoreQueries } from '../../src/store/telemetry/queries/score-queries.ts';
import type { RowBatch, ScoreRow } from '../../src/store/telemetry/telemetry.ts';
import { JULY, LATER, spanRow, traceRow } from './sample-rows.ts';
import { describeStore, START_MS, type TestDatabase, testDatabase } from './test-store.ts';

/** Rows of each table. */
const ROWS = 100_000;

/** A span from before there were indexes. */
const OLD = {
  ...{ project: 'p', trace_id: 'old', kind: 'span', id: 'old', received: `${JULY / 1000}.0` },
  ...{
    attributes: '{"ai.response.id":"old"}',
    expires: LATER / 86_400_000,
    start: `${JULY / 1000}.0`,
  },
};

describeStore('scores find their places', () => {
  let store: TestDatabase;
  beforeAll(async () => {
    store = await testDatabase();
    await migrate(store.client, null, MIGRATIONS.slice(0, 3));
    await store.insertJson('records', [OLD]);
    await migrate(store.client, null);
    // As many as one part holds, from one row each.
    await insert({
      records: [spanRow({ attributes: { 'gen_ai.response.id': 'r' } })],
      traces: [traceRow({ session: 's' })],
    });
    for (const [table, changed] of [
      [
        'records',
        "concat(id, toString(number)) AS id, concat(trace_id, toString(intDiv(number, 7))) AS trace_id, concat('r', toString(number)) AS response_id",
      ],
      [
        'traces',
        'concat(session, toString(number)) AS session, concat(trace_id, toString(number)) AS trace_id',
      ],
    ]) {
      await store.client.run(
        `INSERT INTO ${table} SELECT * EXCEPT number REPLACE(${changed}) FROM ${table} AS one CROSS JOIN numbers(${ROWS}) AS numbers WHERE one.trace_id = 't1'`,
      );
      await store.client.run(`OPTIMIZE TABLE ${table} FINAL`);
    }
  }, START_MS);
  afterAll(() => store.close(), START_MS);

  const insert = async (rows: RowBatch): Promise<void> => {
    for (const { table, bytes } of encodeRows(rows))
      await store.client.insert(table, columnNames(table), [bytes]);
  };

  const score = (over: Partial<ScoreRow>, spanId: string | null = null): ScoreRow => ({
    ...{ project: 'p', traceId: '', sessionId: '', responseId: '', environment: '', id: 'i' },
    ...{ source: 'langfuse', at: JULY, version: JULY, expires: LATER },
    score: {
      ...{ name: 'helpful', value: 0, label: null, explanation: null },
      ...({ annotator: 'human', spanId } as const),
    },
    ...over,
  });

  /** Rows of a table that the engine reads for each question about it. */
  const reads = async (table: string): Promise<readonly number[]> => {
    const counts: Promise<number>[] = [];
    const { placements } = scoreQueries({
      ...store.client,
      rows: (sql, parameters, options) => {
        if (sql.includes(`FROM ${table}`)) counts.push(rowsRead(sql, parameters));
        return store.client.rows(sql, parameters, options);
      },
    });
    await placements(JULY);
    return Promise.all(counts);
  };
  const rowsRead = async (sql: string, parameters: object = {}): Promise<number> => {
    const text = new TextDecoder().decode(
      await store.client.bytes(`${sql} FORMAT JSON`, { ...parameters }),
    );
    return JSON.parse(text).statistics.rows_read;
  };

  test('without reading all that is stored', async () => {
    await insert({
      scores: [
        score({}, 's177777'),
        score({ responseId: 'r5555' }),
        score({ sessionId: 's99' }),
        score({ responseId: 'old' }),
        ...Array.from({ length: 20 }, (_, at) => score({ id: `n${at}` }, `nowhere ${at}`)),
      ],
    });
    const placed = await scoreQueries(store.client).placements(JULY);
    expect(placed.map(({ traceId }) => traceId).toSorted()).toEqual([
      'old',
      't111111',
      't1793',
      't199',
    ]);
    // Granules of 256 and 1,024 rows, and the scores themselves.
    const most = { records: 2_000, traces: 3_000 };
    const [records, traces] = [await reads('records'), await reads('traces')];
    expect([records.length, traces.length]).toEqual([2, 1]);
    expect(Math.max(...records)).toBeLessThan(most.records);
    expect(Math.max(...traces)).toBeLessThan(most.traces);
    await insert({ scores: placed });
    expect(await scoreQueries(store.client).placements(JULY)).toEqual([]);
  }, 120_000);
});
