import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../src/contract/json.ts';
import { columnNames, encodeRows } from '../../src/store/telemetry/encode/encode-rows.ts';
import { migrate } from '../../src/store/telemetry/migrations/migrate.ts';
import type { RecordRow } from '../../src/store/telemetry/record-row.ts';
import type { EncodedRows, RowTable } from '../../src/store/telemetry/row-batch.ts';
import { traceKey } from '../../src/store/telemetry/trace-key.ts';
import { JULY, LATER, type rawSpan, spanRow, traceRow } from './sample-rows.ts';
import { describeStore, START_MS, type TestDatabase, testDatabase } from './test-store.ts';

/** Texts that an engine could stumble over: test hints, quotes, separators, nulls, placeholders, lone surrogates. */
const HOSTILE = [
  '',
  '-- { error }',
  'x -- { clientError NOPE } y\n-- { serverError 27 }',
  '/* { error } */',
  "'; DROP TABLE records; --",
  '\\N',
  '\0\t\r\n\b',
  '{x:String}',
  '{"a":1}',
  'é 🙂 ﬀ \u202e',
  'lone \ud800 high',
  '\udc00 low',
  'x'.repeat(70_000),
  '1,2;3\t4|5"6`7',
];

const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 50 }));
/** JSON does not tell -0 from 0. */
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const json: fc.Arbitrary<JsonObject> = fc.dictionary(
  fc.string({ maxLength: 8 }),
  fc.oneof(text, number, fc.boolean(), fc.constant(null)),
  { noNullPrototype: true, maxKeys: 4 },
) as fc.Arbitrary<JsonObject>;
const time = fc.double({ min: JULY - 1e9, max: JULY + 8e7, noNaN: true });
const status = fc.constantFrom('unset', 'ok', 'error');

const span: fc.Arbitrary<RecordRow> = fc
  .record({
    statusCode: status,
    startTime: fc.option(time),
    endTime: fc.option(time),
    ...{ name: text, statusMessage: text, scope: text, attributes: json, resource: json },
    droppedAttributes: fc.nat(),
    refusedKeys: fc.nat(),
  })
  .map((given) => spanRow(given as object));

/** Large runs that are not made smaller: each is a round trip of four statements. */
const RUNS = { numRuns: 3, endOnFailure: true } as const;

/** What a text becomes in UTF-8, which knows no lone surrogates. */
const well = (value: string): string => value.toWellFormed();

describeStore('encoded rows', () => {
  let store: TestDatabase;
  beforeAll(async () => {
    store = await testDatabase();
    await migrate(store.client, null);
    for (const copy of ['records_json', 'records_plain', 'traces_json', 'traces_plain']) {
      const like = copy.replace(/_.*/, '');
      await store.client.run(
        `CREATE TABLE ${copy} ENGINE = Memory AS SELECT * FROM ${like} LIMIT 0`,
      );
    }
  }, START_MS);
  afterAll(() => store.close(), START_MS);

  /** One number for each column: the engine's own hash. */
  const checksums = async (table: string): Promise<unknown> => {
    const names = columnNames(table.startsWith('records') ? 'records' : 'traces');
    const sums = names.map((name) => `toString(sum(cityHash64(\`${name}\`))) AS \`${name}\``);
    return store.client.rows(`SELECT count() AS rows, ${sums.join(', ')} FROM ${table}`);
  };

  const write = async (rows: EncodedRows, into: string): Promise<void> => {
    await store.client.insert(into, columnNames(rows.table), [rows.bytes]);
  };

  /** The same rows by way of the format that the engine reads with its own parser. */
  const compared = async (
    table: RowTable,
    rows: readonly EncodedRows[],
    asJson: readonly object[],
  ): Promise<void> => {
    await store.client.run(`TRUNCATE TABLE ${table}_plain`);
    await store.client.run(`TRUNCATE TABLE ${table}_json`);
    for (const each of rows) await write(each, `${table}_plain`);
    await store.insertJson(`${table}_json`, asJson);
    expect(await checksums(`${table}_plain`)).toEqual(await checksums(`${table}_json`));
  };

  test('give what the same rows give as JSON: records', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(span, { minLength: 100, maxLength: 200 }), async (rows) => {
        await compared('records', encodeRows({ records: rows }), rows.map(recordJson));
      }),
      RUNS,
    );
  });

  test('give what the same rows give as JSON: traces', async () => {
    const trace = fc
      .record({
        ...{
          name: text,
          tenant: text,
          user: text,
          input: text,
          output: text,
          metadata: json,
          status,
        },
        tags: fc.array(text, { maxLength: 4 }),
        scores: fc.dictionary(fc.string(), number, {
          noNullPrototype: true,
          maxKeys: 4,
        }),
        cost: number,
        version: fc.maxSafeNat(),
        inputTokens: fc.maxSafeNat(),
        anchor: time,
        failed: fc.boolean(),
      })
      .map((given) => traceRow(given as object));
    await fc.assert(
      fc.asyncProperty(fc.array(trace, { minLength: 100, maxLength: 200 }), async (rows) => {
        await compared('traces', encodeRows({ traces: rows }), rows.map(traceJson));
      }),
      RUNS,
    );
  });

  test('hostile text in every column comes back as it was', async () => {
    for (const hostile of HOSTILE) {
      const values = {
        name: hostile,
        scope: hostile,
        statusMessage: hostile,
        spanId: `${hostile}s`,
      };
      const attributes = { text: hostile };
      const [rows] = encodeRows({
        records: [
          spanRow(
            { ...values, traceId: `${hostile}t`, attributes },
            { project: hostile, format: hostile },
          ),
        ],
      });
      await write(rows!, 'records');
      const [row] = await store.client.rows<Record<string, string>>(
        'SELECT * FROM records WHERE project = {project:String} AND trace_id = {id:String}',
        { project: well(hostile), id: well(`${hostile}t`) },
      );
      expect(row).toMatchObject({
        name: well(hostile),
        scope: well(hostile),
        format: well(hostile),
      });
      expect(JSON.parse(row!['attributes']!)).toEqual(attributes);
    }
  });

  test('rows can be joined end to end and cut where they end', () => {
    const rows = [
      spanRow(),
      spanRow({ spanId: 's2', name: 'x'.repeat(300) }),
      spanRow({ traceId: 't2' }),
    ];
    const [all] = encodeRows({ records: rows });
    const each = rows.map((row) => encodeRows({ records: [row] })[0]!);
    expect(Buffer.from(all!.bytes)).toEqual(Buffer.concat(each.map(({ bytes }) => bytes)));
    expect([...all!.ends]).toEqual(
      each.map((_, at) => each.slice(0, at + 1).reduce((sum, { bytes }) => sum + bytes.length, 0)),
    );
    expect([...all!.keys]).toEqual(rows.map((row) => traceKey('p', row.traceId)));
  });

  test('numbers and times out of range are moved to the nearest in range', async () => {
    const [rows] = encodeRows({
      traces: [
        traceRow({
          ...{ project: 'range', version: -1, spanCount: 1e12, inputTokens: Number.NaN },
          ...{ anchor: Number.NaN, start: -5, end: 1e18, expires: 1e18, cost: Number.NaN },
        }),
      ],
    });
    await write(rows!, 'traces');
    const [row] = await store.client.rows(
      "SELECT version, span_count, input_tokens, anchor, start, `end`, expires FROM traces WHERE project = 'range'",
    );
    expect(row).toEqual({
      ...{
        version: 0,
        span_count: 4294967295,
        input_tokens: 0,
        anchor: '1970-01-01 00:00:00.000000',
      },
      ...{
        start: '1970-01-01 00:00:00.000000',
        end: '2100-01-01 00:00:00.000000',
        expires: '2100-01-01',
      },
    });
  });
});

const micros = (ms: number): string => (Math.round(ms * 1000) / 1e6).toFixed(6);
const day = LATER / 86_400_000;

function recordJson(row: RecordRow): object {
  const { span: raw } = row.record as { readonly span: ReturnType<typeof rawSpan> };
  return {
    ...{ project: row.project, trace_id: row.traceId, kind: 'span', id: raw.spanId, parent_id: '' },
    start: micros(raw.startTime ?? row.received),
    ...{ started: raw.startTime, ended: raw.endTime, status: raw.statusCode },
    ...{ name: well(raw.name), status_message: well(raw.statusMessage), scope: well(raw.scope) },
    attributes: JSON.stringify(raw.attributes),
    resource: JSON.stringify(raw.resource),
    ...{
      events: '',
      links: '',
      dropped: raw.droppedAttributes,
      refused: raw.refusedKeys,
      body: '',
    },
    // By hand from what `spanSize` documents: texts by length, 32 a key, 512 flat.
    size: Object.values(raw.attributes).reduce<number>(
      (sum, value) => sum + 32 + (typeof value === 'string' ? value.length : 0),
      512,
    ),
    ...{ format: row.format, received: micros(row.received), expires: day, response_id: '' },
  };
}

function traceJson(row: ReturnType<typeof traceRow>): object {
  const same = Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      typeof value === 'string' ? well(value) : value,
    ]),
  );
  return {
    ...same,
    ...{ anchor: micros(row.anchor), start: micros(row.start), end: micros(row.end) },
    ...{ received: micros(row.received), expires: day, tags: row.tags.map(well) },
    metadata: JSON.stringify(row.metadata),
  };
}
