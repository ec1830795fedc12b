import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Thread } from '../../numeric/numeric.ts';
import { redactor } from '../../redact/redact.ts';
import { memoryTelemetry } from '../../testing/memory-telemetry.ts';
import { finisher } from '../finish/finisher.ts';
import { answer } from '../finish/worker.ts';
import { finishing } from './finishing.ts';
import { ingest } from './ingest.ts';
import { OPEN_TRACE_LIMITS, type OpenTraceLimits, openTraces } from './open-traces.ts';
import { SPOOL_LIMITS, type Spool, spool } from './spool.ts';

/** Dies on messages that hold the word. */
function mortal(word: string): Thread {
  let listeners: [(message: unknown) => void, (cause: unknown) => void];
  return {
    post(message) {
      const dies = JSON.stringify(message).includes(word);
      queueMicrotask(() => (dies ? listeners[1]('out of memory') : listeners[0](answer(message))));
    },
    listen: (...given) => {
      listeners = given;
    },
    close: async () => {},
  };
}

function setUp(limits: Partial<OpenTraceLimits> = {}, spoolBytes = SPOOL_LIMITS.bytes) {
  let now = 1_800_000_000_000;
  const clock = (): number => now;
  const store = memoryTelemetry();
  const folder = mkdtempSync(join(tmpdir(), 'culprit-open-'));
  const held = spool(folder, { ...SPOOL_LIMITS, bytes: spoolBytes, segment: 1000 });
  opened.push(held);
  const openLimits = { ...OPEN_TRACE_LIMITS, ...limits };
  const open = openTraces(openLimits, held);
  const receiving = ingest({ store, open, spool: held, clock, timer: clock });
  const errors: unknown[] = [];
  const judging = finisher(() => mortal('deadly'));
  judging.judge('p', {
    options: { scores: [], stepBudget: 50, policy: null },
    model: null,
    version: '1',
  });
  const finish = finishing({
    ...{ store, open, clock, spool: held, most: openLimits.traces / 4 },
    ingest: receiving,
    finisher: judging,
    prepare: async () => {},
    keepDays: () => 90,
    onFinished: async () => {},
    onError: (error) => errors.push(error),
  });
  const send = (traceId: string, spanId: string, parts: object = {}) =>
    receiving.accept({
      project: 'p',
      format: 'test',
      redact: redactor({ mode: 'off' }),
      keepDays: 90,
      records: [
        {
          isPart: false,
          record: {
            kind: 'span',
            span: {
              ...{ traceId, spanId, parentId: null, name: 'span' },
              ...{ startTime: now + 100_000, endTime: now + 100_001 },
              ...{ statusCode: 'unset', statusMessage: '', scope: '', droppedAttributes: 0 },
              ...{ attributes: { 'input.value': 'hi' }, resource: {}, events: [], links: [] },
              ...parts,
            },
          },
        },
      ],
    });
  const rest = (milliseconds: number): Promise<void> => {
    now += milliseconds;
    return finish.run();
  };
  const row = (traceId: string) => store.rows.traces.get(`p ${traceId}`);
  return { send, rest, row, finish, judging, errors, store, open, held };
}

const opened: Spool[] = [];
afterAll(() => Promise.all(opened.map((each) => each.close())));

test('a trace on which the thread dies costs no other its verdict, and is not tried for ever', async () => {
  const { send, rest, row, finish, errors, open } = setUp();
  for (const id of ['a', 'deadly', 'b']) await send(id, 's');
  await rest(30_000);
  expect([row('a')?.version, row('deadly'), row('b')?.version]).toEqual([1, undefined, 1]);
  expect(finish.counts()).toMatchObject({ finished: 2, broken: 1 });
  expect(errors.length).toBeGreaterThan(0);
  expect(open.size()).toBe(0);
});

test('a server that ends counts nothing broken that it did not judge', async () => {
  const { send, rest, row, finish, judging, errors } = setUp();
  for (const id of ['a', 'b']) await send(id, 's');
  await judging.close();
  await rest(30_000);
  expect([row('a'), row('b')]).toEqual([undefined, undefined]);
  expect(finish.counts()).toMatchObject({ finished: 0, broken: 0 });
  expect(errors).toEqual([]);
});

test('what does not fit into the spool is read from the store', async () => {
  const { send, rest, row, open, held } = setUp({}, 1_000);
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) await send(id, 's');
  expect(held.bytes()).toBeLessThanOrEqual(1_000);
  expect(open.size()).toBe(8);
  await rest(30_000);
  expect(['a', 'd', 'h'].map((id) => row(id)?.spanCount)).toEqual([1, 1, 1]);
});

test('a trace to which something comes late goes on to stand for as many', async () => {
  const { send, rest, row, store } = setUp();
  await send('t', 's1');
  await rest(30_000);
  expect(row('t')).toMatchObject({ version: 1, weight: 1 });
  await store.insert({ traces: [{ ...row('t')!, weight: 10 }] });
  await send('t', 's2', { statusCode: 'error' });
  await rest(30_000);
  expect(row('t')).toMatchObject({ version: 2, spanCount: 2, failed: true, weight: 10 });
});

test('the spool is empty once all traces are finished', async () => {
  const { send, rest, held, open } = setUp();
  for (let at = 0; at < 40; at++) await send(`t${at % 10}`, `s${at}`);
  expect(held.bytes()).toBeGreaterThan(3_500);
  await rest(30_000);
  // One file may be left to write to.
  expect(held.bytes()).toBeLessThan(1_500);
  expect([open.size(), open.bytes()]).toEqual([0, 0]);
});

test('traces beyond the limit are put off, counted, and found again in the store', async () => {
  const { send, rest, row, finish, open } = setUp({ traces: 20 });
  const ids = Array.from({ length: 30 }, (_, at) => `t${at}`);
  for (const id of ids) {
    await send(id, 's1');
    await rest(0);
  }
  expect(open.size()).toBeLessThanOrEqual(20);
  await send('t0', 's2');
  for (let run = 0; run < 12; run++) await rest(30_000);
  expect(ids.map((id) => row(id)?.spanCount)).toEqual(ids.map((id) => (id === 't0' ? 2 : 1)));
  expect(finish.backlog()).toEqual({ traces: 0, age: 0 });
  expect(finish.counts().broken).toBe(0);
});

test('the backlog is counted with its age', async () => {
  const { send, rest, finish, store } = setUp();
  await send('a', 's');
  await send('b', 's');
  expect(finish.backlog()).toEqual({ traces: 0, age: 0 });
  store.fail('store_unavailable');
  await rest(50_000);
  expect(finish.backlog().traces).toBe(2);
  expect(finish.backlog().age).toBeCloseTo(20_000, 1);
  store.fail(null);
  await rest(0);
  expect(finish.backlog()).toEqual({ traces: 0, age: 0 });
});

test('a trace that never rests is finished when it is old, and again when more comes', async () => {
  const { send, rest, row } = setUp({ oldest: 600_000 });
  for (let at = 0; at <= 20; at++) {
    expect(row('a')).toBe(undefined);
    await send('a', `s${at}`);
    await rest(29_000);
  }
  await send('a', 'last');
  await rest(0);
  expect(row('a')).toMatchObject({ version: 1, spanCount: 22 });
  await send('a', 'late');
  await rest(30_000);
  expect(row('a')).toMatchObject({ version: 2, spanCount: 23 });
});

test('a store that is away is tried again, without losing a trace', async () => {
  const { send, rest, row, store, errors } = setUp();
  await send('a', 's');
  store.fail('store_unavailable');
  await rest(30_000);
  expect(row('a')).toBe(undefined);
  expect(errors).toHaveLength(1);
  store.fail(null);
  await rest(30_000);
  expect(row('a')?.spanCount).toBe(1);
});

test('a span that arrives while its trace is being finished joins it', async () => {
  const { send, rest, row } = setUp();
  await send('a', 'first');
  const finishing = rest(30_000);
  await send('a', 'second');
  await finishing;
  const { anchor } = row('a')!;
  await rest(30_000);
  expect(row('a')).toMatchObject({ version: 2, anchor, spanCount: 2 });
});

test('spans in any order give one trace', async () => {
  const { send, rest, row } = setUp();
  await send('a', 'child', { parentId: 'root' });
  await rest(400_000);
  await send('a', 'other', { parentId: 'root' });
  await send('a', 'root');
  await rest(30_000);
  expect(row('a')).toMatchObject({ version: 1, spanCount: 3, rootSpan: 'root' });
});
