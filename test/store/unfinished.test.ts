import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeRows, recordRows } from '../../src/store/telemetry/rows.ts';
import type { OpenedStore } from '../../src/store/telemetry/telemetry.ts';
import { JULY, spanRow, traceRow } from './sample-rows.ts';
import { describeStore, START_MS, type TestStore, testStore } from './test-store.ts';

describeStore('traces to finish', () => {
  let opened: TestStore;
  let store: OpenedStore;
  beforeAll(async () => {
    opened = await testStore();
    ({ store } = opened);
  }, START_MS);
  afterAll(() => opened.close(), START_MS);

  test('traces are unassembled until a row covers their last record', async () => {
    const project = 'u';
    const at = JULY + 1e9;
    const record = (traceId: string, received: number) =>
      spanRow({ traceId, spanId: `${received}` }, { project, received });
    await store.insert({
      records: [
        record('new', at),
        record('done', at),
        record('late', at),
        record('late', at + 5),
        record('old', JULY),
      ],
    });
    await store.insert({
      traces: ['done', 'late'].map((traceId) => traceRow({ project, traceId, received: at })),
    });
    const pending = await store.unassembled(at, 10);
    expect(pending.total).toBe(2);
    expect(pending.traces).toMatchObject([
      { project, traceId: 'new', received: at },
      { project, traceId: 'late', received: at + 5 },
    ]);
    const one = await store.unassembled(at, 1);
    expect([one.total, one.traces.map(({ traceId }) => traceId)]).toEqual([2, ['new']]);
  });

  test('traces to finish come with all that is stored of them, many at a time', async () => {
    const project = 'f';
    const log = { traceId: 'a', spanId: null, name: 'event', time: JULY, body: { x: [1] } };
    const rows = [
      spanRow({ traceId: 'a', spanId: 's1', attributes: { text: 'é', n: 1.5 } }, { project }),
      spanRow({ traceId: 'a', spanId: 's2', startTime: null, parentId: 's1' }, { project }),
      spanRow({ traceId: 'b', spanId: 's1', resource: { service: 'x' } }, { project }),
      spanRow({ traceId: 'other', spanId: 's1' }, { project }),
      {
        ...spanRow({ traceId: 'a' }, { project }),
        record: { kind: 'log', log: { ...log, attributes: {}, resource: {} } } as const,
      },
    ];
    await store.insert({
      records: rows,
      traces: [traceRow({ project, traceId: 'b', version: 3 })],
    });
    const found = await store.unfinished(project, ['a', 'b', 'none']);
    const read = recordRows(found.rows);
    expect(read.map(({ traceId, id }) => [traceId, id.slice(0, 2)]).sort()).toMatchObject([
      ['a', expect.any(String)],
      ['a', 's1'],
      ['a', 's2'],
      ['b', 's1'],
    ]);
    const [wanted] = encodeRows({ records: rows.filter(({ traceId }) => traceId !== 'other') });
    const kept = (given: Uint8Array) =>
      recordRows(given)
        .map((row) => JSON.stringify(row))
        .sort();
    expect(kept(found.rows)).toEqual(kept(wanted!.bytes));
    expect([...found.present]).toMatchObject([['b', { version: 3, anchor: JULY, source: 'otlp' }]]);
  });
});
