import { expect, test } from 'vitest';
import type { Thread } from '../../numeric/numeric.ts';
import { redactor } from '../../redact/redact.ts';
import { memoryTelemetry } from '../../testing/memory-telemetry.ts';
import { finisher } from '../finish/finisher.ts';
import { answer } from '../finish/worker.ts';
import { finishing } from './finishing.ts';
import { ingest } from './ingest.ts';
import { OPEN_TRACE_LIMITS, type OpenTraceLimits, openTraces } from './open-traces.ts';

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

function setUp(limits: Partial<OpenTraceLimits> = {}) {
  let now = 1_800_000_000_000;
  const clock = (): number => now;
  const store = memoryTelemetry();
  const open = openTraces({ ...OPEN_TRACE_LIMITS, ...limits });
  const receiving = ingest({ store, open, clock, timer: clock });
  const errors: unknown[] = [];
  const judging = finisher(() => mortal('deadly'));
  judging.judge('p', {
    options: { scores: [], stepBudget: 50, policy: null },
    model: null,
    version: '1',
    sampling: { salt: 'salt', rate: 1 },
  });
  const finish = finishing({
    ...{ store, open, clock },
    ingest: receiving,
    finisher: judging,
    prepare: async () => {},
    keepDays: () => 90,
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
  return { send, rest, row, finish, errors, store, open };
}

test('a trace on which the thread dies costs no other its verdict, and is not tried for ever', async () => {
  const { send, rest, row, finish, errors, open } = setUp();
  for (const id of ['a', 'deadly', 'b']) await send(id, 's');
  await rest(30_000);
  expect([row('a')?.version, row('deadly'), row('b')?.version]).toEqual([1, undefined, 1]);
  expect(finish.counts()).toMatchObject({ finished: 2, broken: 1 });
  expect(errors.length).toBeGreaterThan(0);
  expect(open.size()).toBe(0);
});

test('what does not fit into memory is read from the store', async () => {
  const { send, rest, row, open } = setUp({ bytes: 3_000 });
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) await send(id, 's');
  expect(open.bytes()).toBeLessThanOrEqual(3_000);
  expect(open.size()).toBe(8);
  await rest(30_000);
  expect(['a', 'd', 'h'].map((id) => row(id)?.spanCount)).toEqual([1, 1, 1]);
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
