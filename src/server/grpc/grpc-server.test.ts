import { once } from 'node:events';
import { connect as connectPlain } from 'node:http2';
import { connect as connectTcp } from 'node:net';
import { gzipSync } from 'node:zlib';
import {
  Client,
  status as codes,
  compressionAlgorithms,
  credentials,
  Metadata,
  type ServiceError,
} from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { encoded } from '../../collect/testing/otlp-oracle.ts';
import { type TestServer, testServer } from '../../testing/test-server.ts';
import { keyHash } from '../http/access.ts';

/** The client of gRPC's makers for Node.js, and calls that no client makes. */
const LIMITS = { body: 200_000, bodies: 400_000 };
let server: TestServer;
beforeAll(async () => {
  server = await testServer({ grpcPort: 0, bodies: LIMITS });
});
afterEach(() => server.store.fail(null));
afterAll(async () => {
  await server.close();
  expect(server.errors).toEqual([]);
});

const TRACES = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
const LOGS = '/opentelemetry.proto.collector.logs.v1.LogsService/Export';
const METRICS = '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export';

let next = 1;
const hex = (digits: number): string => (next++).toString(16).padStart(digits, '0');
const span = (parts: object = {}) => ({
  ...{ traceId: hex(32), spanId: hex(16), name: 'ask' },
  startTimeUnixNano: `${server.now()}000000`,
  endTimeUnixNano: `${server.now() + 9}000000`,
  attributes: [{ key: 'input.value', value: { stringValue: 'Where is my order?' } }],
  ...parts,
});
const request = (...spans: unknown[]): Uint8Array =>
  encoded('TraceRequest', { resourceSpans: [{ scopeSpans: [{ spans }] }] });

interface Reply {
  readonly code: number;
  readonly message: string;
  readonly body: string;
  readonly metadata: Metadata;
}

/** Makes one call and tells how it ended; `given` are metadata. */
async function call(
  message: Uint8Array,
  { method = TRACES, given = {}, to = server, gzip = false }: CallOptions = {},
): Promise<Reply> {
  const address = (to.grpcUrl ?? '').replace('http://', '');
  const client = new Client(address, credentials.createInsecure(), {
    ...(gzip && { 'grpc.default_compression_algorithm': compressionAlgorithms.gzip }),
  });
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(given)) metadata.set(key, value);
  const reply = await new Promise<Reply>((resolve) => {
    client.makeUnaryRequest(
      method,
      (bytes: Uint8Array) => Buffer.from(bytes),
      (bytes: Buffer) => bytes,
      message,
      metadata,
      (error: ServiceError | null, body?: Buffer) =>
        resolve({
          code: error?.code ?? codes.OK,
          message: error?.details ?? '',
          body: body?.toString('latin1') ?? '',
          metadata: error?.metadata ?? new Metadata(),
        }),
    );
  });
  client.close();
  return reply;
}
interface CallOptions {
  readonly method?: string;
  readonly given?: Record<string, string>;
  readonly to?: TestServer;
  readonly gzip?: boolean;
}

const stored = (traceId: string): boolean => server.store.rows.records.has(`default ${traceId}`);

describe('OTLP over gRPC', () => {
  test.each([false, true])('spans are durable when the call ends; gzip: %s', async (gzip) => {
    const sent = span();
    expect(await call(request(sent), { gzip })).toMatchObject({ code: codes.OK, body: '' });
    expect(stored(sent.traceId)).toBe(true);
  });

  test('an empty request, logs that are about no run, and metrics are taken', async () => {
    expect(await call(new Uint8Array(0))).toMatchObject({ code: codes.OK, body: '' });
    const logs = encoded('LogsRequest', {
      resourceLogs: [
        {
          scopeLogs: [
            {
              logRecords: [
                {
                  ...{ severityNumber: 9, observedTimeUnixNano: '1' },
                  body: { stringValue: 'started' },
                },
              ],
            },
          ],
        },
      ],
    });
    const { code, body } = await call(logs, { method: LOGS });
    expect([code, body]).toEqual([codes.OK, expect.stringContaining('1 log records are not')]);
    expect(await call(Uint8Array.of(9), { method: METRICS })).toMatchObject({ code: codes.OK });
  });

  test('what is not taken is told: the rest is stored', async () => {
    const good = span();
    const { code, body } = await call(request(good, span({ spanId: '' })));
    expect([code, body]).toEqual([codes.OK, expect.stringContaining('1 of 2 spans have no valid')]);
    // partial_success, 1 rejected span.
    expect(body[0]).toBe('\x0a');
    expect(body.slice(2, 4)).toBe('\x08\x01');
    expect(stored(good.traceId)).toBe(true);
  });

  test('bytes that are no OTLP, an unknown method', async () => {
    expect((await call(Uint8Array.of(0x0a, 0x7f, 1))).code).toBe(codes.INVALID_ARGUMENT);
    expect((await call(request(span()), { method: '/x.Y/Export' })).code).toBe(codes.UNIMPLEMENTED);
  });

  test('a message over the limit, packed or not, is refused for good', async () => {
    const large = request(span({ name: 'x'.repeat(LIMITS.body) }));
    for (const gzip of [false, true]) {
      const { code, metadata } = await call(large, { gzip });
      expect(code).toBe(codes.RESOURCE_EXHAUSTED);
      expect(metadata.get('google.rpc.retryinfo-bin')).toEqual([]);
    }
    expect((await call(request(span()))).code).toBe(codes.OK);
  });

  test.each([
    ['store_busy', 1],
    ['store_unavailable', 5],
  ] as const)('%s: send again in %i seconds', async (fault, seconds) => {
    server.store.fail(fault);
    const { code, metadata } = await call(request(span()));
    expect(code).toBe(codes.UNAVAILABLE);
    // RetryInfo { retry_delay { seconds } }
    const retry = Buffer.from([0x0a, 2, 0x08, seconds]);
    expect(metadata.get('google.rpc.retryinfo-bin')).toEqual([retry]);
    const [details] = metadata.get('grpc-status-details-bin') as Buffer[];
    expect(details?.subarray(0, 2)).toEqual(Buffer.from([0x08, codes.UNAVAILABLE]));
    expect(details?.includes('type.googleapis.com/google.rpc.RetryInfo')).toBe(true);
    expect(details?.subarray(-retry.length)).toEqual(retry);
    server.store.fail(null);
    expect((await call(request(span()))).code).toBe(codes.OK);
  });

  test('calls count in the metrics', async () => {
    await call(request(span()));
    const text = await (await server.get('/metrics')).text();
    expect(text).toMatch(/culprit_receive_seconds_count\{path="gRPC traces",status="200"\} \d/);
  });

  test('on an address that others reach, a key is needed', async () => {
    const open = await testServer({ host: '0.0.0.0', grpcPort: 0 });
    await open.workspace.ensureProject('shop', 'Shop');
    const key = { project: 'shop', name: '', prefix: '', created: 0 };
    await open.workspace.addKey({ ...key, id: 'k1', scopes: ['ingest'] }, keyHash('sender'));
    await open.workspace.addKey({ ...key, id: 'k2', scopes: ['read'] }, keyHash('reader'));
    const to = { to: open };
    const sent = span();
    expect((await call(request(sent), to)).code).toBe(codes.UNAUTHENTICATED);
    const reader = { ...to, given: { authorization: 'Bearer reader' } };
    expect((await call(request(sent), reader)).code).toBe(codes.PERMISSION_DENIED);
    expect(open.store.rows.records.size).toBe(0);
    const sender = { ...to, given: { 'x-api-key': 'sender' } };
    expect((await call(request(sent), sender)).code).toBe(codes.OK);
    expect([...open.store.rows.records.keys()]).toEqual([`shop ${sent.traceId}`]);
    await open.close();
    expect(open.errors).toEqual([]);
  });
});

describe('calls that no client makes', () => {
  /** Sends bytes as the body of a call and returns its trailers, or the HTTP status where they have none. */
  async function raw(body: Buffer, headers: Record<string, string> = {}): Promise<string> {
    const session = connectPlain(server.grpcUrl ?? '');
    const stream = session.request({
      ...{ ':method': 'POST', ':path': TRACES },
      ...{ 'content-type': 'application/grpc', te: 'trailers', ...headers },
    });
    let found: Record<string, unknown> = {};
    stream.on('response', (given) => (found = { ...found, ...given }));
    stream.on('trailers', (given) => (found = { ...found, ...given }));
    stream.on('error', () => {});
    stream.resume();
    stream.end(body);
    await once(stream, 'close');
    session.close();
    return String(found['grpc-status'] ?? found[':status']);
  }
  const framed = (message: Uint8Array, length = message.length, flag = 0): Buffer => {
    const prefix = Buffer.from([flag, 0, 0, 0, 0]);
    prefix.writeUInt32BE(length, 1);
    return Buffer.concat([prefix, message]);
  };

  test.each([
    ['no message', () => Buffer.alloc(0), {}, codes.INVALID_ARGUMENT],
    ['half a prefix', () => Buffer.alloc(3), {}, codes.INVALID_ARGUMENT],
    ['cut short', () => framed(request(span()), 5000), {}, codes.INVALID_ARGUMENT],
    [
      'two messages',
      () => Buffer.concat([framed(request(span())), framed(request(span()))]),
      {},
      codes.INVALID_ARGUMENT,
    ],
    ['4 GB announced', () => framed(request(span()), 0xffff_ffff), {}, codes.RESOURCE_EXHAUSTED],
    [
      'a bomb',
      () => framed(gzipSync(Buffer.alloc(50_000_000)), undefined, 1),
      { 'grpc-encoding': 'gzip' },
      codes.RESOURCE_EXHAUSTED,
    ],
    [
      'broken gzip',
      () => framed(request(span()), undefined, 1),
      { 'grpc-encoding': 'gzip' },
      codes.INVALID_ARGUMENT,
    ],
    [
      'unknown compression',
      () => framed(request(span()), undefined, 1),
      { 'grpc-encoding': 'snappy' },
      codes.UNIMPLEMENTED,
    ],
    ['packed without a name', () => framed(gzipSync('x'), undefined, 1), {}, codes.UNIMPLEMENTED],
    ['no gRPC', () => Buffer.from('{}'), { 'content-type': 'application/json' }, 415],
    ['another method', () => Buffer.alloc(0), { ':method': 'PUT' }, 415],
  ] as const)('%s', async (_, body, headers, expected) => {
    const before = server.store.rows.records.size;
    expect(await raw(body(), headers as Record<string, string>)).toBe(String(expected));
    expect(server.store.rows.records.size).toBe(before);
  });

  test('a call that names a compression may bring a message that is not compressed', async () => {
    expect(await raw(framed(request(span())), { 'grpc-encoding': 'gzip' })).toBe('0');
  });

  test('a client that goes away, and one that does not speak HTTP/2, leave the server as it was', async () => {
    const session = connectPlain(server.grpcUrl ?? '');
    const headers = { ':method': 'POST', ':path': TRACES, 'content-type': 'application/grpc' };
    const stream = session.request(headers);
    stream.on('error', () => {});
    session.on('error', () => {});
    stream.write(framed(request(span()), 5000));
    await once(session, 'remoteSettings');
    session.destroy();
    const { hostname, port } = new URL(server.grpcUrl ?? '');
    const plain = connectTcp({ host: hostname, port: Number(port) });
    plain.on('error', () => {});
    plain.resume();
    plain.end('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await once(plain, 'close');
    expect((await call(request(span()))).code).toBe(codes.OK);
    await expect
      .poll(async () => (await (await server.get('/metrics')).text()).match(BYTES)?.[1])
      .toBe('0');
  });
});

const BYTES = /^culprit_bodies_bytes (\d+)$/m;
