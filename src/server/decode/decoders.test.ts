import { afterEach, expect, test } from 'vitest';
import type { Thread } from '../../numeric/numeric.ts';
import { startThread } from '../../platform/thread.ts';
import type { BodyKind } from './body-readers.ts';
import { type Decoders, decoders, decodeWorkerModule } from './decoders.ts';

/** A thread that ends with its first message. */
const DEADLY = new URL('data:text/javascript,export const answer = () => process.exit(3);');

const errors: unknown[] = [];
let open: Decoders | null = null;
afterEach(async () => {
  await open?.close();
  errors.length = 0;
});

function decoding(modules: readonly URL[]): Decoders {
  let started = 0;
  const spawn = (): Thread => startThread(modules[started++] ?? decodeWorkerModule());
  open = decoders({ spawn, threads: 1, onError: (error) => errors.push(error) });
  return open;
}

const request = (text: string, kind: BodyKind = 'otlp-json') => ({
  ...{ kind, id: '', encoding: '', limit: 1_000_000, project: 'p', format: kind, keepDays: 90 },
  ...{ redaction: { mode: 'off' } as const, now: 1_800_000_000_000 },
  body: new Uint8Array(Buffer.from(text)),
});

const span = (nth: number) => ({
  traceId: nth.toString(16).padStart(32, '0'),
  spanId: nth.toString(16).padStart(16, '0'),
  name: 'chat',
});
const body = (...spans: object[]): string =>
  JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });

test('rows come back by trace, with problems and counts', async () => {
  const { decode } = decoding([]);
  const { arrival, problems } = await decode(
    request(body(span(1), span(2), { ...span(1), spanId: 'a'.repeat(16) }, { name: 'no ids' })),
  );
  expect(problems.map(({ code, count }) => [code, count])).toEqual([['bad_span', 1]]);
  expect(arrival.counts).toMatchObject({ spans: 3, logs: 0 });
  const { traces, records } = arrival;
  expect(records?.count).toBe(3);
  expect(traces.map(({ traceId }) => traceId)).toEqual([span(1).traceId, span(2).traceId]);
  expect(traces.map(({ begin }) => begin)).toEqual([0, records?.ends[1]]);
  expect(traces.at(-1)?.end).toBe(records?.bytes.length);
});

test('where a thread dies, what it had is to be sent again, and another takes its place', async () => {
  const { decode } = decoding([DEADLY]);
  const lost = await Promise.allSettled([decode(request(body())), decode(request(body()))]);
  for (const each of lost)
    expect(each).toMatchObject({
      status: 'rejected',
      reason: { problem: { status: 503, code: 'decoder_died', retryAfter: 1 } },
    });
  expect(errors).toHaveLength(1);
  const { arrival } = await decode(request(body(span(1))));
  expect(arrival.counts.spans).toBe(1);
});

test('what waits while a thread dies is decoded by the next', async () => {
  const { decode } = decoding([DEADLY]);
  const all = await Promise.allSettled(
    Array.from({ length: 6 }, (_, at) => decode(request(body(span(at + 1))))),
  );
  expect(all.map(({ status }) => status)).toEqual([
    'rejected',
    'rejected',
    ...Array.from({ length: 4 }, () => 'fulfilled'),
  ]);
});

test('where no thread starts, it is told once, and what comes meanwhile is put off', async () => {
  const missing = new URL('file:///nowhere/worker.js');
  const { decode } = decoding(Array.from({ length: 50 }, () => missing));
  for (let at = 0; at < 20; at++)
    await expect(decode(request(body()))).rejects.toMatchObject({
      problem: { status: 503, code: 'decoder_died' },
    });
  expect(errors.map(String)).toEqual([
    expect.stringMatching(/^Error: a thread that decodes bodies died: .{1,500}$/),
  ]);
});

test.each([
  ['not JSON', 400, 'broken_json'],
  ['{"resourceSpans": 5, "x": }', 400, 'broken_json'],
  ['{"hello": 1}', 400, 'not_otlp'],
])('%s is refused', async (text, status, code) => {
  const { decode } = decoding([]);
  await expect(decode(request(text))).rejects.toMatchObject({ problem: { status, code } });
  expect(errors).toEqual([]);
});
