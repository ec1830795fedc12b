import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SqlClient } from '../../src/store/telemetry/sql-client.ts';
import type { OpenedStore, TraceRow } from '../../src/store/telemetry/telemetry.ts';
import { JULY, spanRow, traceRow } from './sample-rows.ts';
import { describeStore, START_MS, type TestStore, testStore } from './test-store.ts';

describeStore('sources', () => {
  let opened: TestStore;
  let store: OpenedStore;
  let client: SqlClient;
  beforeAll(async () => {
    opened = await testStore();
    ({ store, client } = opened);
  }, START_MS);
  afterAll(() => opened.close(), START_MS);

  test('have their activity, and the readiness of the last version of each trace', async () => {
    const now = JULY + 40 * 86_400_000;
    const slot = 300_000;
    const of = (nth: number, over: Partial<TraceRow> = {}): TraceRow =>
      traceRow({
        ...{ project: 'sources', traceId: `s${nth}`, environment: 'production' },
        ...{ received: now - 100 * slot + nth * slot, carries: ['input'], lacks: ['user'] },
        ...over,
      });
    await store.insert({
      traces: [
        ...[0, 1, 2, 3, 10].map((nth) => of(nth)),
        of(3, { version: 2, carries: ['input', 'user'], lacks: [] }),
        of(4, { environment: 'test', received: JULY }),
      ],
    });
    const common = { service: 'shop', sdk: 'opentelemetry' };
    expect(await store.sources('sources', now)).toEqual([
      {
        ...{ ...common, environment: 'production', traces: 5, checked: 5 },
        ...{ first: now - 100 * slot, last: now - 90 * slot },
        activity: { slots: 5, usualInterval: slot, longestInterval: 7 * slot },
        items: { input: { carry: 5, lack: 0 }, user: { carry: 1, lack: 4 } },
      },
      {
        ...{ ...common, environment: 'test', traces: 1, checked: 0, first: JULY, last: JULY },
        activity: { slots: 0, usualInterval: 0, longestInterval: 0 },
        items: {},
      },
    ]);
    expect(await store.sources('nowhere', now)).toEqual([]);
  });

  test('the environment of a record is read off what it holds', async () => {
    const project = 'environments';
    await store.insert({
      records: [
        spanRow(
          { spanId: 'a', resource: { 'deployment.environment.name': 'production' } },
          { project },
        ),
        spanRow(
          {
            spanId: 'b',
            attributes: { 'langfuse.environment': 'test' },
            resource: { 'deployment.environment': 'x' },
          },
          { project },
        ),
        spanRow({ spanId: 'c' }, { project }),
      ],
    });
    const rows = await client.rows(
      "SELECT id, environment FROM records WHERE project = 'environments' ORDER BY id",
    );
    expect(rows).toEqual([
      { id: 'a', environment: 'production' },
      { id: 'b', environment: 'test' },
      { id: 'c', environment: '' },
    ]);
  });
});
