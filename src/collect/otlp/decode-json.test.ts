import { describe, expect, it } from 'vitest';
import type { Json } from '../../contract/json.ts';
import { payloadJson } from '../../testing/payload.ts';
import type { RawRecord, RawSpan } from '../record.ts';
import { decodeOtlpJson } from './decode-json.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';

function decode(value: Json): { records: RawRecord[]; problems: string[] } {
  const problems: string[] = [];
  const records = decodeOtlpJson(value, (code, message) => problems.push(`${code}: ${message}`));
  return { records, problems };
}

const spansOf = (value: Json): RawSpan[] =>
  decode(value).records.flatMap((record) => (record.kind === 'span' ? [record.span] : []));

const request = (span: Json): Json => ({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
const attribute = (value: Json): unknown =>
  spansOf(request({ traceId: TRACE, spanId: SPAN, attributes: [{ key: 'k', value }] }))[0]
    ?.attributes['k'];

describe('values', () => {
  const rows: readonly [string, Json, unknown][] = [
    ['a string', { stringValue: 'a' }, 'a'],
    ['an integer as text', { intValue: '12' }, 12],
    ['an integer as number', { intValue: 12 }, 12],
    ['an integer beyond 2^53 stays text', { intValue: '9007199254740993' }, '9007199254740993'],
    ['a double', { doubleValue: 0.5 }, 0.5],
    ['a double as text', { doubleValue: '0.5' }, 0.5],
    ['not a number by name', { doubleValue: 'NaN' }, 'NaN'],
    ['a boolean', { boolValue: true }, true],
    ['bytes', { bytesValue: 'AQID' }, 'AQID'],
    ['a list', { arrayValue: { values: [{ stringValue: 'a' }, {}] } }, ['a', null]],
    ['an empty list', { arrayValue: {} }, []],
    [
      'a map',
      { kvlistValue: { values: [{ key: 'x', value: { intValue: '1' } }, { key: '__proto__' }] } },
      { x: 1 },
    ],
    ['nothing', {}, null],
    ['snake case', { string_value: 'a' }, 'a'],
    ['a bare value', 'plain', 'plain'],
    ['a bare object', { city: 'Oslo' }, { city: 'Oslo' }],
  ];
  it.each(rows)('reads %s', (_, value, expected) => {
    expect(attribute(value)).toEqual(expected);
  });

  it('cuts what nests deeper than 32', () => {
    let value: Json = { stringValue: 'core' };
    for (let depth = 0; depth < 50; depth++) value = { arrayValue: { values: [value] } };
    expect(JSON.stringify(attribute(value))).toBe(`${'['.repeat(33)}null${']'.repeat(33)}`);
  });
});

describe('spellings of one span', () => {
  const plain: Json = {
    traceId: TRACE,
    spanId: SPAN,
    parentSpanId: 'c7ad6b7169203331',
    name: 'chat',
    startTimeUnixNano: '1793000000123456789',
    endTimeUnixNano: '1793000001000000000',
    attributes: [{ key: 'n', value: { intValue: '3' } }],
    status: { code: 2, message: 'no' },
    droppedAttributesCount: 4,
    events: [{ name: 'e', timeUnixNano: '1793000000500000000', attributes: [] }],
    links: [{ traceId: TRACE, spanId: SPAN }],
  };
  const expected: RawSpan = {
    traceId: TRACE,
    spanId: SPAN,
    parentId: 'c7ad6b7169203331',
    name: 'chat',
    startTime: 1793000000123.4568,
    endTime: 1793000001000,
    statusCode: 'error',
    statusMessage: 'no',
    attributes: { n: 3 },
    resource: {},
    scope: '',
    events: [{ name: 'e', time: 1793000000500, attributes: {} }],
    links: [{ traceId: TRACE, spanId: SPAN }],
    droppedAttributes: 4,
    refusedKeys: 0,
  };
  const rows: readonly [string, Json][] = [
    ['a request', request(plain)],
    ['upper-case ids', request({ ...plain, traceId: TRACE.toUpperCase() })],
    [
      'base64 ids',
      request({ ...plain, traceId: 'CvdlGRbNQ92ESOshHIAxnA==', spanId: 't61rcWkgMzE=' }),
    ],
    ['an enum name', request({ ...plain, status: { code: 'STATUS_CODE_ERROR', message: 'no' } })],
    ['a status code as text', request({ ...plain, status: { code: '2', message: 'no' } })],
    ['attributes as an object', request({ ...plain, attributes: { n: 3 } })],
    ['a Tempo v1 body', { batches: [{ scopeSpans: [{ spans: [plain] }] }] }],
    ['a Tempo v2 body', { trace: request(plain) }],
    ['a Jaeger v3 body', { result: request(plain) }],
    ['a Phoenix page', { data: [plain], next_cursor: null }],
    ['a bare span', plain],
    ['a list of spans', [plain]],
    [
      'instrumentation libraries',
      { resourceSpans: [{ instrumentationLibrarySpans: [{ spans: [plain] }] }] },
    ],
    [
      'snake case',
      {
        resource_spans: [
          {
            scope_spans: [
              {
                spans: [
                  {
                    trace_id: TRACE,
                    span_id: SPAN,
                    parent_span_id: 'c7ad6b7169203331',
                    name: 'chat',
                    start_time_unix_nano: '1793000000123456789',
                    end_time_unix_nano: '1793000001000000000',
                    attributes: [{ key: 'n', value: { int_value: '3' } }],
                    status: { code: 2, message: 'no' },
                    dropped_attributes_count: 4,
                    events: [{ name: 'e', time_unix_nano: '1793000000500000000' }],
                    links: [{ trace_id: TRACE, span_id: SPAN }],
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
  ];
  it.each(rows)('%s gives the same span', (_, value) => {
    expect(spansOf(value)).toEqual([expected]);
  });

  it.each([[''], ['0000000000000000'], [undefined]])('takes parent %j as none', (parentSpanId) => {
    const span = { ...plain, parentSpanId } as Json;
    expect(spansOf(request(span))[0]?.parentId).toBeNull();
  });
});

describe('faults', () => {
  it('leaves out spans without ids, keeps the others and reports how many', () => {
    const good = { traceId: TRACE, spanId: SPAN, name: 'kept' };
    const body = { resourceSpans: [{ scopeSpans: [{ spans: [good, { name: 'lost' }] }] }] };
    const { records, problems } = decode(body);
    expect(records).toHaveLength(1);
    expect(problems).toEqual([
      'bad_span: 1 of 2 spans have no valid trace id and span id and were left out',
    ]);
  });

  it.each<[string, Json, string[]]>([
    ['a number for the envelope', { resourceSpans: 3 }, ['resourceSpans']],
    ['an object for a list', { resourceLogs: { scopeLogs: [] } }, ['resourceLogs']],
    ['a list for an object', { resourceSpans: [[]] }, ['resourceSpans']],
    ['a text for scopes', { resourceSpans: [{ scopeSpans: 'x' }] }, ['scopeSpans']],
    ['a number for spans', { resourceSpans: [{ scopeSpans: [{ spans: 1 }] }] }, ['spans']],
    [
      'numbers for logs',
      { resourceLogs: [{ scopeLogs: [{ logRecords: [1, 2] }] }] },
      ['logRecords'],
    ],
    ['fields that were left out', { resourceSpans: [{ resource: {}, scopeSpans: null }] }, []],
  ])('names what is no list of objects: %s', (_, value, places) => {
    expect(decode(value)).toEqual({
      records: [],
      problems: places.map(
        (place) => `misshapen: ${place} must be a list of objects; something else was left out`,
      ),
    });
  });

  it.each<[string, Json]>([
    ['null', null],
    ['text', 'x'],
    ['lists for objects', { resourceSpans: [[], 1, null, { scopeSpans: 'x' }] }],
    ['a span of wrong types', [{ traceId: 5, spanId: {}, attributes: 7, events: {}, status: [] }]],
    ['an empty envelope', { resourceSpans: [] }],
  ])('takes %s without throwing', (_, value) => {
    expect(decode(value).records.length).toBeLessThanOrEqual(1);
  });

  it('keeps ids of other systems as they are', () => {
    const [span] = spansOf(request({ traceId: 'trace-7', spanId: 's01', parentSpanId: 's00' }));
    expect(span).toMatchObject({ traceId: 'trace-7', spanId: 's01', parentId: 's00' });
  });

  it('keeps the first and the last of thousands of events', () => {
    const events = Array.from({ length: 5000 }, (_, at) => ({ name: `chunk.${at}` }));
    const [span] = spansOf(request({ traceId: TRACE, spanId: SPAN, events }));
    expect(span?.events).toHaveLength(256);
    expect(span?.events[0]?.name).toBe('chunk.0');
    expect(span?.events.at(-1)?.name).toBe('chunk.4999');
  });
});

describe('payloads', () => {
  it.each<[string, number, number]>([
    ['otlp-genai.json', 5, 0],
    ['otlp-genai-logs.json', 0, 3],
    ['otlp-other-logs.json', 0, 1],
    ['otlp-evaluation-logs.json', 0, 2],
  ])('%s holds %i spans and %i logs', (name, spans, logs) => {
    const { records, problems } = decode(payloadJson(name));
    expect(problems).toEqual([]);
    expect(records.filter(({ kind }) => kind === 'span')).toHaveLength(spans);
    expect(records.filter(({ kind }) => kind === 'log')).toHaveLength(logs);
  });

  it('reads event names from the field and from the attribute', () => {
    const names = decode(payloadJson('otlp-genai-logs.json')).records.map(
      (record) => record.kind === 'log' && record.log.name,
    );
    expect(names).toEqual([
      'gen_ai.client.inference.operation.details',
      'gen_ai.user.message',
      'gen_ai.choice',
    ]);
  });
});
