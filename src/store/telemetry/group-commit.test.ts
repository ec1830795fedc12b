import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CulpritError } from '../../contract/culprit-error.ts';
import { groupCommit } from './group-commit.ts';
import type { EncodedRows, RowTable } from './row-batch.ts';
import type { WriteRows } from './write-rows.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const rows = (count: number, size = count, table: RowTable = 'records'): EncodedRows => ({
  ...{ table, count, bytes: new Uint8Array(size) },
  ...{ keys: new Float64Array(count), ends: new Uint32Array(count) },
});

/** A store whose inserts end when the test says so. */
function slowStore() {
  const writes: { table: RowTable; sizes: number[]; done: PromiseWithResolvers<void> }[] = [];
  const write: WriteRows = (table, chunks) => {
    const done = Promise.withResolvers<void>();
    writes.push({ table, sizes: chunks.map((chunk) => chunk.length), done });
    return done.promise;
  };
  return { writes, write, sizes: () => writes.map(({ sizes }) => sizes) };
}

test('little waits a quarter of the window, then is written together and acknowledged after', async () => {
  const { writes, write, sizes } = slowStore();
  const group = groupCommit(write);
  let acknowledged = 0;
  for (const size of [1, 2]) void group.add(rows(1, size)).then(() => acknowledged++);
  await vi.advanceTimersByTimeAsync(49);
  expect(sizes()).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(sizes()).toEqual([[1, 2]]);
  expect(acknowledged).toBe(0);
  expect(group.queued()).toEqual({ rows: 2, bytes: 3 });
  writes[0]?.done.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(acknowledged).toBe(2);
  expect(group.queued()).toEqual({ rows: 0, bytes: 0 });
});

test('after a large group the whole window is waited', async () => {
  const { writes, write, sizes } = slowStore();
  const group = groupCommit(write, { rows: 10 });
  void group.add(rows(10));
  await vi.advanceTimersByTimeAsync(0);
  writes[0]?.done.resolve();
  void group.add(rows(1));
  await vi.advanceTimersByTimeAsync(199);
  expect(sizes()).toEqual([[10]]);
  await vi.advanceTimersByTimeAsync(1);
  expect(sizes()).toEqual([[10], [1]]);
});

test('rows or bytes fill a group at once; the limits hold for each', async () => {
  const { writes, write, sizes } = slowStore();
  const group = groupCommit(write, { rows: 5, bytes: 100, inserts: 9 });
  for (const size of [3, 3]) void group.add(rows(size, 10));
  await vi.advanceTimersByTimeAsync(0);
  expect(sizes()).toEqual([[10, 10]]);
  for (const size of [60, 60, 20]) void group.add(rows(1, size));
  await vi.advanceTimersByTimeAsync(1000);
  for (const { done } of writes) done.resolve();
  expect(sizes()).toEqual([[10, 10], [60], [60, 20]]);
});

test('at most two inserts run; tables do not mix', async () => {
  const { writes, write } = slowStore();
  const group = groupCommit(write, { rows: 1 });
  for (const table of ['records', 'traces', 'scores', 'signals'] as const)
    void group.add(rows(1, 1, table));
  await vi.advanceTimersByTimeAsync(0);
  expect(writes.map(({ table }) => table)).toEqual(['records', 'traces']);
  writes[1]?.done.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(writes.map(({ table }) => table)).toEqual(['records', 'traces', 'scores']);
});

test('more bytes than may wait, or rows that wait too long, are refused at once', async () => {
  const { writes, write } = slowStore();
  const group = groupCommit(write, { rows: 1, bytes: 50, queueBytes: 100, inserts: 1 });
  void group.add(rows(1, 200));
  await expect(group.add(rows(1, 1))).rejects.toMatchObject({ code: 'store_busy' });
  writes[0]?.done.resolve();
  await vi.advanceTimersByTimeAsync(0);
  void group.add(rows(1, 40));
  void group.add(rows(1, 40));
  await vi.advanceTimersByTimeAsync(2001);
  await expect(group.add(rows(1, 1))).rejects.toThrow(/busy: .* try again later/);
});

test('rows that the engine refuses fail alone', async () => {
  const write: WriteRows = (_, chunks) =>
    chunks.some((chunk) => chunk.length === 13)
      ? Promise.reject(new CulpritError('store_failed', 'bad row'))
      : Promise.resolve();
  const group = groupCommit(write);
  const results = Promise.allSettled([5, 13, 7].map((size) => group.add(rows(1, size))));
  await vi.advanceTimersByTimeAsync(500);
  expect((await results).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  expect(group.queued()).toEqual({ rows: 0, bytes: 0 });
});

test('while the engine is away all fail, each once', async () => {
  let tries = 0;
  const group = groupCommit(() => {
    tries++;
    return Promise.reject(new CulpritError('store_unavailable', 'away'));
  });
  const results = Promise.allSettled([1, 2].map((size) => group.add(rows(1, size))));
  await vi.advanceTimersByTimeAsync(500);
  expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(tries).toBe(1);
});

test('drain writes what waits and resolves when nothing is left', async () => {
  const { writes, write, sizes } = slowStore();
  const group = groupCommit(write, { inserts: 1, rows: 2 });
  for (const size of [1, 2, 3]) void group.add(rows(1, size));
  let drained = false;
  void group.drain().then(() => {
    drained = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  writes[0]?.done.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(drained).toBe(false);
  writes[1]?.done.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(drained).toBe(true);
  expect(sizes()).toEqual([[1, 2], [3]]);
});

test('records come before other tables, which leave them an insert', async () => {
  const { writes, write } = slowStore();
  const group = groupCommit(write, { rows: 1, inserts: 2 });
  for (const table of ['traces', 'signals', 'scores'] as const) void group.add(rows(1, 1, table));
  await vi.advanceTimersByTimeAsync(0);
  expect(writes.map(({ table }) => table)).toEqual(['traces']);
  void group.add(rows(1));
  await vi.advanceTimersByTimeAsync(0);
  expect(writes.map(({ table }) => table)).toEqual(['traces', 'records']);
  void group.add(rows(1));
  writes[0]?.done.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(writes.map(({ table }) => table)).toEqual(['traces', 'records', 'records']);
  writes[1]?.done.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(writes.at(-1)?.table).toBe('signals');
});
