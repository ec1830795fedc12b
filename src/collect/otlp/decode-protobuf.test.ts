import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../contract/json.ts';
import { payloadJson } from '../../testing/payload.ts';
import type { RawRecord } from '../record.ts';
import { decoded, encoded, type Signal } from '../testing/otlp-oracle.ts';
import { decodeOtlpJson } from './decode-json.ts';
import { decodeOtlpProtobuf } from './decode-protobuf.ts';

const PAYLOADS = ['ai-sdk', 'langfuse-otel', 'langsmith-otel', 'openinference', 'otlp-genai'];
const payload = (name: string): object => payloadJson(`${name}.json`) as object;

function decode(bytes: Uint8Array): { records: RawRecord[]; problems: string[] } {
  const problems: string[] = [];
  const records = decodeOtlpProtobuf(bytes, (code, message) =>
    problems.push(`${code}: ${message}`),
  );
  return { records, problems };
}

const throughOracle = (signal: Signal, bytes: Uint8Array): RawRecord[] =>
  decodeOtlpJson(decoded(signal, bytes) as Json, () => {});

describe('payloads encoded by protobufjs', () => {
  it.each(PAYLOADS)('%s decodes as protobufjs decodes it', (name) => {
    const bytes = encoded('TraceRequest', payload(name));
    expect(decode(bytes)).toEqual({ records: throughOracle('TraceRequest', bytes), problems: [] });
  });

  it.each(PAYLOADS)('%s gives the same spans as its JSON', (name) => {
    const fromJson = decodeOtlpJson(payload(name) as Json, () => {});
    expect(decode(encoded('TraceRequest', payload(name))).records).toEqual(fromJson);
  });

  it('reports what broke and keeps what came before when a body is cut at any byte', () => {
    const bytes = encoded('TraceRequest', payload('openinference'));
    const whole = decode(bytes).records;
    for (let length = 1; length < bytes.length; length += 13) {
      const { records, problems } = decode(bytes.subarray(0, length));
      expect(problems[0], `cut at ${length}`).toMatch(/^bad_protobuf: not a whole OTLP request/);
      expect(whole.slice(0, records.length)).toEqual(records);
    }
  });
});

const hex = (bytes: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((id) => {
    if (id.every((byte) => byte === 0)) id[0] = 1;
    return Buffer.from(id).toString('hex');
  });
const text = fc.string({ unit: 'grapheme', maxLength: 80 });
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);
const nanos = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String);
const { value: anyValue } = fc.letrec<{ value: object }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.record({ stringValue: text }),
    fc.record({ boolValue: fc.boolean() }),
    fc.record({ intValue: int64 }),
    fc.record({ doubleValue: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
    fc.record({
      bytesValue: fc.uint8Array({ maxLength: 20 }).map((b) => Buffer.from(b).toString('base64')),
    }),
    fc.constant({}),
    fc.record({ arrayValue: fc.record({ values: fc.array(tie('value'), { maxLength: 3 }) }) }),
    fc.record({
      kvlistValue: fc.record({
        values: fc.array(fc.record({ key: text, value: tie('value') }), { maxLength: 3 }),
      }),
    }),
  ),
}));
const attributes = fc.array(fc.record({ key: text, value: anyValue }), { maxLength: 6 });
const span = fc.record({
  traceId: hex(16),
  spanId: hex(8),
  parentSpanId: fc.oneof(hex(8), fc.constant('')),
  traceState: text,
  name: text,
  kind: fc.integer({ min: 0, max: 5 }),
  startTimeUnixNano: nanos,
  endTimeUnixNano: nanos,
  attributes,
  droppedAttributesCount: fc.nat(),
  events: fc.array(fc.record({ name: text, timeUnixNano: nanos, attributes }), { maxLength: 3 }),
  links: fc.array(fc.record({ traceId: hex(16), spanId: hex(8), attributes }), { maxLength: 2 }),
  status: fc.record({ code: fc.integer({ min: 0, max: 2 }), message: text }),
  flags: fc.nat(),
});
const log = fc.record({
  traceId: hex(16),
  spanId: hex(8),
  timeUnixNano: nanos,
  observedTimeUnixNano: nanos,
  severityNumber: fc.integer({ min: 0, max: 24 }),
  severityText: text,
  eventName: text,
  body: anyValue,
  attributes,
});
const resource = fc.record({ attributes });
const scope = fc.record({ name: text, version: text });
const traces = fc.record({
  resourceSpans: fc.array(
    fc.record({
      resource,
      scopeSpans: fc.array(fc.record({ scope, spans: fc.array(span, { maxLength: 3 }) }), {
        maxLength: 2,
      }),
    }),
    { maxLength: 2 },
  ),
});
const logs = fc.record({
  resourceLogs: fc.array(
    fc.record({
      resource,
      scopeLogs: fc.array(fc.record({ scope, logRecords: fc.array(log, { maxLength: 3 }) }), {
        maxLength: 2,
      }),
    }),
    { maxLength: 2 },
  ),
});

describe('any request', () => {
  it('of spans decodes as protobufjs decodes it', () => {
    fc.assert(
      fc.property(traces, (request) => {
        const bytes = encoded('TraceRequest', request);
        expect(decode(bytes)).toEqual({
          records: throughOracle('TraceRequest', bytes),
          problems: [],
        });
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  it('of logs decodes as protobufjs decodes it', () => {
    fc.assert(
      fc.property(logs, (request) => {
        const bytes = encoded('LogsRequest', request);
        expect(decode(bytes)).toEqual({
          records: throughOracle('LogsRequest', bytes),
          problems: [],
        });
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  it('with bytes flipped is decoded or reported, and never throws', () => {
    fc.assert(
      fc.property(
        traces,
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
          minLength: 1,
          maxLength: 4,
        }),
        (request, flips) => {
          const bytes = encoded('TraceRequest', request);
          if (bytes.length === 0) return;
          for (const [at, value] of flips) bytes[at % bytes.length] = value;
          expect(() => decode(bytes)).not.toThrow();
        },
      ),
      { numRuns: 300, seed: 7 },
    );
  });

  it('made of random bytes is decoded or reported, and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(() => decode(bytes)).not.toThrow();
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const oneSpan = (parts: object): Uint8Array =>
  encoded('TraceRequest', {
    resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: TRACE, spanId: SPAN, ...parts }] }] }],
  });
const bytesOf = (text: string): Uint8Array =>
  new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));

function field(number: number, content: Iterable<number>): Uint8Array {
  const bytes = [...content];
  const length = [];
  for (let left = bytes.length; ; left >>>= 7) {
    length.push(left > 127 ? (left & 127) | 128 : left);
    if (left <= 127) break;
  }
  return new Uint8Array([(number << 3) | 2, ...length, ...bytes]);
}

describe('odd bodies', () => {
  it('takes an empty body as an empty request', () => {
    expect(decode(new Uint8Array())).toEqual({ records: [], problems: [] });
  });

  it.each([
    ['a group', '0b 0c', /wire type 3/],
    ['an unknown wire type', '0f', /wire type 7/],
    ['field number zero', '02 00', /field number/],
    ['a length past the end', '0a 05 12', /length 5 runs past the end/],
    ['a varint that never ends', `08 ${'ff '.repeat(11)}`, /longer than 10 bytes/],
    ['a number cut short', '08 ff', /cut short/],
  ])('reports %s', (_, body, problem) => {
    expect(decode(bytesOf(body)).problems.join()).toMatch(problem);
  });

  it('passes over unknown fields of every wire type, and known fields of a wrong one', () => {
    const known = oneSpan({ name: 'kept' });
    const unknown = bytesOf(
      '98 06 01  a1 06 0102030405060708  aa 06 02 abcd  b5 06 01020304  08 05',
    );
    const { records, problems } = decode(new Uint8Array([...unknown, ...known, ...unknown]));
    expect(problems).toEqual([]);
    expect(records.map((record) => record.kind === 'span' && record.span.name)).toEqual(['kept']);
  });

  it('replaces invalid UTF-8', () => {
    const bytes = oneSpan({ name: 'abXcd' });
    bytes[bytes.indexOf(0x58)] = 0xff;
    const [record] = decode(bytes).records;
    expect(record?.kind === 'span' && record.span.name).toBe('ab\ufffdcd');
  });

  it('lets the last of a repeated attribute win', () => {
    const attributes = [
      { key: 'k', value: { intValue: '1' } },
      { key: 'k', value: { intValue: '2' } },
    ];
    const [record] = decode(oneSpan({ attributes })).records;
    expect(record?.kind === 'span' && record.span.attributes).toEqual({ k: 2 });
  });

  it('refuses prototype keys and counts them', () => {
    const attributes = ['__proto__', 'a.constructor.b', 'x.prototype', 'kept'].map((key) => ({
      key,
      value: { stringValue: 'v' },
    }));
    const [record] = decode(oneSpan({ attributes })).records;
    expect(record).toMatchObject({ span: { attributes: { kept: 'v' }, refusedKeys: 3 } });
    expect(Object.keys(Object(record).span.attributes)).toEqual(['kept']);
  });

  it('cuts values nested deeper than 32', () => {
    let value = bytesOf('0a 04 636f7265');
    for (let depth = 0; depth < 60; depth++) value = field(5, field(1, value));
    const attribute = field(9, [...field(1, Buffer.from('deep')), ...field(2, value)]);
    const known = oneSpan({}).subarray(-28);
    const body = field(1, field(2, field(2, [...known, ...attribute])));
    const [record] = decode(body).records;
    const found = JSON.stringify(Object(record).span.attributes.deep);
    expect(found).toBe(`${'['.repeat(33)}null${']'.repeat(33)}`);
  });

  it('leaves out spans without ids and reports that they look like logs when every span lacks them', () => {
    const request = {
      resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'a' }, { name: 'b' }] }] }],
    };
    const { records, problems } = decode(encoded('TraceRequest', request));
    expect(records).toEqual([]);
    expect(problems).toEqual([
      'bad_span: no span has valid ids (2 of 2); logs sent as traces look like this',
    ]);
  });

  it.each([
    ['number', '7', 7],
    ['largest exact', '9007199254740991', 9007199254740991],
    ['beyond exact', '9007199254740993', '9007199254740993'],
    ['negative', '-42', -42],
    ['smallest', '-9223372036854775808', '-9223372036854775808'],
  ])('keeps a 64-bit %s exact', (_, intValue, expected) => {
    const [record] = decode(oneSpan({ attributes: [{ key: 'n', value: { intValue } }] })).records;
    expect(Object(record).span.attributes.n).toBe(expected);
  });
});
