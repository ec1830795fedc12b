import { deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestServer, testServer } from '../../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(async () => {
  await server.close();
  expect(server.errors).toEqual([]);
});

let next = 1;
const hex = (digits: number): string => (next++).toString(16).padStart(digits, '0');
const nanos = (milliseconds: number): string => `${server.now() + milliseconds}000000`;

const attribute = (key: string, value: string) => ({ key, value: { stringValue: value } });

/** One model call, in OTLP/JSON. */
function span(parts: Record<string, unknown> = {}) {
  return {
    traceId: hex(32),
    spanId: hex(16),
    name: 'chat',
    kind: 1,
    startTimeUnixNano: nanos(0),
    endTimeUnixNano: nanos(20),
    attributes: [
      attribute('gen_ai.operation.name', 'chat'),
      attribute('gen_ai.request.model', 'small'),
      attribute(
        'gen_ai.input.messages',
        '[{"role":"user","parts":[{"type":"text","content":"Where is my order?"}]}]',
      ),
      attribute(
        'gen_ai.output.messages',
        '[{"role":"assistant","parts":[{"type":"text","content":"On its way."}]}]',
      ),
    ],
    ...parts,
  };
}

const request = (...spans: unknown[]) => ({
  resourceSpans: [{ resource: { attributes: [] }, scopeSpans: [{ scope: { name: 's' }, spans }] }],
});

const traceOf = async (id: unknown) =>
  (await (await server.get(`/api/v1/traces/${id}`)).json()) as {
    summary: { failed: boolean; version: number; spans: number } | null;
    trace: { input: string; output: string; gaps: { kind: string }[]; scores: unknown[] };
  };

const NO_IDS = JSON.stringify(request({ traceId: 'ab', spanId: '', name: 'x' }));

describe('receiving OTLP', () => {
  test('a span becomes a trace once it rests, with the same text', async () => {
    const sent = span();
    const answer = await server.post('/v1/traces', request(sent));
    expect([answer.status, await answer.text()]).toEqual([200, '{}']);
    expect((await traceOf(sent.traceId)).summary).toBe(null);
    await server.rest(30_000);
    const { summary, trace } = await traceOf(sent.traceId);
    expect(summary).toMatchObject({ failed: false, version: 1, spans: 1 });
    expect(trace).toMatchObject({ input: 'Where is my order?', output: 'On its way.' });
  });

  test('an annotation that links to a span is a score of that trace', async () => {
    const judged = span();
    await server.post('/v1/traces', request(judged));
    await server.rest(30_000);
    const { traceId, spanId } = judged;
    const note = span({
      name: 'annotation',
      links: [{ traceId, spanId }],
      attributes: [
        attribute('annotations.0.annotation.name', 'hallucination'),
        attribute('annotations.0.annotation.label', 'hallucinated'),
      ],
    });
    await server.post('/v1/traces', request(note));
    await server.rest(30_000);
    const { trace } = await traceOf(traceId);
    expect(trace.scores).toMatchObject([{ name: 'hallucination', label: 'hallucinated', spanId }]);
  });

  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['zstd', zstdCompressSync],
  ] as const)('%s is unpacked', async (encoding, pack) => {
    const sent = span();
    const body = pack(Buffer.from(JSON.stringify(request(sent))));
    const answer = await server.post('/v1/traces', body, { 'content-encoding': encoding });
    expect(answer.status).toBe(200);
    expect((await traceOf(sent.traceId)).trace.output).toBe('On its way.');
  });

  test('spans without ids are counted in a partial success, the others kept', async () => {
    const sent = span();
    const answer = await server.post('/v1/traces', request(sent, span({ traceId: '' })));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ partialSuccess: { rejectedSpans: '1' } });
    expect((await traceOf(sent.traceId)).trace.output).toBe('On its way.');
  });

  test('what is no span is named in a partial success, the spans beside it kept', async () => {
    const sent = span();
    const { resourceSpans } = request(sent);
    const answer = await server.post('/v1/traces', { resourceSpans: [...resourceSpans, 7] });
    expect([answer.status, await answer.json()]).toEqual([
      200,
      {
        partialSuccess: {
          rejectedSpans: '1',
          errorMessage: 'resourceSpans must be a list of objects; something else was left out',
        },
      },
    ]);
    expect((await traceOf(sent.traceId)).trace.output).toBe('On its way.');
  });

  test.each([
    { title: 'not JSON', body: '{"resourceSpans": [', status: 400 },
    { title: 'not OTLP', body: '{"hello": 1}', status: 400 },
    { title: 'only spans without ids', body: NO_IDS, status: 400 },
    { title: 'a number for a list', body: '{"resourceSpans": 3}', status: 400 },
    { title: 'a list in a list', body: '{"resourceSpans": [[]]}', status: 400 },
    { title: 'empty', body: '{}', status: 200 },
    { title: 'a field that was left out', body: '{"resourceSpans": null}', status: 200 },
  ])('$title gets $status', async ({ body, status }) => {
    const answer = await server.post('/v1/traces', body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/json');
    if (status === 400) expect(await answer.json()).toMatchObject({ code: 3 });
  });

  test('errors are protobuf where the request is', async () => {
    const answer = await server.post('/v1/traces', Uint8Array.of(0x0a, 0xff), {
      'content-type': 'application/x-protobuf',
    });
    expect(answer.status).toBe(400);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    // Field 1 is the code 3, field 2 a text.
    expect([...bytes.subarray(0, 3)]).toEqual([0x08, 3, 0x12]);
  });

  test('other types and methods are refused', async () => {
    const text = await server.post('/v1/traces', 'x', { 'content-type': 'text/plain' });
    const got = await server.get('/v1/traces');
    const packed = await server.post('/v1/traces', 'x', { 'content-encoding': 'br' });
    const foreign = await server.post('/v1/traces', '{}', { origin: 'https://evil.example' });
    expect(got.headers.get('allow')).toBe('POST');
    const answers = [text, got, packed, foreign];
    expect(answers.map(({ status }) => status)).toEqual([415, 405, 415, 403]);
    // A google.rpc.Status, as all faults of OTLP.
    for (const [at, code] of [3, 12, 3, 7].entries()) {
      expect(answers[at]?.headers.get('content-type')).toBe('application/json');
      expect(await answers[at]?.json()).toEqual({ code, message: expect.any(String) });
    }
  });

  test('metrics are answered and not kept', async () => {
    const answer = await server.post('/v1/metrics', { resourceMetrics: [] });
    expect([answer.status, await answer.text()]).toEqual([200, '{}']);
  });

  test('a body that unpacks to more than the limit is refused on the way', async () => {
    const small = await testServer({ bodies: { body: 100_000 } });
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    expect(bomb.length).toBeLessThan(60_000);
    const answer = await small.post('/v1/traces', bomb, { 'content-encoding': 'gzip' });
    expect(answer.status).toBe(413);
    expect(small.store.rows.records.size).toBe(0);
    await small.close();
  });
});

describe('what arrives late', () => {
  test('brings a new verdict with the same anchor', async () => {
    const root = span();
    await server.post('/v1/traces', request(root));
    await server.rest(30_000);
    const key = `default ${root.traceId}`;
    const first = server.store.rows.traces.get(key)!;
    const child = span({
      traceId: root.traceId,
      parentSpanId: root.spanId,
      startTimeUnixNano: nanos(-100_000),
    });
    await server.post('/v1/traces', request(child));
    await server.rest(30_000);
    const second = server.store.rows.traces.get(key)!;
    expect(second).toMatchObject({ version: 2, anchor: first.anchor, spanCount: 2 });
    expect(second.start).toBeLessThan(first.start);
  });

  test('a score judges the trace anew', async () => {
    const sent = span();
    await server.post('/v1/traces', request(sent));
    await server.rest(30_000);
    const answer = await server.post('/api/v1/scores', {
      traceId: sent.traceId,
      name: 'user_feedback',
      value: 0,
      annotator: 'human',
    });
    expect(await answer.json()).toEqual({ accepted: 1, waiting: 0 });
    await server.rest(30_000);
    const { summary, trace } = await traceOf(sent.traceId);
    expect(trace.scores).toHaveLength(1);
    expect(summary).toMatchObject({ version: 2, failed: true });
  });

  test('the same request twice changes nothing', async () => {
    const sent = span();
    const body = JSON.stringify(request(sent));
    await server.post('/v1/traces', body);
    await server.post('/v1/traces', body);
    await server.rest(30_000);
    expect((await traceOf(sent.traceId)).summary).toMatchObject({ version: 1, spans: 1 });
  });

  test('a trace without a root waits ten minutes', async () => {
    const sent = span({ parentSpanId: hex(16) });
    await server.post('/v1/traces', request(sent));
    await server.rest(599_000);
    expect((await traceOf(sent.traceId)).summary).toBe(null);
    await server.rest(1_000);
    expect((await traceOf(sent.traceId)).summary).toMatchObject({ spans: 1 });
  });
});

test.each([
  ['1970', '1000000'],
  ['2099', '4070908800000000000'],
])('a clock of %s is set right and leaves a gap', async (_, time) => {
  const sent = span({ startTimeUnixNano: time, endTimeUnixNano: time });
  await server.post('/v1/traces', request(sent));
  await server.rest(30_000);
  const { trace } = await traceOf(sent.traceId);
  expect(trace.gaps.map(({ kind }) => kind)).toContain('missing_time');
  const row = server.store.rows.traces.get(`default ${sent.traceId}`)!;
  expect(Math.abs(row.start - server.now())).toBeLessThan(60_000);
});

describe('when the store', () => {
  test('has a full disk, it is not ready, and is again once there is space', async () => {
    server.leave(1 << 20);
    await server.rest(5_000);
    const full = await server.get('/ready');
    expect([full.status, await full.json()]).toMatchObject([
      503,
      { status: 'full', reason: expect.stringMatching(/^the disk of the data folder is full: 1/) },
    ]);
    server.leave(1 << 30);
    await server.rest(5_000);
    expect((await server.get('/ready')).status).toBe(200);
  });

  test('is away, clients are told to send again, and nothing is lost when they do', async () => {
    const sent = span();
    server.store.fail('store_unavailable');
    const refused = await server.post('/v1/traces', request(sent));
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect((await server.get('/ready')).status).toBe(503);
    server.store.fail(null);
    expect((await server.post('/v1/traces', request(sent))).status).toBe(200);
    await server.rest(30_000);
    expect((await traceOf(sent.traceId)).summary).toMatchObject({ spans: 1 });
  });

  test('is busy, the answer is 429', async () => {
    server.store.fail('store_busy');
    const refused = await server.post('/v1/traces', request(span()));
    server.store.fail(null);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
  });
});

test('a restart assembles what an earlier process stored and did not finish', async () => {
  const sent = span();
  await server.post('/v1/traces', request(sent));
  const again = await testServer({}, server.store);
  await again.rest(server.now() - again.now() + 30_000);
  expect(server.store.rows.traces.get(`default ${sent.traceId}`)).toMatchObject({ version: 1 });
  await again.close();
});
