import { connect } from 'node:net';
import { deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nextBelow, seedRandom } from '../src/numeric/random/random.ts';
import { type TestServer, testServer } from '../src/testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(async () => {
  await server.close();
  expect(server.errors).toEqual([]);
});

/** A request with three spans, as OpenTelemetry writes it. */
function protobufRequest(): Uint8Array {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  for (const name of ['one', 'two', 'three'])
    provider
      .getTracer('t')
      .startSpan(name, { attributes: { 'gen_ai.operation.name': 'chat', list: ['a', 'b'], n: 7 } })
      .end();
  return ProtobufTraceSerializer.serializeRequest(exporter.getFinishedSpans())!;
}

const id = (n: number, digits: number): string => n.toString(16).padStart(digits, '0');

const jsonRequest = (n: number, attributes: unknown[] = []) => ({
  resourceSpans: [
    {
      scopeSpans: [
        {
          spans: [
            {
              traceId: id(n, 32),
              spanId: id(n, 16),
              name: 'chat',
              startTimeUnixNano: `${server.now()}000000`,
              endTimeUnixNano: `${server.now() + 5}000000`,
              attributes,
            },
          ],
        },
      ],
    },
  ],
});

const isStored = (n: number): boolean => server.store.rows.records.has(`default ${id(n, 32)}`);

/** A request of each format that is received: path, content type, body. */
const FORMATS: readonly (readonly [string, string, () => Uint8Array])[] = [
  ['/v1/traces', 'application/x-protobuf', protobufRequest],
  ['/v1/traces', 'application/json', () => bytesOf(jsonRequest(1))],
  [
    '/api/public/ingestion',
    'application/json',
    () =>
      bytesOf({
        batch: ['trace-create', 'generation-create', 'score-create'].map((type, at) => ({
          ...{ id: `e${at}`, type, timestamp: '2026-07-01T00:00:00Z' },
          body: {
            ...{ id: `i${at}`, traceId: 'i0', name: 'helpful', value: 1, model: 'm' },
            ...{ input: [{ role: 'user', content: 'hi' }], output: { text: 'ho' } },
            ...{ startTime: '2026-07-01T00:00:00Z', endTime: '2026-07-01T00:00:01Z' },
          },
        })),
      }),
  ],
  [
    '/runs/batch',
    'application/json',
    () =>
      bytesOf({
        post: [
          {
            ...{
              id: id(7, 32),
              trace_id: id(7, 32),
              dotted_order: `20260701T000000000000Z${id(7, 32)}`,
            },
            ...{ name: 'chat', run_type: 'llm', start_time: '2026-07-01T00:00:00Z' },
            ...{
              end_time: 1_782_864_001_000,
              inputs: { question: 'hi' },
              outputs: { answer: 'ho' },
            },
            extra: { metadata: { list: [1, 2, { deep: [null] }] } },
          },
        ],
        patch: [{ id: id(7, 32), trace_id: id(7, 32), outputs: { answer: 'more' } }],
      }),
  ],
];

const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

test('1,000 damaged requests neither stop the server nor cost a good span', async () => {
  const state = seedRandom(7);
  const below = (limit: number): number => nextBelow(state, Math.max(1, limit));
  const statuses = new Set<number>();
  for (const [path, type, make] of FORMATS) {
    const sound = await server.post(path, make(), { 'content-type': type });
    expect([200, 202, 207]).toContain(sound.status);
  }
  for (let at = 0; at < 1000; at++) {
    const [path, type, make] = FORMATS[at % FORMATS.length]!;
    const whole = make();
    const body = whole.slice(0, at % 5 === 0 ? below(whole.length) : undefined);
    for (let change = below(6); change >= 0; change--) body[below(body.length)] = below(256);
    const packed = at % 7 === 0 ? gzipSync(body).subarray(0, 20 + below(40)) : body;
    const { status } = await server.post(path, packed, {
      'content-type': type,
      ...(at % 7 === 0 && { 'content-encoding': 'gzip' }),
    });
    statuses.add(status);
    if (at % 50 === 0) {
      const good = await server.post('/v1/traces', jsonRequest(1_000_000 + at));
      expect(good.status).toBe(200);
      expect(isStored(1_000_000 + at)).toBe(true);
    }
  }
  expect([...statuses].sort()).toEqual([200, 202, 207, 400]);
  await server.rest(600_000);
  const { openTraces, broken } = (await (await server.get('/api/v1/status')).json()) as {
    openTraces: number;
    broken: number;
  };
  expect({ openTraces, broken }).toEqual({ openTraces: 0, broken: 0 });
  const list = (await (await server.get('/api/v1/traces?limit=1000')).json()) as {
    items: { id: string }[];
  };
  expect(list.items.length).toBeGreaterThan(20);
  for (const { id } of list.items)
    expect((await server.get(`/api/v1/traces/${encodeURIComponent(id)}`)).status).toBe(200);
  expect((await server.get('/')).status).toBe(200);
}, 120_000);

test('a good span beside one that is broken is kept', async () => {
  const request = jsonRequest(2);
  const { spans } = request.resourceSpans[0]!.scopeSpans[0]!;
  const broken = { traceId: 5, spanId: {}, attributes: 'none', events: [1, null], status: [] };
  const answer = await server.post('/v1/traces', {
    resourceSpans: [
      { scopeSpans: [{ spans: [broken, ...spans, null, 7] }] },
      null,
      { scopeSpans: 3 },
    ],
  });
  expect(answer.status).toBe(200);
  expect(isStored(2)).toBe(true);
});

test('a span with 100,000 attributes is taken', async () => {
  const many = Array.from({ length: 100_000 }, (_, at) => ({
    key: `key ${at}`,
    value: { stringValue: 'value' },
  }));
  expect((await server.post('/v1/traces', jsonRequest(3, many))).status).toBe(200);
  await server.rest(600_000);
  const { trace } = (await (await server.get(`/api/v1/traces/${id(3, 32)}`)).json()) as {
    trace: { spans: { attributes: object }[]; gaps: { kind: string }[] };
  };
  expect(Object.keys(trace.spans[0]!.attributes).length).toBeLessThan(100_000);
  expect(trace.gaps.map(({ kind }) => kind)).toContain('dropped_key');
});

test('text that is hostile to stores comes back as it was, if it is text at all', async () => {
  const texts = [
    '-- { serverError 27 }',
    "'; DROP TABLE spans; --",
    '\u0000\t\\N',
    '{x:Int}',
    '\ud800',
  ];
  const attributes = texts.map((text, at) => ({ key: `t${at}`, value: { stringValue: text } }));
  expect((await server.post('/v1/traces', jsonRequest(4, attributes))).status).toBe(200);
  const { trace } = (await (await server.get(`/api/v1/traces/${id(4, 32)}`)).json()) as {
    trace: { spans: { attributes: Record<string, string> }[] };
  };
  const back = texts.map((_, at) => trace.spans[0]!.attributes[`t${at}`]);
  expect(back.slice(0, 4)).toEqual(texts.slice(0, 4));
});

test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['zstd', zstdCompressSync],
] as const)('a bomb in %s is stopped', async (encoding, pack) => {
  const bomb = pack(Buffer.alloc(80 * 1024 * 1024));
  const { status } = await server.post('/v1/traces', bomb, { 'content-encoding': encoding });
  expect(status).toBe(413);
});

test('a bomb in a bomb, and encodings that are made up, are not unpacked', async () => {
  const inner = gzipSync(Buffer.alloc(60 * 1024 * 1024));
  const statuses = [];
  for (const [encoding, body] of [
    ['gzip', gzipSync(inner)],
    ['gzip, gzip', gzipSync(inner)],
    ['br', inner],
    ['x'.repeat(1000), inner],
  ] as const)
    statuses.push((await server.post('/v1/traces', body, { 'content-encoding': encoding })).status);
  expect(statuses).toEqual([400, 415, 415, 415]);
});

test('values in values without end, in each format', async () => {
  const [open, close] = ['{"values":[{"arrayValue":', '}]}'];
  const deep = (depth: number): string =>
    `${open.repeat(depth)}{"values":[]}${close.repeat(depth)}`;
  for (const depth of [90, 1_000, 100_000]) {
    const request = JSON.stringify(
      jsonRequest(90 + depth, [{ key: 'deep', value: { arrayValue: 'HERE' } }]),
    ).replace('"HERE"', deep(depth));
    expect([200, 400]).toContain((await server.post('/v1/traces', request)).status);
    const lists = `${'['.repeat(depth)}${']'.repeat(depth)}`;
    for (const path of ['/api/public/ingestion', '/runs/batch', '/runs', '/feedback'])
      expect(
        (await server.post(path, `{"batch":${lists},"post":${lists},"id":${lists}}`)).status,
      ).toBeLessThan(500);
    // field 2 of AnyValue's array, in itself
    let value = Buffer.alloc(0);
    for (let at = 0; at < Math.min(depth, 5_000); at++) {
      const list = Buffer.concat([Buffer.from([0x0a]), varint(value.length), value]);
      value = Buffer.concat([Buffer.from([0x2a]), varint(list.length), list]);
    }
    const wrapped = [value, 2, 9, 2, 2, 1].reduce<Buffer>((inner, field, at) => {
      if (at === 0) return value;
      const bytes = Buffer.concat([
        Buffer.from([(Number(field) << 3) | 2]),
        varint(inner.length),
        inner,
      ]);
      return bytes;
    }, value);
    const { status } = await server.post('/v1/traces', wrapped, {
      'content-type': 'application/x-protobuf',
    });
    expect([200, 400]).toContain(status);
  }
  expect((await server.post('/v1/traces', jsonRequest(8))).status).toBe(200);
});

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}

test('a small body that would become millions of objects is refused before it does', async () => {
  const message = (field: number, bytes: Buffer): Buffer =>
    Buffer.concat([Buffer.from([(field << 3) | 2]), varint(bytes.length), bytes]);
  const spans = (inner: Buffer): Buffer => message(1, message(2, inner));
  const span = message(2, message(1, Buffer.alloc(16, 1)));
  const many = (text: string | Buffer, count: number): Buffer =>
    Buffer.alloc(count * text.length, text);
  const bodies: [string, string, Buffer][] = [
    ['/v1/traces', 'application/x-protobuf', spans(many(span, 150_000))],
    ['/v1/traces', 'application/x-protobuf', spans(message(2, many('\x4a\0', 3_000_000)))],
    ['/v1/traces', 'application/x-protobuf', spans(message(2, many('\x5a\0', 1_000_000)))],
    [
      '/v1/traces',
      'application/json',
      Buffer.from(`{"resourceSpans":[${many('[],', 3_000_000)}[]]}`),
    ],
    [
      '/api/public/ingestion',
      'application/json',
      Buffer.from(`{"batch":[${many('{},', 3_000_000)}{}]}`),
    ],
    ['/runs/batch', 'application/json', Buffer.from(`{"post":[${many('{},', 3_000_000)}{}]}`)],
  ];
  for (const [path, type, body] of bodies) {
    const packed = gzipSync(body, { level: 1 });
    expect(packed.length).toBeLessThan(1_000_000);
    const answer = await server.post(path, packed, {
      'content-type': type,
      'content-encoding': 'gzip',
    });
    expect([400, 413]).toContain(answer.status);
    expect(await answer.text()).toContain('send smaller batches');
  }
});

test('huge and strange ids, names and numbers', async () => {
  const strange = ['', '0', ' ', 'x'.repeat(1_000_000), '../..', '\u0000', '%', "'", '\ud800'];
  for (const each of strange) {
    const request = jsonRequest(9);
    const span = request.resourceSpans[0]!.scopeSpans[0]!.spans[0]!;
    Object.assign(span, { traceId: each, spanId: each, parentSpanId: each, name: each });
    expect([200, 400]).toContain((await server.post('/v1/traces', request)).status);
    Object.assign(span, {
      ...{ traceId: id(10, 32), spanId: id(10, 16) },
      ...{ startTimeUnixNano: '9'.repeat(30), endTimeUnixNano: -1, droppedAttributesCount: 1e300 },
    });
    expect([200, 400]).toContain((await server.post('/v1/traces', request)).status);
    const at = encodeURIComponent(each.isWellFormed() ? each.slice(0, 2_000) : 'x');
    for (const path of [
      `/api/v1/traces/${at}`,
      `/api/v1/traces?cursor=${at}`,
      `/api/v1/traces?tenant=${at}`,
    ])
      expect((await server.get(path)).status).toBeLessThan(500);
  }
  await server.rest(600_000);
  expect((await server.get('/api/v1/traces')).status).toBe(200);
  for (const path of ['/api/v1/traces/%', '/api/v1/traces/%ff', '/%00', '//', '/api/v1/../..'])
    expect((await server.get(path)).status).toBeLessThan(500);
});

test('a client that goes away in the middle of its request leaves nothing behind', async () => {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  await new Promise((resume) => socket.once('connect', resume));
  socket.write(
    'POST /v1/traces HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{"resourceSpans": [',
  );
  await expect.poll(bodyBytes).toBeGreaterThan(0);
  socket.destroy();
  await expect.poll(bodyBytes).toBe(0);
  expect((await server.post('/v1/traces', jsonRequest(5))).status).toBe(200);
});

async function bodyBytes(): Promise<number> {
  const text = await (await server.get('/metrics')).text();
  return Number(/^culprit_bodies_bytes (\d+)/m.exec(text)?.[1]);
}

test('too much at once is put off', async () => {
  const small = await testServer({ bodies: { bodies: 2_000 } });
  const { hostname, port } = new URL(small.url);
  const slow = connect(Number(port), hostname);
  await new Promise((resume) => slow.once('connect', resume));
  slow.write(
    `POST /v1/traces HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n${' '.repeat(2_500)}`,
  );
  await expect.poll(async () => (await small.post('/v1/traces', jsonRequest(6))).status).toBe(429);
  slow.destroy();
  await expect.poll(async () => (await small.post('/v1/traces', jsonRequest(6))).status).toBe(200);
  await small.close();
});
