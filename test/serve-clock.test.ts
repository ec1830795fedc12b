import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TestServer, testServer } from '../src/testing/test-server.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const trace = 'a'.repeat(32);

let server: TestServer;
beforeEach(async () => {
  server = await testServer();
});
afterEach(async () => {
  await server.close();
  expect(server.errors).toEqual([]);
});

/** A span of an application, whose clock is right and stays so. */
const send = async (id: string, parent: string | null, traceId = trace): Promise<void> => {
  const at = Date.now();
  const span = {
    ...{ traceId, spanId: id.repeat(16).slice(0, 16), name: id },
    ...(parent !== null && { parentSpanId: parent.repeat(16).slice(0, 16) }),
    startTimeUnixNano: `${at}000000`,
    endTimeUnixNano: `${at + 5}000000`,
  };
  const body = { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] };
  expect((await server.post('/v1/traces', body)).status).toBe(200);
};
const row = (traceId = trace) => server.store.rows.traces.get(`default ${traceId}`);

test('a clock set back by an hour holds up no trace', async () => {
  await send('1', null);
  server.jump(-HOUR);
  await send('2', null, 'b'.repeat(32));
  await server.rest(29_000);
  expect(row()).toBe(undefined);
  await server.rest(2_000);
  expect([row()?.version, row('b'.repeat(32))?.version]).toEqual([1, 1]);
});

test('a clock set forward by a day ends no trace before its time', async () => {
  await send('2', '1');
  server.jump(DAY);
  await server.rest(1_000);
  expect(row()).toBe(undefined);
  await send('1', null);
  await server.rest(31_000);
  expect(row()).toMatchObject({ version: 1, spanCount: 2 });
});

test('there and back: a trace keeps its place, its verdict its order, its rows their expiry', async () => {
  await send('1', null);
  await server.rest(31_000);
  const first = row()!;
  server.jump(DAY);
  await send('2', '1');
  await server.rest(31_000);
  const second = row()!;
  server.jump(-DAY - HOUR);
  await send('3', '1');
  await server.rest(31_000);
  const third = row()!;
  expect([second.version, third.version, third.spanCount]).toEqual([2, 3, 3]);
  expect([second.anchor, third.anchor]).toEqual([first.anchor, first.anchor]);
  expect(second.received).toBeGreaterThanOrEqual(first.received + DAY);
  expect(third.received).toBeGreaterThan(second.received);
  expect(third.expires).toBeGreaterThanOrEqual(second.expires);
  expect((await server.store.unassembled(0, 10)).traces).toEqual([]);
});
