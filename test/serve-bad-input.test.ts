import { connect } from 'node:net';
import { gzipSync, zstdCompressSync } from 'node:zlib';
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

test('1,000 damaged requests neither stop the server nor cost a good span', async () => {
  const state = seedRandom(7);
  const below = (limit: number): number => nextBelow(state, Math.max(1, limit));
  const bodies = [protobufRequest(), new TextEncoder().encode(JSON.stringify(jsonRequest(1)))];
  const types = ['application/x-protobuf', 'application/json'];
  const statuses = new Set<number>();
  for (let at = 0; at < 1000; at++) {
    const which = at % 2;
    const body = bodies[which]!.slice(0, at % 5 === 0 ? below(bodies[which]!.length) : undefined);
    for (let change = below(6); change >= 0; change--) body[below(body.length)] = below(256);
    const packed = at % 7 === 0 ? gzipSync(body).subarray(0, 20 + below(40)) : body;
    const { status } = await server.post('/v1/traces', packed, {
      'content-type': types[which]!,
      ...(at % 7 === 0 && { 'content-encoding': 'gzip' }),
    });
    statuses.add(status);
    if (at % 50 === 0) {
      const good = await server.post('/v1/traces', jsonRequest(1_000_000 + at));
      expect(good.status).toBe(200);
      expect(isStored(1_000_000 + at)).toBe(true);
    }
  }
  expect([...statuses].sort()).toEqual([200, 400]);
  await server.rest(600_000);
  const { openTraces, broken } = (await (await server.get('/api/v1/status')).json()) as {
    openTraces: number;
    broken: number;
  };
  expect({ openTraces, broken }).toEqual({ openTraces: 0, broken: 0 });
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
  ['zstd', zstdCompressSync],
] as const)('a bomb in %s is stopped', async (encoding, pack) => {
  const bomb = pack(Buffer.alloc(80 * 1024 * 1024));
  const { status } = await server.post('/v1/traces', bomb, { 'content-encoding': encoding });
  expect(status).toBe(413);
});

test('a client that goes away in the middle of its request leaves nothing behind', async () => {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  await new Promise((resume) => socket.once('connect', resume));
  socket.write(
    'POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{"resourceSpans": [',
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
    `POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n${' '.repeat(2_500)}`,
  );
  await expect.poll(async () => (await small.post('/v1/traces', jsonRequest(6))).status).toBe(429);
  slow.destroy();
  await expect.poll(async () => (await small.post('/v1/traces', jsonRequest(6))).status).toBe(200);
  await small.close();
});
