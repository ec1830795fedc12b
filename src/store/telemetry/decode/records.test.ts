import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../contract/json.ts';
import { encodeRows } from '../encode/encode-rows.ts';
import type { RecordRow } from '../record-row.ts';
import { distinctRecords, recordRows } from './records.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 60 });
const long = fc.string({ unit: 'grapheme', minLength: 120, maxLength: 400 });
const any = fc.oneof(text, long);
/** JSON does not tell -0 from 0. */
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const json = fc.dictionary(text, fc.oneof(any, number, fc.boolean(), fc.constant(null)), {
  noNullPrototype: true,
  maxKeys: 4,
}) as fc.Arbitrary<JsonObject>;
const time = fc.option(fc.double({ min: 1e12, max: 2e12, noNaN: true }));

const record: fc.Arbitrary<RecordRow['record']> = fc.oneof(
  fc.record({
    kind: fc.constant('span' as const),
    span: fc.record({
      ...{ traceId: fc.constant('t'), spanId: any, parentId: fc.option(long), name: any },
      ...{ startTime: time, endTime: time, statusMessage: any, scope: any },
      statusCode: fc.constantFrom('unset' as const, 'ok' as const, 'error' as const),
      ...{ attributes: json, resource: json },
      events: fc.array(fc.record({ name: any, time, attributes: json }), { maxLength: 2 }),
      links: fc.array(fc.record({ traceId: text, spanId: text }), { maxLength: 2 }),
      ...{ droppedAttributes: fc.nat(), refusedKeys: fc.nat() },
    }),
  }),
  fc.record({
    kind: fc.constant('log' as const),
    log: fc.record({
      ...{ traceId: fc.constant('t'), spanId: fc.option(long), name: any, time },
      ...{ body: fc.oneof(text, json), attributes: json, resource: json },
    }),
  }),
);

test('rows are read as they were written', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 8 }), (records) => {
      const rows = records.map(
        (each, at): RecordRow => ({
          ...{ project: 'p', traceId: 't', format: 'otlp', record: each },
          received: 1_800_000_000_000 + at,
          expires: 2_000_000_000_000 - (2_000_000_000_000 % 86_400_000),
        }),
      );
      const read = recordRows(encodeRows({ records: rows })[0]!.bytes);
      expect(read.map(({ id: _, size: __, ...row }) => row)).toEqual(rows);
    }),
    { numRuns: 200 },
  );
});

test('of two copies of a span the more complete is kept, and among equals the later', () => {
  const copy = (note: string, received: number): RecordRow => ({
    ...{ project: 'p', traceId: 't', format: 'otlp', received, expires: received },
    record: {
      kind: 'span',
      span: {
        ...{ traceId: 't', spanId: 's', parentId: null, name: 'n', startTime: 1, endTime: 2 },
        ...{ statusCode: 'ok', statusMessage: '', attributes: { note }, resource: {}, scope: '' },
        ...{ events: [], links: [], droppedAttributes: 0 },
      },
    },
  });
  const kept = (...rows: RecordRow[]) =>
    distinctRecords(recordRows(encodeRows({ records: rows })[0]!.bytes)).map((each) =>
      each.kind === 'span' ? each.span.attributes['note'] : null,
    );
  expect(kept(copy('longest', 1), copy('short', 2))).toEqual(['longest']);
  expect(kept(copy('other', 2), copy('first', 1))).toEqual(['other']);
});
