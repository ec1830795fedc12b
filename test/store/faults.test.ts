import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeRows } from '../../src/store/telemetry/rows.ts';
import { openTelemetryStore } from '../../src/store/telemetry/telemetry.ts';
import { spanRow } from './sample-rows.ts';
import { describeStore, START_MS } from './test-store.ts';

/** Kills of the process and of its engine, each. More, for a run by hand, with STORE_KILLS. */
const KILLS = Number(process.env['STORE_KILLS'] ?? 2);

interface Writer {
  readonly process: ChildProcess;
  /** Resolves when `count` batches more were acknowledged. */
  readonly batches: (count: number) => Promise<void>;
  readonly engine: () => number;
  readonly acknowledged: readonly string[];
}

function writer(folder: string, prefix: string): Writer {
  const script = resolve(import.meta.dirname, 'writer.ts');
  const child = spawn(process.execPath, [script, folder, prefix], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: string[] = [];
  let engine = 0;
  let wake = (): void => {};
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [word, first, last] = line.split(' ');
    if (word === 'engine') engine = Number(first);
    else
      for (let at = Number(first); at <= Number(last); at++) acknowledged.push(`${prefix}-${at}`);
    wake();
  });
  return {
    process: child,
    acknowledged,
    engine: () => engine,
    async batches(count) {
      const goal = acknowledged.length + count * 50;
      while (acknowledged.length < goal) await new Promise<void>((done) => (wake = done));
    },
  };
}

describeStore('faults', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'culprit-faults-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }), START_MS);

  test(
    'kill -9 of the engine and of the process under load: every acknowledged span is there once',
    async () => {
      const acknowledged: string[] = [];
      for (let round = 0; round < KILLS; round++) {
        const each = writer(folder, `w${round}`);
        await each.batches(20);
        process.kill(each.engine(), 'SIGKILL');
        // It goes on by itself once the engine is back.
        await each.batches(20);
        each.process.kill('SIGKILL');
        await once(each.process, 'exit');
        acknowledged.push(...each.acknowledged);
      }
      const store = await openTelemetryStore({ home: { folder } });
      try {
        const found = new Map<string, number>();
        for await (const { records } of store.stream({ project: 'p' })) {
          for (const record of records) {
            const id = record.kind === 'span' ? record.span.spanId : record.kind;
            found.set(id, (found.get(id) ?? 0) + 1);
          }
        }
        expect(acknowledged.length).toBeGreaterThan(KILLS * 40);
        expect(acknowledged.filter((id) => found.get(id) !== 1)).toEqual([]);
        expect(Math.max(...found.values())).toBe(1);
      } finally {
        await store.close();
      }
    },
    60_000 * (1 + KILLS),
  );

  test('an engine that dies is away, refuses at once, and comes back by itself', async () => {
    const store = await openTelemetryStore({ home: { folder } });
    try {
      await store.insert({ records: [spanRow({ traceId: 'before' })] });
      expect(store.status()).toMatchObject({ state: 'ready', reason: null, queuedRows: 0 });
      process.kill(store.engine?.pid() as number, 'SIGKILL');
      await expect
        .poll(() => store.status(), { timeout: 5000 })
        .toMatchObject({ state: 'away', reason: 'the engine ended (SIGKILL)' });
      await expect(store.insert({ records: [spanRow()] })).rejects.toMatchObject({
        code: 'store_unavailable',
      });
      await expect
        .poll(() => store.status(), { timeout: 30_000 })
        .toMatchObject({ state: 'ready', restarts: 1 });
      expect(await store.recordsOf('p', 'before')).toHaveLength(1);
    } finally {
      await store.close();
    }
    expect(store.status().state).toBe('closed');
    await expect(store.insert({ records: [spanRow()] })).rejects.toThrow(/store is closed/);
  });

  test('a second engine on a folder does not start, and leaves the first alone', async () => {
    const store = await openTelemetryStore({ home: { folder } });
    try {
      const second = openTelemetryStore({ home: { folder, port: 0 } });
      await expect(second).rejects.toThrow(/did not start: .*Cannot lock file/s);
      await store.insert({ records: [spanRow({ traceId: 'still' })] });
      expect(await store.recordsOf('p', 'still')).toHaveLength(1);
    } finally {
      await store.close();
    }
  });

  test('of a batch that is cut off only the cut row is lost, and is named', async () => {
    const store = await openTelemetryStore({ home: { folder } });
    try {
      const [good] = encodeRows({ records: [spanRow({ traceId: 'good' })] });
      const [bad] = encodeRows({
        records: [spanRow({ traceId: 'whole' }), spanRow({ traceId: 'bad' })],
      });
      const cut = { ...bad!, bytes: bad!.bytes.slice(0, -3) };
      const results = await Promise.allSettled([
        store.insert([good!]),
        store.insert([cut]),
        store.insert({ records: [spanRow({ traceId: 'also' })] }),
      ]);
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(results[1]).toMatchObject({
        reason: {
          code: 'store_failed',
          count: 1,
          message: expect.stringMatching(/^1 rows were refused: .*row/s),
        },
      });
      for (const traceId of ['good', 'also', 'whole'])
        expect(await store.recordsOf('p', traceId)).toHaveLength(1);
      expect(await store.recordsOf('p', 'bad')).toEqual([]);
    } finally {
      await store.close();
    }
  });

  test('what waits when the store closes is written', async () => {
    const store = await openTelemetryStore({ home: { folder } });
    const written = store.insert({ records: [spanRow({ traceId: 'last' })] });
    await sleep(1);
    await store.close();
    await written;
    const again = await openTelemetryStore({ home: { folder } });
    try {
      expect(await again.recordsOf('p', 'last')).toHaveLength(1);
    } finally {
      await again.close();
    }
  });
});
